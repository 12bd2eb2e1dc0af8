import { domainToASCII } from 'node:url'
import type { TokenizerAndRendererExtension } from 'marked'
import { ours } from './lexer.ts'

/** An address of RFC 6531: letters of any script; and `'`, which RFC 5322 allows, between letters. */
const LOCAL = /[\p{L}\p{N}_+-](?:[\p{L}\p{M}\p{N}._+'-]{0,62}[\p{L}\p{M}\p{N}_+-])?/u.source
const LABEL = /[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}_-]{0,61}[\p{L}\p{M}\p{N}])?/u.source
const MAIL = new RegExp(`^(${LOCAL})@(${LABEL}(?:\\.${LABEL}){1,9})(?![\\p{L}\\p{M}\\p{N}_@-])`, 'u')

/** What an address may begin with beyond what is read here: behind it stands only the end of an address. */
const GOES_ON_BEFORE = /[\p{L}\p{M}\p{N}@.]$|[\p{L}\p{M}\p{N}][!#$%&'*/=?^`{|}~+_-]+$/u
/** «d'anais@…» is d'anais or, in French, something of anais: nobody can know. */
const ELISION = /^(?:[cdjlmnst]|qu)'/i
/** A phone writes «o’neil@…» where `o'neil@…` was typed; behind an article the same sign ends a word. */
const CURLED_BEFORE = /(?<!(?:^|[^\p{L}\p{M}\p{N}._+'’-])(?:[cdjlmnst]|qu))(?<=[\p{L}\p{M}\p{N}])’$/iu

const LONGEST_BEFORE = 16

/** A mail address is a link as a whole, or none: the end of one is the address of somebody else. */
export const mailLinks: TokenizerAndRendererExtension = {
  name: 'mail',
  level: 'inline',
  tokenizer(text) {
    if (this.lexer.state.inLink) return undefined
    const [raw, local = '', host = ''] = MAIL.exec(text) ?? []
    const domain = domainToASCII(host)
    if (!raw || !domain || ELISION.test(local)) return undefined
    const before = ours(this.lexer).before(text, LONGEST_BEFORE)
    if (GOES_ON_BEFORE.test(before) || CURLED_BEFORE.test(before)) return undefined
    return { type: 'mail', raw, address: `${encodeURI(local)}@${domain}` }
  },
  renderer: ({ raw, address }) => `<a href="mailto:${address}">${raw}</a>`,
}
