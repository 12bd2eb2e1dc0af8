import type pg from 'pg'
import { HTML_VERSION } from '../platform/text/markdown/markdown.ts'
import { copyRows } from './copy-rows.ts'
import type { Plan } from './plan.ts'
import type { Random } from './random.ts'
import type { DemoMember } from './write-members.ts'

/** A body with its rendering, made once and written by many. */
export interface Template {
  language: string
  text: string
  html: string
  excerpt: string
}

/** Where a template's links to numbers lead, until it stands in a thread. */
export const NO_THREAD = 0

const SHARE_OF_ANSWERS = 0.3
const SHARE_EDITED = 0.03

/** Writes all posts of a plan, in the order in which they were written. */
export async function writePosts(
  client: pg.Client,
  random: Random,
  plan: Plan,
  {
    members,
    templates,
    openings,
    firstThread,
    firstId,
    isDeleted,
    progress,
  }: {
    members: readonly DemoMember[]
    templates: readonly Template[]
    /** What each thread opens with. */
    openings: readonly Template[]
    firstThread: number
    firstId: number
    isDeleted: (place: number) => boolean
    progress: (written: number) => void
  },
): Promise<void> {
  const edited: { place: number; template: number }[] = []
  const iso = (moment: number) => new Date(moment).toISOString()

  function* posts() {
    for (const [place, thread] of plan.threadOf.entries()) {
      const number = plan.numberOf[place] ?? 1
      const template = number === 1 ? openings[thread] : templates[random.below(templates.length)]
      if (!template) throw new Error('There are no templates')
      const author = members[plan.authorOf[place] ?? 0]?.id ?? 0
      const at = plan.writtenAt[place] ?? 0
      const isEdited = random.chance(SHARE_EDITED)
      const former = random.below(templates.length)
      if (isEdited) edited.push({ place, template: former })
      const answers = number > 1 && random.chance(SHARE_OF_ANSWERS)
      const replyTo = answers ? Math.max(1, number - 1 - Math.floor(20 * random.unit() ** 3)) : null
      const deletedAt = isDeleted(place) ? iso(at + 7_200_000) : null
      yield [
        ...[firstId + place, firstThread + thread, number, author, template.text],
        ...[template.html.replaceAll(`/threads/${NO_THREAD}/`, `/threads/${firstThread + thread}/`), HTML_VERSION],
        ...[template.excerpt, template.language, replyTo, iso(at), isEdited ? iso(at + 3_600_000) : null],
        ...[isEdited ? 1 : 0, deletedAt, deletedAt ? author : null],
      ]
      if (place % 50_000 === 0 && place > 0) progress(place)
    }
  }
  await copyRows(
    client,
    'posts',
    [
      ...[
        'id',
        'thread_id',
        'number',
        'author_id',
        'body',
        'body_html',
        'html_version',
        'excerpt',
        'language',
        'reply_to',
      ],
      ...['created_at', 'edited_at', 'edit_count', 'deleted_at', 'deleted_by'],
    ],
    posts(),
  )

  function* versions() {
    for (const { place, template } of edited) {
      const title = plan.numberOf[place] === 1 ? 'Ancien titre' : null
      yield [firstId + place, 0, title, templates[template]?.text ?? '', iso(plan.writtenAt[place] ?? 0)]
    }
  }
  await copyRows(client, 'post_versions', ['post_id', 'version', 'title', 'body', 'written_at'], versions())
}
