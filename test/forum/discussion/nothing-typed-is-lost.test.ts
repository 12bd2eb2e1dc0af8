import { sql } from 'drizzle-orm'
import t from 'tap'
import { LONGEST_BIOGRAPHY, LONGEST_BODY } from '../../../src/limits.ts'
import { startForum, type TestForum } from '../../support/forum.ts'
import type { Person, Visit } from '../../support/person.ts'
import { idOf, threadBy } from '../../support/threads.ts'

const BODY = 'Trois caméras\n\n« rue de Rome » </textarea> & plus'

interface WrittenForm {
  action: string
  field: string
  longest: number
  fields: Record<string, string | string[]>
}

/** Every form that somebody writes in, and the field that holds what they wrote. */
const FORMS: WrittenForm[] = [
  {
    action: '/threads',
    field: 'body',
    longest: LONGEST_BODY,
    fields: { title: 'Relevé', boards: ['nice', 'drones'], body: BODY },
  },
  { action: '/threads/1/replies', field: 'body', longest: LONGEST_BODY, fields: { body: BODY, reply_to: '1' } },
  {
    action: '/posts/1/edit',
    field: 'body',
    longest: LONGEST_BODY,
    fields: { title: 'Relevé', body: BODY, version: '0' },
  },
  {
    action: '/settings',
    field: 'biography',
    longest: LONGEST_BIOGRAPHY,
    fields: { biography: BODY, language: 'fr', theme: 'auto' },
  },
]

/** What is in the field, in whatever form or box the page has it. */
const shownIn = (visit: Visit, field: string) =>
  visit.document.querySelector<HTMLTextAreaElement>(`textarea[name=${field}]`)?.value

async function eachForm(
  forum: TestForum,
  send: (person: Person, form: WrittenForm) => Promise<Visit>,
  check: (visit: Visit, form: WrittenForm) => void,
): Promise<void> {
  const person = await forum.member(`Zoé${Math.random().toString(36).slice(2, 8)}`)
  await forum.database.execute(sql`update posts set author_id = (select max(id) from members) where id = 1`)
  for (const form of FORMS) check(await send(person, form), form)
}

t.test('what was typed comes back', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  await threadBy(forum, 'Zoé')
  const text = ({ field, fields }: WrittenForm) => fields[field]

  t.test('when a form seems to come from another site, to be copied, and not to be sent', () =>
    eachForm(
      forum,
      (person, { action, fields }) => person.post(action, fields, { origin: 'null' }),
      (visit, form) => {
        t.equal(visit.status, 403, form.action)
        t.equal(shownIn(visit, form.field), text(form), form.action)
        t.equal(visit.document.querySelector(`form[action="${form.action}"]:not(.choices)`), null)
      },
    ),
  )

  t.test('when it is too long', () =>
    eachForm(
      forum,
      (person, { action, fields, field, longest }) =>
        person.post(action, { ...fields, [field]: 'é'.repeat(longest + 1) }),
      (visit, form) => {
        t.equal(visit.status, 422, form.action)
        t.equal(shownIn(visit, form.field)?.length, form.longest + 1, form.action)
      },
    ),
  )

  t.test('when the database is away or something of ours fails, with a button to send it again', async () => {
    await eachForm(
      forum,
      async (person, { action, fields }) => {
        await forum.database.execute(sql`alter table members rename column username to username_away`)
        try {
          return await person.post(action, fields)
        } finally {
          await forum.database.execute(sql`alter table members rename column username_away to username`)
        }
      },
      (visit, form) => {
        t.equal(visit.status, 500, form.action)
        t.equal(shownIn(visit, form.field), text(form), form.action)
        t.ok(visit.document.querySelector(`form[action="${form.action}"] button.main`))
      },
    )
  })

  t.test('when somebody else has changed it meanwhile', async (t) => {
    const zoe = await forum.member('Changeante')
    await forum.database.execute(
      sql`update posts set author_id = ${await idOf(forum, 'Changeante')}, edit_count = 3 where id = 1`,
    )
    const met = await zoe.post('/posts/1/edit', { title: 'Relevé', body: BODY, version: '2' })
    t.equal(met.status, 409)
    t.equal(shownIn(met, 'body'), BODY)
  })

  t.test('when its thread has been closed or removed meanwhile', async (t) => {
    const moderator = await forum.member('Modeste', 'moderator')
    const zoe = await forum.member('Tardive')
    for (const [verb, status] of [
      ['lock', 403],
      ['remove', 404],
    ] as const) {
      await moderator.post(`/threads/1/${verb}`)
      const refused = await zoe.post('/threads/1/replies', { body: BODY })
      t.equal(refused.status, status)
      t.equal(shownIn(refused, 'body'), BODY)
    }
  })
})

t.test('what was typed too fast comes back', async (t) => {
  const forum = await startForum(t, { RATE_LIMITS: 'on' })
  const zoe = await forum.member('Zoé')
  const body = (number: number) => `${BODY} ${number}`
  let last = await zoe.post('/threads', { title: 'Relevé', boards: ['nice'], body: body(0) })
  for (let number = 1; number < 12; number += 1) {
    last = await zoe.post('/threads', { title: 'Relevé', boards: ['nice'], body: body(number) })
  }
  t.equal(last.status, 429)
  t.equal(shownIn(last, 'body'), body(11))
  t.same(last.fields('form.compose').boards, ['nice'])
})
