import { globSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import t from 'tap'

const PROJECT = join(import.meta.dirname, '..')

/** What each layer may import besides itself: arrows go down only (CONTRIBUTING.md, «The house»). */
const LAYERS: Record<string, readonly string[]> = {
  platform: ['words'],
  schema: ['platform'],
  forum: ['schema', 'platform', 'shared'],
  views: ['schema', 'platform', 'shared'],
  web: ['forum', 'schema', 'platform', 'views', 'shared'],
  commands: ['compose', 'web', 'forum', 'schema', 'platform', 'shared'],
  compose: ['web', 'views', 'forum', 'schema', 'platform', 'shared'],
  main: ['commands', 'platform'],
  shared: ['platform'],
}

/** Addresses and limits of the public contract, and the settings, composed of those that platform declares. */
const SHARED = ['src/paths.ts', 'src/limits.ts', 'src/config.ts']

/** Inside `forum`, each subject may import those before it; the first three import each other only downwards too. */
const SUBJECTS = [
  ...['members', 'boards', 'discussion'],
  ...[
    'following',
    'notices',
    'digests',
    'moderation',
    'search',
    'feeds',
    'webhooks',
    'push',
    'exports',
    'administration',
  ],
]

function layerOf(file: string): string {
  if (SHARED.includes(file)) return 'shared'
  // What `compose.ts` hands out, on a screen of its own.
  if (file === 'src/steps.ts') return 'compose'
  // The catalogues are data. Their keys are a type of the translator, so they are not handed in.
  if (file.startsWith('src/i18n/')) return 'words'
  if (file.startsWith('views/')) return 'views'
  if (file.startsWith('src/demo/')) return 'commands'
  return file.split('/')[1]?.replace(/\.ts$/, '') ?? file
}

interface Arrow {
  from: string
  to: string
}

function arrows(): Arrow[] {
  const files = globSync(['src/**/*.ts', 'views/**/*.ts'], { cwd: PROJECT })
  return files.flatMap((from) => {
    const source = readFileSync(join(PROJECT, from), 'utf8')
    const named = source.matchAll(/\bfrom '(\.[^']+)'|\bimport\('(\.[^']+)'\)|^import '(\.[^']+)'/gm)
    return [...named].map(([, one, two, three]) => ({
      from,
      to: relative('.', join(dirname(from), one ?? two ?? three ?? '')),
    }))
  })
}

const ARROWS = arrows()

const shown = ({ from, to }: Arrow): string => `${from} → ${to}`

t.test('layers import what is below them', async (t) => {
  t.ok(ARROWS.length > 500, 'the imports are found')
  const upward = ARROWS.filter(({ from, to }) => {
    const [above, below] = [layerOf(from), layerOf(to)]
    return above !== below && !LAYERS[above]?.includes(below)
  })
  t.same(upward.map(shown), [])
})

t.test('subjects of the forum import those before them', async (t) => {
  const placeOf = (file: string) => SUBJECTS.indexOf(file.split('/')[2] ?? '')
  const inForum = ARROWS.filter(({ from, to }) => from.startsWith('src/forum/') && to.startsWith('src/forum/'))
  const unknown = inForum.filter(({ from }) => from.split('/').length > 3 && placeOf(from) < 0)
  t.same(unknown.map(shown), [], 'each folder has its place in the list')
  const upward = inForum.filter(({ from, to }) => placeOf(from) >= 0 && placeOf(from) < placeOf(to))
  t.same(upward.map(shown), [])
})

t.test('what people do knows neither Fastify nor HTML', async (t) => {
  const forum = globSync('src/{forum,schema}/**/*.ts', { cwd: PROJECT })
  const knowing = forum.filter((file) =>
    /from '(fastify|@fastify\/|ws'|jsdom')/.test(readFileSync(join(PROJECT, file), 'utf8')),
  )
  t.same(knowing, [])
})

/** The names of the tables, as the schema and as SQL have them. */
const TABLES = globSync('src/schema/*.ts', { cwd: PROJECT }).flatMap((file) =>
  [...readFileSync(join(PROJECT, file), 'utf8').matchAll(/export const (\w+) = pgTable\(\s*'(\w+)'/g)].map(
    ([, constant = '', name = '']) => ({ constant, name }),
  ),
)

t.test('a table is written in one folder', async (t) => {
  t.ok(TABLES.length > 15, 'the tables are found')
  const files = globSync('src/{forum,platform}/**/*.ts', { cwd: PROJECT })
  const sources = files.map((file) => ({
    folder: dirname(file).split('/').slice(0, 3).join('/'),
    source: readFileSync(join(PROJECT, file), 'utf8'),
  }))
  const shared = TABLES.flatMap(({ constant, name }) => {
    const writes = new RegExp(
      `\\.(?:insert|update|delete)\\(${constant}\\)|\\b(?:insert into|update|delete from) (?:${name}\\b|\\$\\{${constant}\\})|deleteInSlices\\(\\w+, '${name}'`,
    )
    const folders = new Set(sources.filter(({ source }) => writes.test(source)).map(({ folder }) => folder))
    return folders.size > 1 ? [`${name}: ${[...folders].join(', ')}`] : []
  })
  t.same(shared, [])
})

t.test('SQL stands in the forum and the platform only', async (t) => {
  const files = globSync(['src/web/**/*.ts', 'src/commands/**/*.ts', 'views/**/*.ts'], { cwd: PROJECT })
  const asking = files.filter((file) => /\bsql`|from 'drizzle-orm/.test(readFileSync(join(PROJECT, file), 'utf8')))
  t.same(asking, [])
})

t.test('each source that a comment or a page of the documents names is there', async (t) => {
  const sources = globSync('{src,views,static,test}/**/*.{ts,js}', { cwd: PROJECT })
  const pages = globSync('{*,docs/**/*}.md', { cwd: PROJECT })
  const gone = [...sources, ...pages].flatMap((file) => {
    const named = readFileSync(join(PROJECT, file), 'utf8').matchAll(/`([\w./-]+\.(?:ts|js))`/g)
    return [...named].flatMap(([, path = '']) =>
      sources.some((source) => `/${source}`.endsWith(`/${path}`)) ? [] : [`${file}: ${path}`],
    )
  })
  t.same(gone, [])
})
