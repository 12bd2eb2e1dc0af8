import type { Theme } from '../src/platform/http/reader-choices.ts'
import type { Language } from '../src/platform/text/i18n/languages.ts'
import type { Translate } from '../src/platform/text/i18n/translate.ts'
import type { Role } from '../src/schema/enums.ts'
import type { Told } from './parts/told.ts'

/** Where the page's style, scripts and icon are; their names change with their content. */
export interface AssetPaths {
  stylesheet: string
  scripts: ReadonlyMap<string, string>
  icon: string
}

/** The language that something is shown in. */
export interface Wording {
  language: Language
  t: Translate
  /** The zone whose clock times are said by; null, or not told: the forum's. */
  timeZone?: string | null
}

export interface Viewer {
  username: string
  role: Role
  unread: number
  /** What moderators have to decide; 0 for everybody else. */
  openCases: number
  /** Moderators have not let them in yet. */
  waiting: boolean
  /** They may not write, until that ends. */
  silenced: boolean
  /** Their role is of no effect until they have a second factor. */
  mustAddFactor?: boolean
}

/** What is wrong with each field, by the field's name, in the person's language. */
export type FieldMessages = Record<string, string>

/** What every page needs to know about who asks for it and how it is shown. */
export interface Page extends Wording {
  /** Null: as the device prefers. */
  theme: Theme | null
  /** Who reads it; null: somebody without an account, or not signed in. */
  viewer: Viewer | null
  /** Path and query of the page itself, to come back to. */
  here: string
  /** What links to the forum's pages begin with where they are read elsewhere; null for who is here by an onion address. */
  origin: string | null
  /** What was done on the way to it. */
  told?: readonly Told[]
  assets: AssetPaths
  /** What the forum is called, and what it says of itself. */
  site: {
    name: string
    tagline: string
    welcome: string
    /** Whether anybody can join it, in whatever way. */
    registers: boolean
    /** Search engines may show it. */
    listed: boolean
    /** Those that it can be read in. */
    languages: readonly Language[]
    /** The style of its own colours: a path; null: it has none. */
    colours: string | null
  }
}
