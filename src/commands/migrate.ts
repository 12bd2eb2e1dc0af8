import { withForum } from './with-forum.ts'

/** Brings the database up to this version, as `serve` does when it starts. */
export async function run(): Promise<void> {
  await withForum(async () => {
    process.stdout.write('The database is up to date.\n')
  })
}
