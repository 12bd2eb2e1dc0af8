import type { Statement } from '../../support/statements.ts'
import { compare } from '../compare.ts'
import { differentMembers } from '../different-members.ts'
import { startForum } from '../forum-under-load.ts'
import type { LoadedRequest } from '../load.ts'
import { busiestBoard, homePage } from '../pages.ts'
import { openRecorder, type Recorder } from '../recorder.ts'
import type { Bench, Result, Row } from '../row.ts'

const MOST_ROUND_TRIPS = 3

/** Pages as members see them who have little in common, each with their own name, actions and form. */
export const signedIn: Row = {
  name: 'signed-in',
  async measure(bench: Bench): Promise<Result[]> {
    const data = await bench.data()
    await using members = await differentMembers(data)
    await using recorder = await openRecorder(data)
    await using forum = await startForum(bench, data, { profile: 'signed-in' })
    const board = await busiestBoard(data)
    const rows = [
      { what: 'signed-in thread, common', pages: members.common, least: 0.1, of: 'the limit' },
      { what: 'signed-in thread, own', pages: members.own, least: 0.1, of: 'the limit' },
      { what: 'signed-in board', pages: members.asking(board), least: 0.5, of: 'the same queries' },
      { what: 'signed-in home', pages: members.asking(homePage()), least: 0.5, of: 'the same queries' },
    ] as const
    const results: Result[] = []
    for (const row of rows) {
      const queries = await queriesOf(recorder, row.pages)
      results.push(await compare(bench, forum, { ...row, queries, mostRoundTrips: MOST_ROUND_TRIPS }))
    }
    return results
  },
}

async function queriesOf(recorder: Recorder, pages: readonly LoadedRequest[]) {
  const queries: Statement[][] = []
  for (const page of pages) queries.push(await recorder.queriesOf(page))
  return queries
}
