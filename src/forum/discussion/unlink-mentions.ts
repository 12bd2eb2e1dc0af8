import { max, sql } from 'drizzle-orm'
import { memberPath } from '../../paths.ts'
import { posts } from '../../schema/posts.ts'
import type { ErasedMember } from '../members/steps.ts'
import type { Step } from '../step.ts'

/** Posts in one statement, so that none reaches the time limit of a statement. */
const AT_ONCE = 20_000

/** Where others mentioned an erased member, the name stays in their text without a link. */
export const unlinkMentions: Step<ErasedMember> = async (transaction, { username }) => {
  const link = `<a href="${memberPath(username)}"`
  const [last] = await transaction.select({ id: max(posts.id) }).from(posts)
  for (let after = 0; after < (last?.id ?? 0); after += AT_ONCE) {
    await transaction.execute(sql`
      update posts set body_html = regexp_replace(body_html, ${`${escaped(link)}[^>]*>([^<]*)</a>`}, '\\1', 'g')
      where id > ${after} and id <= ${after + AT_ONCE} and strpos(body_html, ${link}) > 0`)
  }
}

/** Escapes a text for PostgreSQL, which does not understand the output of `RegExp.escape`. */
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
