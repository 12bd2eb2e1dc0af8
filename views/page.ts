import type { Theme } from '../src/platform/http/reader-choices.ts'
import type { Language } from '../src/platform/text/i18n/languages.ts'
import type { Translate } from '../src/platform/text/i18n/translate.ts'
import type { Role } from '../src/schema/enums.ts'
import type { Told } from './parts/told.ts'

/** Addresses of the style, scripts and icon, whose names change with their content. */
export interface AssetPaths {
  stylesheet: string
  scripts: ReadonlyMap<string, string>
  icon: string
}

/** The language and time zone in which something is shown. */
export interface Wording {
  language: Language
  t: Translate
  /** The time zone; null or absent for the forum's. */
  timeZone?: string | null
}

export interface Viewer {
  username: string
  role: Role
  unread: number
  /** Open cases for moderators; 0 for everybody else. */
  openCases: number
  /** A moderator has not approved the account yet. */
  waiting: boolean
  /** They may not write until the sanction ends. */
  silenced: boolean
  /** Their role has no effect until they have a second factor. */
  mustAddFactor?: boolean
}

/** Errors by field name, in the person's language. */
export type FieldMessages = Record<string, string>

/** What every page knows about its reader, its address and the forum. */
export interface Page extends Wording {
  /** Null to follow the device. */
  theme: Theme | null
  /** The signed-in member; null for a visitor. */
  viewer: Viewer | null
  /** Path and query of the page, to come back to it. */
  here: string
  /** The forum's address, for links that are used elsewhere; null for a reader on the onion address. */
  origin: string | null
  /** What was just done, to be said on this page. */
  told?: readonly Told[]
  assets: AssetPaths
  /** The forum's name and its descriptions. */
  site: {
    name: string
    tagline: string
    welcome: string
    /** Whether anybody can register, in whatever way. */
    registers: boolean
    /** Whether search engines may show the forum. */
    listed: boolean
    /** The languages of its pages. */
    languages: readonly Language[]
    /** The path of the style with its own colours; null for the defaults. */
    colours: string | null
  }
}
