/**
 * The path and the query that a request asks for. One may name the whole address (RFC 9112, section 3.2.2, as to a proxy): a
 * page must not take another site's name from it into its links.
 */
export function pathAsked({ url = '/' }: { url?: string | undefined }): string {
  if (url.startsWith('/') || !URL.canParse(url)) return url
  const { pathname, search } = new URL(url)
  return pathname + search
}
