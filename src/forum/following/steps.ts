import type { Forum } from '../forum.ts'

/** A member has read a thread up to a number. */
export interface ReadThread {
  member: number
  thread: number
  number: number
}

/** What other subjects do after a member has read. */
export interface FollowingSteps {
  threadRead: readonly ((forum: Forum, read: ReadThread) => Promise<void>)[]
}
