import { Problem } from '../../problem.ts'
import type { App } from '../app.ts'

/** Longer than what Node takes in of a request's head: a path of any length is looked for, and not found as any other. */
export const LONGEST_URL = 65_536

/**
 * An address as it came, or where its path cannot be decoded (the end of a link was cut off in a mail, say) with its
 * percent signs taken to the letter. So it leads to the thread whose number it still has, or to a page that helps.
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

/** Longer than any of ours. */
const LONGEST_ADDRESS = 8_192

/** Refuses addresses that are longer, with Problem 400, before anything is looked up in them. */
export function refuseLongAddresses(app: App): void {
  app.addHook('onRequest', async ({ raw: { url = '' } }) => {
    if (url.length > LONGEST_ADDRESS) throw new Problem(400, 'errors.long_address')
  })
}
