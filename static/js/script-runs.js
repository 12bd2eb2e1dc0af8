/** Tells the server that a script reports what is read. Otherwise every page that is merely opened counts as read. */
// biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not there on old phones
document.cookie = `script=on; path=/; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`
