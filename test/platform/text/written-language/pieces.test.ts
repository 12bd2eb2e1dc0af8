import { readFileSync, writeFileSync } from 'node:fs'
import t from 'tap'
import { GUESSED_LANGUAGES } from '../../../../src/platform/text/written-language/languages.ts'

const FILE = new URL('../../../../src/platform/text/written-language/pieces.json', import.meta.url)
const HOW_TO_WRITE = 'LIST_PIECES=1 npm run test:one -- test/platform/text/written-language/pieces.test.ts'

type Scores = Record<string, number>

/** A file of eld that it does not export. */
const partOf = (path: string) => import(new URL(path, import.meta.resolve('eld/small')).href)

/** The part of eld's small set for our languages. Its signs for bytes become the bytes themselves. */
async function fromEld(): Promise<string> {
  const { ngramsData } = await partOf('../ngrams/small.js')
  const { avgScore } = await partOf('../avgScore.js')
  const { dictionary } = await partOf('../dictionary.js')
  const languages: Record<string, string> = ngramsData.languages
  const ngrams: Record<string, Scores> = ngramsData.ngrams
  const byteOf = new Map<string, number>([...dictionary].map((sign: string, byte: number) => [sign, byte]))
  byteOf.set(' ', 0x20)
  const asBytes = (ngram: string) => String.fromCharCode(...[...ngram].map((sign) => byteOf.get(sign) ?? 0))

  const lines = GUESSED_LANGUAGES.map((language) => {
    const id = Object.keys(languages).find((one) => languages[one] === language) ?? ''
    const pieces = Object.entries(ngrams).flatMap(([ngram, scores]) => {
      const score = scores[id]
      return score === undefined ? [] : [[asBytes(ngram), score] as const]
    })
    const typical = { average: avgScore[language], pieces: Object.fromEntries(pieces) }
    return `"${language}": ${inAscii(JSON.stringify(typical))}`
  })
  return `{\n${lines.join(',\n')}\n}\n`
}

const inAscii = (json: string): string =>
  json.replace(/[\u007f-\u00ff]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`)

t.test('the pieces of words are those of eld for our languages', async (t) => {
  const expected = await fromEld()
  if (process.env.LIST_PIECES === '1') writeFileSync(FILE, expected)
  t.ok(readFileSync(FILE, 'utf8') === expected, `or are written anew by ${HOW_TO_WRITE}`)
})
