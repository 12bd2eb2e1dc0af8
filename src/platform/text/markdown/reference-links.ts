import type { TokenizerAndRendererExtension, TokenizerThis } from 'marked'
import { ours } from './lexer.ts'
import type { MarkdownSource } from './markdown.ts'

/** What makes it somebody's name elsewhere (`@name@host`, `@name:host`), a package or a path (`@name/…`). */
const GOES_ON = /^[._-]*(?:@|[:/][\p{L}\p{N}_~-])/u
const MENTION = /^@([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}._-]*[\p{L}\p{M}\p{N}])?)/u

/** `@name` links to whom it names, where there is one. */
export function mentionsOf({ mentions }: MarkdownSource): TokenizerAndRendererExtension {
  return {
    name: 'mention',
    level: 'inline',
    tokenizer(text) {
      const [raw, typed] = MENTION.exec(text) ?? []
      const mention = typed !== undefined && Object.hasOwn(mentions, typed) ? mentions[typed] : undefined
      return raw && mention && mayLink(this, text, raw) ? { type: 'mention', raw, ...mention } : undefined
    },
    renderer: ({ name, path }) => `<a href="${path}">@${name}</a>`,
  }
}

const NUMBER = /^#([1-9]\d{0,8})(?![\p{L}\p{N}])/u

/** `#12` links to what has that number, where there is one. */
export function numbersOf({ numbers }: MarkdownSource): TokenizerAndRendererExtension {
  return {
    name: 'number',
    level: 'inline',
    tokenizer(text) {
      const [raw, number] = NUMBER.exec(text) ?? []
      const exists = numbers !== null && Number(number) <= numbers.last
      return raw && exists && mayLink(this, text, raw) ? { type: 'number', raw, number } : undefined
    },
    renderer: ({ number }) => `<a href="${numbers?.path}${number}">#${number}</a>`,
  }
}

/** Not in code, nor in a link, which holds no other, nor in the middle of a word, an address or a path. */
const mayLink = ({ lexer }: TokenizerThis, text: string, raw: string) =>
  !lexer.state.inLink &&
  !lexer.state.inRawBlock &&
  !GOES_ON.test(text.slice(raw.length)) &&
  !/[\p{L}\p{N}@#&/.]$/u.test(ours(lexer).before(text, 2))
