import { readdirSync, readFileSync } from 'node:fs'
import type french from '../../../i18n/fr.json'

type Messages = typeof french

/** A key of the catalogues, like «threads.locked»: a misspelt one does not compile. Of what is counted, without the form. */
export type MessageKey = {
  [Section in keyof Messages]: `${Section}.${WithoutForm<keyof Messages[Section] & string>}`
}[keyof Messages]

type Form = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type WithoutForm<Name extends string> = Name extends `${infer Counted}_${Form}` ? Counted | Name : Name

const FOLDER = new URL('../../../i18n/', import.meta.url)

/** The messages of each language by key, of all languages that have a file in `src/i18n`. */
export const CATALOGUES: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map(
  readdirSync(FOLDER)
    .filter((name) => name.endsWith('.json'))
    .map((name) => [name.slice(0, -'.json'.length), readCatalogue(name)]),
)

function readCatalogue(name: string): Map<string, string> {
  const sections: Record<string, Record<string, string>> = JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))
  return new Map(
    Object.entries(sections).flatMap(([section, messages]) =>
      Object.entries(messages).map(([message, text]): [string, string] => [`${section}.${message}`, text]),
    ),
  )
}
