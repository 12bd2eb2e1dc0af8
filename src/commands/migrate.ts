import { takesNothing } from './takes-nothing.ts'
import { withForum } from './with-forum.ts'

/** Brings the database up to this version, as `serve` does when it starts. */
export async function run(words: string[]): Promise<void> {
  takesNothing('migrate', words)
  await withForum(async () => {
    process.stdout.write('The database is up to date.\n')
  })
}
