/**
 * Answers an address as it came. Where its path cannot be decoded (a mail cut off the end of a link, say), its percent signs
 * stand for themselves. So the address leads to the thread whose number it still has, or to a page that helps.
 */
export function decodableUrl(url: string): string {
  if (!url.includes('%')) return url
  const [path = ''] = url.split('?', 1)
  try {
    decodeURIComponent(path)
    return url
  } catch {
    return path.replaceAll('%', '%25') + url.slice(path.length)
  }
}
