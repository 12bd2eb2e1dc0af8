/** The links of HTML that the sanitiser wrote: within a tag nothing else looks like this, and text has no `<`. */
const LOCAL_LINK = /(<a(?: [a-z-]+="[^"]*")*? href=")(?=#|\/(?!\/))(#?)/g

/**
 * Sanitised HTML with the links that lead to its own site or page as they are read elsewhere.
 * @param page the address where it stands, whose host the links get.
 */
export function withAbsoluteLinks(markup: string, page: string): string {
  const { origin, pathname, search } = new URL(page)
  const place = origin + pathname + search
  return markup.replace(LOCAL_LINK, (_, before: string, mark: string) => before + (mark ? `${place}#` : origin))
}
