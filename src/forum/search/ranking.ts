import { type SQL, sql } from 'drizzle-orm'

/**
 * What makes one hit better than another, all in one place. `test/forum/search/ranking.test.ts` says how well it finds;
 * measure there before and after every change.
 */
export const RANKING = {
  /** What a word is worth by where it stands: around a post, in a reply, an opening post, a title. */
  words: [0.05, 0.2, 0.4, 1],
  /** What it is worth besides that the title alone says all that was asked for. */
  title: 1.5,
  /** By how much a post of today is better than one that is very old … */
  recent: 0.25,
  /** … and after how many days only a third of that is left. */
  fadesDays: 365,
  /** By how much an answered thread is better than one that nobody has answered. */
  answered: 0.1,
} as const

/** Divides by the logarithm of a text's length, so that long posts do not win by being long (`ts_rank_cd`, flag 1). */
const BY_LENGTH = 1

/** How good a row of the search is; nearness of the words to each other counts by itself (cover density). */
export const score = (row: {
  words: SQL
  title: SQL
  matching: SQL
  postedAt: SQL
  answered: SQL
  now: SQL
}): SQL => sql`(
  (ts_rank_cd(${sql.raw(`'{${RANKING.words.join(',')}}'`)}::float4[], ${row.words}, ${row.matching}, ${sql.raw(String(BY_LENGTH))})
    + case when ${row.title} @@ ${row.matching} then ${sql.raw(String(RANKING.title))} else 0 end)
  * (1 + ${sql.raw(String(RANKING.recent))}
     * exp(least(0, -extract(epoch from ${row.now} - ${row.postedAt}) / ${sql.raw(String(86_400 * RANKING.fadesDays))})))
  * (1 + case when ${row.answered} then ${sql.raw(String(RANKING.answered))} else 0 end)
)`
