import type { Forum } from '../forum/forum.ts'
import { CrowdMode, type CrowdSettings } from '../platform/http/crowd-mode.ts'
import { occasionally } from '../platform/http/occasionally.ts'

/** How addresses begin that a crowd never closes: what costs next to nothing, and the ways in and to be heard. */
const LIGHT = new Set([
  ...['assets', 'healthz', 'readyz', 'metrics', 'robots.txt', 'opensearch.xml', '.well-known', 'live'],
  ...['login', 'register', 'reset', 'confirm', 'confirmed', 'unsubscribe', 'report', 'appeal', 'legal', 'privacy'],
])

const isLight = (url: string): boolean => LIGHT.has(url.split(/[/?]/, 2)[1] ?? '')

/** How many of the pages that strangers ask for are made: see `CrowdMode`. */
export function openCrowd(
  { config, log }: Pick<Forum, 'config' | 'log'>,
  answers: Pick<CrowdSettings, 'headers' | 'answerAnotherLook' | 'answerAnotherLookLate' | 'refused'>,
): CrowdMode {
  const crowded = occasionally((door: string) => {
    log.warn({ door }, 'strangers ask for more pages than are made for them: members and kept pages are not concerned')
  })
  return new CrowdMode({ rateLimits: config.rateLimits, isLight, crowded, ...answers })
}
