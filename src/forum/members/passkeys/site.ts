import { isIP } from 'node:net'
import { DEFAULT_LANGUAGE } from '../../../platform/text/i18n/languages.ts'
import { translator } from '../../../platform/text/i18n/translate.ts'
import type { Forum } from '../../forum.ts'
import { lastSettings } from '../../settings.ts'

/** For whom passkeys are made: the name of the forum's host, and no other. */
export interface PasskeySite {
  id: string
  origin: string
  name: string
}

/** Null where there can be none: at an address of figures, and without encryption but for `localhost`. */
export function passkeySite(forum: Forum): PasskeySite | null {
  const { protocol, hostname, origin } = new URL(forum.config.origin)
  const isSecure = protocol === 'https:' || hostname === 'localhost'
  if (!isSecure || isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return null
  const name = lastSettings(forum).name || translator(DEFAULT_LANGUAGE)('site.name')
  return { id: hostname, origin, name }
}
