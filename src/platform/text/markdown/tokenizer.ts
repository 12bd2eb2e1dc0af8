import { type Links, Tokenizer, type Tokens } from 'marked'
import { bareLink } from './bare-addresses.ts'
import { isCodeLanguage } from './highlight.ts'
import { commentAt, tagAt } from './html-tags.ts'
import { ours } from './lexer.ts'
import { linkAddress } from './link-address.ts'
import { keepBeyond } from './tables.ts'

/** Reads Markdown as GitHub does, except where that would lose what somebody typed. */
export class ForumTokenizer extends Tokenizer {
  /** The definitions that links refer to. */
  readonly referred = new Set<Links[string]>()
  /** The numbers of items that do not follow the one before. */
  readonly numbered = new WeakMap<Tokens.ListItem, number>()

  /** Raw HTML is what begins with a tag that posts may have; all else is text. */
  override html(source: string): Tokens.HTML | undefined {
    const start = source.search(/[^ ]/)
    return this.#isHtml(source.slice(Math.max(0, start))) ? super.html(source) : undefined
  }

  override tag(source: string): Tokens.Tag | undefined {
    if (!this.#isHtml(source)) return undefined
    const tag = super.tag(source)
    // marked knows <pre>, <code> and <kbd>; the answers of programs are to the letter too.
    if (tag && /^<\/?samp\b/i.test(tag.raw)) this.lexer.state.inRawBlock = tag.raw[1] !== '/'
    return tag
  }

  /** What stands beside a fence is the name of a language, or else the first line of the code: nobody would see it there. */
  override fences(source: string): Tokens.Code | undefined {
    const code = super.fences(source)
    if (!code?.lang) return code
    const [first = '', ...others] = code.lang.split(/\s+/)
    if (others.length === 0 && code.text) return code
    const lang = isCodeLanguage(first) && code.text ? first : ''
    const line = lang ? others.join(' ') : code.lang
    return { ...code, lang, text: code.text ? `${line}\n${code.text}` : line }
  }

  /** Numbers that are all different are meant: articles of a law, or a countdown. CommonMark counts on from the first. */
  override list(source: string): Tokens.List | undefined {
    const list = super.list(source)
    if (!list?.ordered) return list
    const numbers = list.items.map(({ raw }) => Number.parseInt(raw, 10))
    if (new Set(numbers).size < numbers.length) return list
    for (const [index, item] of list.items.entries()) {
      const number = numbers[index] ?? 0
      if (index > 0 && number !== (numbers[index - 1] ?? 0) + 1) this.numbered.set(item, number)
    }
    return list
  }

  /** A note ends what is above it, as it ends a paragraph. */
  override table(source: string): Tokens.Table | undefined {
    const table = super.table(this.#beforeNote(source))
    if (table) keepBeyond(table, this.lexer)
    return table
  }

  override lheading(source: string): Tokens.Heading | undefined {
    return super.lheading(this.#beforeNote(source))
  }

  override blockquote(source: string): Tokens.Blockquote | undefined {
    return super.blockquote(this.#beforeNote(source))
  }

  #beforeNote(source: string): string {
    const note = ours(this.lexer).nextNote(source.slice(1))
    return note < 0 ? source : source.slice(0, note + 1)
  }

  /** `[Zoé]: oui` is what somebody said. */
  override def(source: string): Tokens.Def | undefined {
    const found = super.def(source)
    return found && linkAddress(found.href) !== null ? found : undefined
  }

  override reflink(source: string, links: Links): Tokens.Link | Tokens.Image | Tokens.Text | undefined {
    const asked: Links[string][] = []
    const watched = new Proxy(links, {
      get(all, label) {
        const definition = all[String(label)]
        if (definition) asked.push(definition)
        return definition
      },
    })
    const found = super.reflink(source, watched)
    if (found?.type === 'link' || found?.type === 'image') for (const one of asked) this.referred.add(one)
    return found
  }

  /** Mail addresses without `mailto:` are read by `mailLinks`. */
  override url(source: string): Tokens.Link | undefined {
    return /^(?:mailto|xmpp):/i.test(source) ? super.url(source) : bareLink(source)
  }

  /** Most texts hold no end of a comment: without one, none is searched for it. */
  #isHtml(source: string): boolean {
    if (!source.startsWith('<!--')) return tagAt(source) !== null
    return /^<!---?>/.test(source) || (ours(this.lexer).commentEnds(source) && commentAt(source) !== '')
  }
}
