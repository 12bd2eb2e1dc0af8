/** Tells the server that a script tells how far somebody has read, so that a page that is merely open does not count. */
// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not there on old phones
document.cookie = `script=on; path=/; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
