/** Web pages, mail, and places on this site; not `//elsewhere`, whose scheme would be the page's. */
export const ADDRESS = /^(?:https?:\/\/(?![/?#]|$)|mailto:(?!$)|\/(?![/\\])|#)/i

const LABEL = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?/u.source
const HOST = `(?:${LABEL}\\.){1,9}\\p{L}[\\p{L}\\p{M}-]{1,62}`
const WITHOUT_SCHEME = new RegExp(`^${HOST}(?::\\d{1,5})?(?:[/?#]\\S*)?$`, 'u')
const MAIL = new RegExp(`^[\\p{L}\\p{M}\\p{N}.!#$%&'*+/=?^_\`{|}~-]{1,64}@${HOST}$`, 'u')
/** Names of files and not of hosts, when nothing stands behind them. */
const FILE =
  /^[^/?#]*\.(?:avif|css|csv|docx?|gif|html?|jpe?g|json|js|md|mp[34]|od[pst]|pdf|php|png|pptx?|svg|txt|webp|xlsx?|xml|zip)$/i

/** What browsers, and therefore DOMPurify, read an address without. */
const UNREAD = /[\0- \xa0\u1680\u180e\u2000-\u2029\u205f\u3000]/g

/** What browsers leave out before an address, and anywhere within it (WHATWG URL, 4.4). */
const LEFT_OUT = /^[\0- ]+|[\t\n\r]/g

/** As every browser takes it, so that whoever looks for links to elsewhere finds each: `HTTP://` is one too. */
const plainly = (address: string): string =>
  address.replace(LEFT_OUT, '').replace(/^(?:https?|mailto):/i, (scheme) => scheme.toLowerCase())

/**
 * Where a link that somebody wrote leads: the address itself, or what it is short for (`exemple.org/page`,
 * `nom@exemple.org`). Null when it leads nowhere from a post: relative to which page, nobody can know.
 */
export function linkAddress(written: string): string | null {
  if (ADDRESS.test(written.replace(UNREAD, ''))) return plainly(written)
  if (MAIL.test(written)) return `mailto:${written}`
  // A Markdown link has its letters beyond ASCII encoded by then.
  return WITHOUT_SCHEME.test(readable(written)) && !FILE.test(written) ? `https://${written}` : null
}

/** An address as people read it, with its letters instead of their codes. */
export function readable(address: string): string {
  try {
    return decodeURI(address)
  } catch {
    return address
  }
}
