import { sql } from 'drizzle-orm'
import type { Invariant } from '../invariant.ts'

export const followingInvariants: readonly Invariant[] = [
  {
    says: 'members who have read more of a thread than it has',
    broken: sql`select from reads join threads on threads.id = thread_id where number > last_number`,
    mend: sql`
      update reads set number = last_number from threads where threads.id = thread_id and number > last_number`,
  },
]
