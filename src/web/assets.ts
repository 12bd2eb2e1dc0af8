import type { AssetFiles } from '../platform/http/assets.ts'

const STYLESHEETS = [
  ...['tokens', 'base', 'frame', 'map', 'lists', 'thread', 'prose', 'forms'],
  ...['settings', 'subscriptions', 'search', 'api', 'print'],
]
/** Scripts by the pages that need them. Somebody who only reads a thread downloads no scripts for writing. */
const SCRIPTS = {
  forum: ['script-runs', 'times', 'disclosures', 'keys', 'printing', 'leaving', 'offline'],
  thread: ['arrivals', 'locked', 'live', 'reading', 'position', 'post-links'],
  writing: ['drafts', 'send', 'toolbar', 'quote', 'later'],
  starting: ['boards', 'similar'],
  others: ['new-since', 'map', 'time-zones', 'push', 'kept-pages', 'draft-list', 'moderation-keys', 'passkeys'],
  /** Loaded one by one, when the page first needs them: `later.js`. */
  'selected-words': ['selected-words'],
  mentions: ['mentions'],
} as const

const pathsOf = (names: readonly string[]) => names.map((name) => `js/${name}.js`)

/** The forum's style, scripts and icon. */
export const ASSETS: AssetFiles = {
  folder: new URL('../../static/', import.meta.url),
  name: 'forum',
  stylesheets: STYLESHEETS.map((name) => `css/${name}.css`),
  scripts: Object.fromEntries(Object.entries(SCRIPTS).map(([group, names]) => [group, pathsOf(names)])),
  icon: 'icons/contrechamp.svg',
}
