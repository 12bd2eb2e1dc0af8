import { type SQL, sql } from 'drizzle-orm'

/**
 * All factors of the ranking. `test/forum/search/ranking.test.ts` measures how well it finds; run it before and after
 * every change.
 */
export const RANKING = {
  /** The worth of a word by its place: around a post, in a reply, in a first post, in a title. */
  words: [0.05, 0.2, 0.4, 1],
  /** Added when the title alone matches the whole search. */
  title: 1.5,
  /** How much better a post of today is than a very old one. */
  recent: 0.25,
  /** After this many days, only a third of that advantage is left. */
  fadesDays: 365,
  /** How much better a thread with replies is than one without. */
  answered: 0.1,
} as const

/** Divides by the logarithm of a text's length, or long posts would always win (`ts_rank_cd`, flag 1). */
const BY_LENGTH = 1

/** The score of a row. How near the words are to each other counts too (cover density). */
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
