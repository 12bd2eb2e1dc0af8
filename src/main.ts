import { enableCompileCache } from 'node:module'
import './platform/quick-imports.ts'
import { OperatorError } from './platform/process/operator-error.ts'

// Node keeps what it has read of our sources, without their types, for the next start.
enableCompileCache()

/** Each command is loaded only when it is the one that was asked for. */
const COMMANDS: Record<string, () => Promise<{ run(words: string[]): Promise<void> }>> = {
  serve: () => import('./commands/serve.ts'),
  migrate: () => import('./commands/migrate.ts'),
  seed: () => import('./commands/seed.ts'),
  digest: () => import('./commands/digest.ts'),
  demo: () => import('./commands/demo.ts'),
  bounce: () => import('./commands/bounce.ts'),
  member: () => import('./commands/member.ts'),
  retention: () => import('./commands/retention.ts'),
  backup: () => import('./commands/backup.ts'),
  restore: () => import('./commands/restore.ts'),
  doctor: () => import('./commands/doctor.ts'),
}

const [name = 'serve', ...words] = process.argv.slice(2)

/** What then still holds the process: a job that has got stuck, a connection that nobody answers. */
const LONGEST_END_MILLISECONDS = 2_000

try {
  const command = COMMANDS[name]
  if (!command)
    throw new OperatorError(`There is no command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}.`)
  await (await command()).run(words)
} catch (error) {
  process.exitCode = 1
  const { operatorError } = await import('./platform/database/unreachable.ts')
  const known = operatorError(error)
  if (known) process.stderr.write(`contrechamp: ${known.message}\n`)
  else console.error(error)
}
setTimeout(() => process.exit(), LONGEST_END_MILLISECONDS).unref()
