import { bigint, index, pgTable, primaryKey, text, timestamp } from 'drizzle-orm/pg-core'
import { members } from './members.ts'
import { posts } from './posts.ts'

const memberId = () =>
  bigint('member_id', { mode: 'number' })
    .notNull()
    .references(() => members.id, { onDelete: 'cascade' })
const postId = () =>
  bigint('post_id', { mode: 'number' })
    .notNull()
    .references(() => posts.id, { onDelete: 'cascade' })
const createdAt = () => timestamp('created_at', { withTimezone: true, precision: 6 }).notNull().defaultNow()

/** Who has found a post useful: counted in `posts.useful_count`, and shown to nobody by name. */
export const usefulMarks = pgTable(
  'useful_marks',
  { postId: postId(), memberId: memberId(), createdAt: createdAt() },
  (table) => [primaryKey({ columns: [table.postId, table.memberId] }), index('useful_marks_member').on(table.memberId)],
)

/** Posts that members have put aside for themselves, with a note of their own. */
export const bookmarks = pgTable(
  'bookmarks',
  { memberId: memberId(), postId: postId(), note: text().notNull().default(''), createdAt: createdAt() },
  (table) => [
    primaryKey({ columns: [table.memberId, table.postId] }),
    index('bookmarks_newest').on(table.memberId, table.createdAt, table.postId),
    index('bookmarks_post').on(table.postId),
  ],
)
