import { type Links, Tokenizer, type Tokens } from 'marked'
import { bareLink } from './bare-addresses.ts'
import { commentAt, tagAt } from './html-tags.ts'
import { ours } from './lexer.ts'
import { linkAddress } from './link-address.ts'

/** Reads Markdown as GitHub does, except where that would lose what somebody typed. */
export class ForumTokenizer extends Tokenizer {
  /** The definitions that links refer to, by their normalized labels. */
  readonly referred = new Set<string>()

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

  /** A note ends what is above it, as it ends a paragraph. */
  override table(source: string): Tokens.Table | undefined {
    return super.table(this.#beforeNote(source))
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
    const asked: string[] = []
    const watched = new Proxy(links, {
      get(all, label) {
        asked.push(String(label))
        return all[String(label)]
      },
    })
    const found = super.reflink(source, watched)
    if (found?.type === 'link' || found?.type === 'image') for (const label of asked) this.referred.add(label)
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
