import type { AssetFiles } from '../platform/http/assets.ts'

const STYLESHEETS = [
  ...['tokens', 'base', 'frame', 'map', 'lists', 'thread', 'prose', 'forms'],
  ...['settings', 'subscriptions', 'search', 'api', 'print'],
]
const SCRIPTS = [
  ...['script-runs', 'new-since', 'map', 'times', 'arrivals', 'locked', 'live', 'reading'],
  ...[
    'drafts',
    'send',
    'toolbar',
    'selected-words',
    'quote',
    'mentions',
    'time-zones',
    'printing',
    'disclosures',
    'moderation-keys',
    'passkeys',
  ],
]

/** The forum's style, script and icon. */
export const ASSETS: AssetFiles = {
  folder: new URL('../../static/', import.meta.url),
  name: 'forum',
  stylesheets: STYLESHEETS.map((name) => `css/${name}.css`),
  scripts: SCRIPTS.map((name) => `js/${name}.js`),
  icon: 'icons/contrechamp.svg',
}
