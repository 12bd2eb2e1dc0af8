import { sql } from 'drizzle-orm'
import { statement } from '../../platform/database/statement.ts'
import type { CaseReason } from '../../schema/enums.ts'
import { linksIn } from '../discussion/newcomers.ts'
import type { Judge, Publishing } from '../discussion/steps.ts'
import type { Forum } from '../forum.ts'
import { forumSettings, SUSPICION } from '../settings.ts'

const { hours, own, newest, alike } = SUSPICION
const isNew = sql`created_at > now() - make_interval(hours => ${sql.raw(String(hours))})`
const isOther = sql`id <> coalesce(${sql.placeholder('post')}::bigint, 0)`
/** Compares for equality as well, because trigrams find nothing in some scripts. */
const saysTheSame = sql`(
  excerpt = ${sql.placeholder('excerpt')} or similarity(excerpt, ${sql.placeholder('excerpt')}) >= ${sql.raw(String(alike))}
)`

/**
 * How many of a member's last posts say the same, and how many links all have. Links to the forum's own pages begin with
 * a path.
 */
const ownPosts = statement<{ same: number; links: number }>(sql`
  select count(*) filter (where ${saysTheSame})::int as same,
    coalesce(sum(regexp_count(body_html, 'href="http')) filter (where ${sql.placeholder('newcomer')}::boolean), 0)::int as links
  from (
    select excerpt, body_html, created_at from posts
    where author_id = ${sql.placeholder('author')} and ${isOther}
    order by id desc limit ${sql.raw(String(own))}
  ) as last
  where ${isNew}`)

/** How many other accounts have just posted the same. */
const otherAccounts = statement<{ count: number }>(sql`
  select count(distinct author_id)::int as count
  from (
    select author_id, excerpt, created_at from posts order by id desc limit ${sql.raw(String(newest))}
  ) as last
  where author_id <> ${sql.placeholder('author')} and ${isNew} and ${saysTheSame}`)

/** Holds a newcomer's suspect post. */
export const holdsSuspect: Judge = async (forum, publishing) =>
  publishing.isNewcomer ? whySuspect(forum, publishing) : []

/** Reports everybody's suspect posts; a newcomer's too, because several that are sent at once do not see each other. */
export const checksSuspect: Judge = (forum, publishing) => whySuspect(forum, publishing)

/** Why a post is suspect, if its points reach the limit; empty otherwise, and with limits off. */
async function whySuspect(forum: Forum, publishing: Publishing): Promise<CaseReason[]> {
  const { author, html, excerpt, isNewcomer, id } = publishing
  if (author.role !== 'member' || !forum.config.rateLimits) return []
  const { suspect_points: most, newcomer_links: freeLinks } = await forumSettings(forum)
  const links = linksIn(html)
  if (most === 0 || (links === 0 && excerpt.length < SUSPICION.shortest)) return []
  const said = { author: author.id, excerpt }
  const [[mine], [others]] = await Promise.all([
    ownPosts(forum.database, { ...said, post: id ?? null, newcomer: isNewcomer }),
    isNewcomer ? otherAccounts(forum.database, said) : [],
  ])
  const same = mine?.same ?? 0
  const tooMany = isNewcomer ? Math.max(0, links + (mine?.links ?? 0) - freeLinks) : 0
  const points: [CaseReason, number][] = [
    ['repeats', same * (isNewcomer && links > 0 ? SUSPICION.repeatsWithLinks : SUSPICION.repeats)],
    ['repeated', (others?.count ?? 0) * SUSPICION.repeated],
    // Links of earlier posts count only if this post has a link too.
    ['links', links > 0 ? tooMany * SUSPICION.link : 0],
  ]
  const sum = points.reduce((total, [, more]) => total + more, 0)
  return sum < most ? [] : points.flatMap(([reason, more]) => (more > 0 ? [reason] : []))
}
