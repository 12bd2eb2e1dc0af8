import { Marked, type Token, type TokenizerAndRendererExtension, type TokenizerThis } from 'marked'
import markedFootnote from 'marked-footnote'
import type { MarkdownSource } from './markdown.ts'
import { keepUnknownTags } from './unknown-tags.ts'

/**
 * GitHub's Markdown with notes, `@name` and `#12`. What comes out is as hostile as its writer: only what
 * `sanitise` leaves of it may be shown.
 */
export function parse(source: MarkdownSource, noteAnchor: string): string {
  const marked = new Marked({ gfm: true, breaks: true, async: false })
  marked.use(markedFootnote({ prefixId: noteAnchor, description: '' }))
  marked.use({
    extensions: [mentionsOf(source), numbersOf(source)],
    renderer: { html: ({ text }) => keepUnknownTags(text) },
  })
  return String(marked.parse(source.body.replace(GAP, ' '.repeat(LONGEST_GAP))))
}

/** Browsers show a gap as one space; the parser looks again from each of its spaces on. */
const LONGEST_GAP = 300
const GAP = /[ \t]{301,}/g

const MENTION = /^@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?)/u

/** `@name` links to the member, where there is one. */
function mentionsOf({ mentions }: MarkdownSource): TokenizerAndRendererExtension {
  return {
    name: 'mention',
    level: 'inline',
    // Not inside an email address, which is a link of its own.
    start: (text) => text.search(/(?<![\w.+-])@/),
    tokenizer(text, before) {
      const [raw, typed] = MENTION.exec(text) ?? []
      const name = typed !== undefined && Object.hasOwn(mentions, typed) ? mentions[typed] : undefined
      return raw && name && mayLink(this, before) ? { type: 'mention', raw, name } : undefined
    },
    renderer: ({ name }) => `<a href="/members/${encodeURIComponent(name)}">@${name}</a>`,
  }
}

const NUMBER = /^#([1-9]\d{0,8})(?![\p{L}\p{N}])/u

/** `#12` links to that post of the thread, where there is one. */
function numbersOf({ thread }: MarkdownSource): TokenizerAndRendererExtension {
  return {
    name: 'number',
    level: 'inline',
    start: (text) => text.indexOf('#'),
    tokenizer(text, before) {
      const [raw, number] = NUMBER.exec(text) ?? []
      const exists = thread !== null && Number(number) <= thread.lastNumber
      return raw && exists && mayLink(this, before) ? { type: 'number', raw, number } : undefined
    },
    renderer: ({ number }) => `<a href="/threads/${thread?.id}/posts/${number}">#${number}</a>`,
  }
}

/** Not in a link, which holds no other, nor in the middle of a word, an address or a path. */
const mayLink = ({ lexer }: TokenizerThis, before: readonly Token[]) =>
  !lexer.state.inLink && !/[\p{L}\p{N}@#&/.]$/u.test(before.at(-1)?.raw ?? '')
