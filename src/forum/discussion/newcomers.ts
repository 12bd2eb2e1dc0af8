import { sql } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { statement } from '../../platform/database/statement.ts'
import { type FieldProblem, invalidFields } from '../../platform/problem.ts'
import type { Forum } from '../forum.ts'
import type { Actor } from '../members/permissions.ts'
import { forumSettings } from '../settings.ts'
import type { RenderedBody } from './render-body.ts'

/** The limits of a newcomer; null for other members, or without limits. */
export interface NewcomerLimits {
  links: number
  mentions: number
  threads: number
}

const findNewcomer = statement<{ new: boolean }>(sql`
  select created_at > now() - make_interval(days => ${sql.placeholder('days')}::int) and (
    select count(*) < ${sql.placeholder('posts')}::int from (
      select from posts where author_id = members.id and deleted_at is null limit ${sql.placeholder('posts')}::int
    ) as standing
  ) as new
  from members where id = ${sql.placeholder('member')}`)

/**
 * The limits of a member who joined recently and has few visible posts. They end by themselves. With limits off, only
 * the rule that newcomers may not write, if an admin has set it, still holds.
 * @param field that shows the error. @throws Problem 422 while newcomers may only read.
 */
export async function newcomerLimits(forum: Forum, { id, role }: Actor, field: string): Promise<NewcomerLimits | null> {
  if (role !== 'member') return null
  const settings = await forumSettings(forum)
  const isClosed = new Date(settings.newcomers_read_only_until).getTime() > Date.now()
  if (!isClosed && !forum.config.rateLimits) return null
  const asked = { member: id, days: settings.newcomer_days, posts: settings.newcomer_posts }
  const [found] = await findNewcomer(forum.database, asked)
  if (!found?.new) return null
  if (isClosed) throw invalidFields([{ field, key: 'newcomers.read_only' }])
  if (!forum.config.rateLimits) return null
  return {
    links: settings.newcomer_links,
    mentions: settings.newcomer_mentions,
    threads: settings.newcomer_threads,
  }
}

/** How many links of a body lead elsewhere. Links to the forum's own pages begin with a path. */
export const linksIn = (html: string): number => html.split('href="http').length - 1

/** @throws Problem 422 for a body with more links or mentions than a newcomer may use. */
export function mustKeepTo(
  limits: NewcomerLimits | null,
  { html, mentioned }: Pick<RenderedBody, 'html' | 'mentioned'>,
): void {
  if (!limits) return
  const { links, mentions } = limits
  const problems: FieldProblem[] = []
  if (linksIn(html) > links) {
    problems.push({ field: 'body', key: 'newcomers.too_many_links', values: { count: links } })
  }
  if (mentioned.length > mentions) {
    problems.push({ field: 'body', key: 'newcomers.too_many_mentions', values: { count: mentions } })
  }
  if (problems.length > 0) throw invalidFields(problems.slice(0, 1))
}

/** @throws Problem 422 for a newcomer who has started as many threads today as they may. */
export async function mayStartToday(transaction: Transaction, author: number, limits: NewcomerLimits): Promise<void> {
  const { rows } = await transaction.execute<{ count: number }>(sql`
    select count(*)::int as count from (
      select created_at from threads where author_id = ${author} order by id desc limit ${limits.threads}::int
    ) as last
    where created_at > now() - interval '1 day'`)
  if ((rows[0]?.count ?? 0) < limits.threads) return
  throw invalidFields([{ field: 'title', key: 'newcomers.too_many_threads', values: { count: limits.threads } }])
}
