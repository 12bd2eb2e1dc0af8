import type { Language } from '../platform/text/i18n/languages.ts'
import type { Random } from './random.ts'
import { ENGLISH, FRENCH, type Vocabulary } from './vocabulary.ts'

export interface Body {
  language: Language
  text: string
}

/** As on the forum it stands for: most write in French. */
const SHARE_IN_FRENCH = 0.85

/** Something that somebody may have written, in Markdown of any kind; most are short, some go on for pages. */
export function composeBody(random: Random, mentionable: readonly string[]): Body {
  const language: Language = random.chance(SHARE_IN_FRENCH) ? 'fr' : 'en'
  const words = language === 'fr' ? FRENCH : ENGLISH
  const blocks = Array.from({ length: blockCount(random) }, () => random.pick(weighted)(random, words))
  if (random.chance(0.35)) blocks.unshift(random.pick(words.greetings))
  if (random.chance(0.15)) blocks.push(`@${random.pick(mentionable)} ${random.pick(words.questions)}`)
  if (random.chance(0.08)) blocks.push(`#1 : ${random.pick(words.remarks)}`)
  return { language, text: blocks.join('\n\n') }
}

function blockCount(random: Random): number {
  const draw = random.unit()
  if (draw < 0.6) return 1
  if (draw < 0.9) return 2 + random.below(2)
  if (draw < 0.99) return 4 + random.below(6)
  return 20 + random.below(60)
}

type Block = (random: Random, words: Vocabulary) => string

const sentence: Block = (random, words) =>
  `${random.pick(words.who)} ${random.pick(words.did)} ${random.pick(words.what)} ${random.pick(words.when)}.`

const line: Block = (random, words) =>
  random.pick([sentence(random, words), random.pick(words.remarks), random.pick(words.questions)])

const paragraph: Block = (random, words) =>
  Array.from({ length: 1 + random.below(4) }, () => line(random, words)).join(' ')

const marked: Block = (random, words) => {
  const what = random.pick(words.what)
  const signs = random.pick(['**', '*', '~~', '`'])
  return `${random.pick(words.who)} ${random.pick(words.did)} ${signs}${what}${signs} ${random.pick(words.when)}. ${line(random, words)}`
}

const list: Block = (random, words) =>
  Array.from({ length: 2 + random.below(5) }, (_, index) => `${index + 1}. ${sentence(random, words)}`).join('\n')

const tasks: Block = (random, words) =>
  random
    .some(words.tasks, 2 + random.below(3))
    .map((task) => `- [${random.chance(0.5) ? 'x' : ' '}] ${task}`)
    .join('\n')

const quote: Block = (random, words) => `> ${random.pick(words.quotes)}\n\n${line(random, words)}`

const heading: Block = (random, words) => `## ${random.pick(words.headings)}\n\n${paragraph(random, words)}`

const table: Block = (random, words) => {
  const rows = random.some(words.sources, 2 + random.below(4))
  const cells = rows.map((source) => `| ${source} | ${random.pick(words.providers)} | ${random.below(90_000)} |`)
  return ['| Source | | N |', '|:--|:--|--:|', ...cells].join('\n')
}

const link: Block = (random, words) =>
  `${random.pick(words.remarks)} https://www.example.org/documents/${random.below(10_000)} ([annexe](https://www.example.org/a/${random.below(999)}.pdf))`

const code: Block = (random) =>
  `\`\`\`json\n{ "source": "camera_${random.below(1_600)}", "rythme": "${1 + random.below(59)}min" }\n\`\`\``

const elsewhere: Block = (random) =>
  random.pick([
    'شكرا على هذا العمل. 🙏',
    '監視カメラの数を数えています。',
    'Спасибо за ссылку!',
    'Grazie mille 📷',
    '👏👏 ¡Enhorabuena!',
  ])

/** How often each kind of block is written. */
const weighted: readonly Block[] = [
  ...Array<Block>(24).fill(paragraph),
  ...Array<Block>(6).fill(marked),
  ...Array<Block>(3).fill(quote),
  ...Array<Block>(3).fill(link),
  ...[list, list, tasks, heading, table, code, elsewhere],
]
