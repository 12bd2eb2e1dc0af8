import { domainToASCII } from 'node:url'
import type { TokenizerAndRendererExtension } from 'marked'

/** An address of RFC 6531: letters of any script; and `'`, which RFC 5322 allows, between letters. */
const LOCAL = /[\p{L}\p{N}_+-](?:[\p{L}\p{M}\p{N}._+'-]{0,62}[\p{L}\p{M}\p{N}_+-])?/u.source
const LABEL = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}])?/u.source
const MAIL = new RegExp(`^(${LOCAL})@(${LABEL}(?:\\.${LABEL}){1,9})(?![\\p{L}\\p{M}\\p{N}_@-])`, 'u')

/** What an address may begin with beyond what is read here: behind it stands only the end of an address. */
const GOES_ON_BEFORE = /[\p{L}\p{M}\p{N}@.]$|[\p{L}\p{M}\p{N}][!#$%&'*/=?^`{|}~+_-]+$/u
/** «d'anais@…» is d'anais or, in French, something of anais: nobody can know. */
const ELISION = /^(?:[cdjlmnst]|qu)'/i

const LONGEST_LOCAL = 64

/** A mail address is a link as a whole, or none: the end of one is the address of somebody else. */
export const mailLinks: TokenizerAndRendererExtension = {
  name: 'mail',
  level: 'inline',
  start: firstAddress,
  tokenizer(text, before) {
    if (this.lexer.state.inLink) return undefined
    const [raw, local = '', host = ''] = MAIL.exec(text) ?? []
    const domain = domainToASCII(host)
    if (!raw || !domain || ELISION.test(local) || GOES_ON_BEFORE.test(before.at(-1)?.raw.slice(-LONGEST_LOCAL) ?? '')) {
      return undefined
    }
    return { type: 'mail', raw, address: `${encodeURI(local)}@${domain}` }
  },
  renderer: ({ raw, address }) => `<a href="mailto:${address}">${raw}</a>`,
}

/** Where the first address of a text may begin; -1 when there is none. */
function firstAddress(text: string): number {
  const at = text.indexOf('@')
  if (at <= 0) return -1
  const before = text.slice(Math.max(0, at - LONGEST_LOCAL), at)
  const local = /[\p{L}\p{M}\p{N}._+'-]*$/u.exec(before)?.[0] ?? ''
  const start = local.search(/[\p{L}\p{N}_+-]/u)
  return start < 0 ? -1 : at - local.length + start
}
