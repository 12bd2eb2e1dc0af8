import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import t from 'tap'
import type { App } from '../../../src/platform/http/app.ts'
import { buildApp } from '../../../src/web/app.ts'
import { startForum } from '../../support/forum.ts'
import { Program } from '../../support/program.ts'

/** The types of `document.d.ts` are made by this, once for each change of the API; it wants another compiler than ours. */
const GENERATOR = 'openapi-typescript@7.13.0'
const TYPES = join(import.meta.dirname, 'document.d.ts')

/** What is checked of the document here. */
interface Described {
  paths: Record<string, Record<string, { operationId: string; summary: string; responses: Record<string, unknown> }>>
}

t.test('the description of the API', async (t) => {
  const routes: string[] = []
  const forum = await startForum(t)
  const looked = await buildApp(forum, (app: App) => {
    app.addHook('onRoute', ({ method, url, config }) => {
      if (url.startsWith('/api/v1/') && config?.operation) routes.push(`${[method].flat()[0]} ${url}`)
    })
  })
  t.teardown(() => looked.close())
  const program = new Program(forum.origin)
  const answer = await program.get('/api/openapi.json')
  const { paths } = answer.json as unknown as Described
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )

  t.test('is valid OpenAPI 3.1', async (t) => {
    const validator = new Validator()
    t.same(await validator.validate(structuredClone(answer.json)), { valid: true })
    t.equal(validator.version, '3.1')
  })

  t.test('has every route, each with a name of its own and in words', async (t) => {
    const described = operations.map(({ path, method }) => {
      return `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`
    })
    t.ok(routes.length > 30, `${routes.length} routes`)
    t.same(described.sort(), routes.sort())
    t.equal(new Set(operations.map(({ operation }) => operation.operationId)).size, operations.length)
    for (const { operation } of operations) t.match(operation.summary, /^[A-Z]/, operation.operationId)
  })

  t.test('says of every operation what goes wrong', async (t) => {
    for (const { operation } of operations) t.ok(operation.responses['4XX'], operation.operationId)
  })

  t.test('is what the client of the tests is made from', async (t) => {
    const hash = createHash('sha256').update(answer.text).digest('hex')
    if (process.env.WRITE_TYPES) await writeTypes(answer.text, hash)
    const [first = ''] = (await readFile(TYPES, 'utf8')).split('\n')
    t.equal(first, firstLine(hash), 'WRITE_TYPES=1 npm run test:one -- test/web/api/document.test.ts')
  })
})

t.test('the page about it', async (t) => {
  const forum = await startForum(t)
  const reader = forum.passerBy()
  for (const [language, words] of [
    ['fr', 'Publier un sujet'],
    ['en', 'Start a thread'],
  ] as const) {
    reader.language = language
    const page = await reader.get('/api/docs')
    t.equal(page.status, 200)
    t.equal(page.text('#start_thread summary'), `POST /api/v1/threads ${words}`)
    t.match(page.text('#start_thread'), 'boards')
    for (const { hash } of page.document.querySelectorAll<HTMLAnchorElement>('.operations a[href^="#"]')) {
      t.ok(page.document.querySelector(hash), `the page has ${hash}`)
    }
    t.same(
      [...page.document.scripts].filter(({ src }) => !src.startsWith('/assets/')),
      [],
    )
  }
})

const firstLine = (hash: string) => `// Types of the description of the API whose SHA-256 is ${hash}`

async function writeTypes(document: string, hash: string): Promise<void> {
  const source = join(tmpdir(), `openapi-${process.pid}.json`)
  await writeFile(source, document)
  const { stdout } = await promisify(execFile)('npx', ['--yes', GENERATOR, source], {
    cwd: tmpdir(),
    maxBuffer: 10 * 1_024 * 1_024,
  })
  await writeFile(TYPES, `${firstLine(hash)}\n${stdout}`)
}
