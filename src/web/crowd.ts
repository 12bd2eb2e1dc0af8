import type { Forum } from '../forum/forum.ts'
import { CrowdMode, type CrowdSettings } from '../platform/http/crowd-mode.ts'
import { occasionally } from '../platform/http/occasionally.ts'

/**
 * First parts of addresses that stay open in crowd mode: they cost next to nothing, or people need them to log in or
 * send a notice.
 */
const LIGHT = new Set([
  ...['assets', 'healthz', 'readyz', 'metrics', 'robots.txt', 'opensearch.xml', '.well-known', 'live'],
  ...['login', 'register', 'reset', 'confirm', 'confirmed', 'unsubscribe', 'report', 'appeal', 'legal', 'privacy'],
])

const isLight = (url: string): boolean => LIGHT.has(url.split(/[/?]/, 2)[1] ?? '')

/** Bounds the time spent on pages for strangers: see `CrowdMode`. */
export function openCrowd(
  { config, log }: Pick<Forum, 'config' | 'log'>,
  answers: Pick<CrowdSettings, 'headers' | 'answerAnotherLook' | 'answerAnotherLookLate' | 'refused'>,
): CrowdMode {
  const crowded = occasionally((door: string) => {
    log.warn({ door }, 'strangers ask for more pages than are made for them: members and kept pages are not concerned')
  })
  return new CrowdMode({ rateLimits: config.rateLimits, isLight, crowded, ...answers })
}
