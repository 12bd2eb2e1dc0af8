const PREFIX = '/members/'

/** The names of the members whom a rendered text calls; in a quote, somebody else has called them. */
export function mentionedIn(holder: Element): string[] {
  const names = [...holder.querySelectorAll(`a[href^="${PREFIX}"]`)]
    .filter((link) => !link.closest('blockquote') && link.textContent?.startsWith('@'))
    .map((link) => link.textContent?.slice(1) ?? '')
  return [...new Set(names)]
}
