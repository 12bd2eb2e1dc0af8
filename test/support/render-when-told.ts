import { once } from 'node:events'
import { openMarkdown } from '../../src/platform/text/markdown/markdown.ts'

/** Renders a long text when it is told to, and says what became of it: for a test that stops the process meanwhile. */
const markdown = openMarkdown({ longestRendering: 1_000 })
const source = { language: 'fr' as const, mentions: {}, numbers: null }
await markdown.render({ ...source, body: '*a*\n\n'.repeat(2_000) })
process.stdout.write('ready\n')
await once(process.stdin, 'data')
const rendering = markdown.render({ ...source, body: '*a* et `b`\n\n'.repeat(2_000) })
process.stdout.write('begun\n')
process.stdout.write(`${await rendering.then(() => 'rendered', String)}\n`)
process.stdin.destroy()
await markdown.close()
