import type { AssetFiles } from '../platform/http/assets.ts'

const STYLESHEETS = [
  ...['tokens', 'base', 'frame', 'map', 'lists', 'thread', 'prose', 'forms'],
  ...['settings', 'subscriptions', 'search', 'api', 'print'],
]
/** By the pages that need them, so that somebody who only reads a thread downloads no scripts for writing. */
const SCRIPTS = {
  forum: ['script-runs', 'times', 'disclosures', 'keys', 'printing', 'leaving', 'offline'],
  thread: ['arrivals', 'locked', 'live', 'reading', 'position', 'post-links'],
  writing: ['drafts', 'send', 'toolbar', 'selected-words', 'quote', 'mentions'],
  starting: ['boards', 'similar'],
  others: ['new-since', 'map', 'time-zones', 'push', 'kept-pages', 'moderation-keys', 'passkeys'],
} as const

const pathsOf = (names: readonly string[]) => names.map((name) => `js/${name}.js`)

/** The forum's style, scripts and icon. */
export const ASSETS: AssetFiles = {
  folder: new URL('../../static/', import.meta.url),
  name: 'forum',
  stylesheets: STYLESHEETS.map((name) => `css/${name}.css`),
  scripts: {
    forum: pathsOf(SCRIPTS.forum),
    thread: pathsOf(SCRIPTS.thread),
    writing: pathsOf(SCRIPTS.writing),
    starting: pathsOf(SCRIPTS.starting),
    others: pathsOf(SCRIPTS.others),
  },
  icon: 'icons/contrechamp.svg',
}
