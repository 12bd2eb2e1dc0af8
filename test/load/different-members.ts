import type { DemoData } from './demo-data.ts'
import { signIn } from './members.ts'
import type { MeasuredPage } from './page.ts'
import { ordinaryThreads, type ThreadPage } from './pages.ts'

const MEMBERS = 40
/** So many of them have written in the common thread, and as many in their own. */
const WRITERS = 10
const LANGUAGES = ['fr', 'en']
const THEMES = [null, 'light', 'dark']
const LEVELS = ['watching', 'following', 'muted', 'none']

export interface DifferentMembers extends AsyncDisposable {
  /** One thread, as each of them reads it. */
  common: MeasuredPage[]
  /** A thread for each. */
  own: MeasuredPage[]
  /** Another page, as each of them reads it. */
  asking(page: MeasuredPage): MeasuredPage[]
}

/**
 * Members who differ as real ones do: in language, theme, how they are subscribed, rights, and in whether they have
 * written in the thread. Afterwards they are again as the demo makes everybody.
 */
export async function differentMembers(data: DemoData): Promise<DifferentMembers> {
  const [common, ...threads] = await ordinaryThreads(data, MEMBERS + 1)
  if (!common || threads.length < MEMBERS) throw new Error('There are too few threads')
  const ids = await choose(data, common, threads)
  await change(
    data,
    ids.map((id, index) => ({
      id,
      language: LANGUAGES[index % LANGUAGES.length],
      theme: THEMES[index % THEMES.length],
      role: index === MEMBERS - 1 ? 'moderator' : 'member',
    })),
  )
  const pairs = await subscribe(data, ids, [common, ...threads])
  const cookies = await signIn(data, ids)
  const read = (page: MeasuredPage, index: number): MeasuredPage => ({
    ...page,
    headers: { ...page.headers, cookie: cookies[index] ?? '' },
    says: 'action="/logout"',
  })
  return {
    common: ids.map((_, index) => read(common, index)),
    own: threads.map(read),
    asking: (page) => ids.map((_, index) => read(page, index)),
    async [Symbol.asyncDispose]() {
      await change(
        data,
        ids.map((id) => ({ id, language: 'fr', theme: null, role: 'member' })),
      )
      await unsubscribe(data, pairs)
    },
  }
}

/** Those who wrote in the common thread, then those who wrote in their own, then others. */
async function choose(data: DemoData, common: ThreadPage, threads: readonly ThreadPage[]): Promise<number[]> {
  const chosen = new Set((await writersIn(data, common)).slice(0, WRITERS))
  for (let index = chosen.size; index < 2 * WRITERS; index += 1) {
    const thread = threads[index]
    const writer = thread && (await writersIn(data, thread)).find((id) => !chosen.has(id))
    if (writer !== undefined) chosen.add(writer)
  }
  const others = await data.query<{ id: number }>(
    'select id from members where id <> all($1::bigint[]) order by id limit $2',
    [[...chosen], MEMBERS - chosen.size],
  )
  return [...chosen, ...others.map(({ id }) => Number(id))]
}

async function writersIn(data: DemoData, { thread }: ThreadPage): Promise<number[]> {
  const rows = await data.query<{ id: number }>(
    'select distinct author_id as id from posts where thread_id = $1 and number <= 20 order by id',
    [thread],
  )
  return rows.map(({ id }) => Number(id))
}

async function change(data: DemoData, members: readonly object[]): Promise<void> {
  await data.query(
    `update members set language = given.language, theme = given.theme, role = given.role
     from json_to_recordset($1) as given (id bigint, language text, theme text, role text)
     where members.id = given.id`,
    [JSON.stringify(members)],
  )
}

/** Subscribes each to the common thread and to their own; the demo subscribes nobody. Answers the rows as JSON. */
async function subscribe(
  data: DemoData,
  members: readonly number[],
  [common, ...threads]: readonly ThreadPage[],
): Promise<string> {
  const rows = members.flatMap((member_id, index) => {
    const level = LEVELS[Math.floor(index / LANGUAGES.length) % LEVELS.length]
    return [common, threads[index]].map((page) => ({ member_id, thread_id: page?.thread, level }))
  })
  const json = JSON.stringify(rows)
  await unsubscribe(data, json)
  await data.query(
    `insert into thread_subscriptions (member_id, thread_id, level)
     select * from json_to_recordset($1) as given (member_id bigint, thread_id bigint, level text)`,
    [json],
  )
  return json
}

async function unsubscribe(data: DemoData, rows: string): Promise<void> {
  await data.query(
    `delete from thread_subscriptions as here
     using json_to_recordset($1) as given (member_id bigint, thread_id bigint)
     where here.member_id = given.member_id and here.thread_id = given.thread_id`,
    [rows],
  )
}
