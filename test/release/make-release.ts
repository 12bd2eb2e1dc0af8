import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/*
 * npm run release [FOLDER]: what is committed as one archive, what it is made of (CycloneDX 1.5), and the checksums of both.
 * What comes before and after: docs/releasing.md.
 */

const PROJECT = join(import.meta.dirname, '..', '..')

const folder = process.argv[2] ?? join(PROJECT, 'release')
const run = (program: string, ...words: string[]): string =>
  execFileSync(program, words, { cwd: PROJECT, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })

const { name, version } = JSON.parse(readFileSync(join(PROJECT, 'package.json'), 'utf8'))
const stem = `${name}-${version}`

mkdirSync(folder, { recursive: true })
run('git', 'archive', `--prefix=${stem}/`, '--output', join(folder, `${stem}.tar.gz`), 'HEAD')
writeFileSync(join(folder, `${stem}.cdx.json`), materials())
const files = [`${stem}.tar.gz`, `${stem}.cdx.json`]
writeFileSync(join(folder, 'SHA256SUMS'), files.map((file) => `${sha256(file)}  ${file}\n`).join(''))
process.stdout.write(`${[...files, 'SHA256SUMS'].map((file) => join(folder, file)).join('\n')}\n`)

/**
 * Every package that runs in production, with its version, licence and checksum. npm's own `--omit=dev` (11.19) leaves out some
 * that both need, `ws` among them, so the lock file says which are only for development; and npm calls the whole as its
 * folder is called.
 */
function materials(): string {
  const made = JSON.parse(
    run('npm', 'sbom', '--package-lock-only', '--sbom-format=cyclonedx', '--sbom-type=application'),
  )
  const kept = inProduction()
  const isKept = (reference: string) => kept.has(reference)
  return `${JSON.stringify(
    {
      ...made,
      metadata: { ...made.metadata, component: { ...made.metadata.component, name } },
      components: made.components.filter((one: Component) => isKept(one['bom-ref'])),
      dependencies: made.dependencies
        .filter(({ ref }: Dependency) => isKept(ref) || ref === `${name}@${version}`)
        .map(({ ref, dependsOn }: Dependency) => ({ ref, dependsOn: dependsOn.filter(isKept) })),
    },
    null,
    2,
  )}\n`
}

interface Component {
  'bom-ref': string
}

interface Dependency {
  ref: string
  dependsOn: string[]
}

/** As npm refers to them: `@fastify/cookie@11.1.5`. */
function inProduction(): Set<string> {
  const { packages } = JSON.parse(readFileSync(join(PROJECT, 'package-lock.json'), 'utf8'))
  const references = new Set<string>()
  for (const [path, { version, dev = false }] of Object.entries<{ version: string; dev?: boolean }>(packages)) {
    if (path && !dev)
      references.add(`${path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)}@${version}`)
  }
  return references
}

function sha256(file: string): string {
  return createHash('sha256')
    .update(readFileSync(join(folder, file)))
    .digest('hex')
}
