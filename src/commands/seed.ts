import { seedBoards } from '../forum/boards/seed-boards.ts'
import { takesNothing } from './takes-nothing.ts'
import { withForum } from './with-forum.ts'

/** Creates the boards of a default install, as `serve` does when it starts. */
export async function run(words: string[]): Promise<void> {
  takesNothing('seed', words)
  await withForum(async ({ database }) => {
    const made = await seedBoards(database)
    process.stdout.write(made > 0 ? `Made ${made} boards.\n` : 'All boards are there already.\n')
  })
}
