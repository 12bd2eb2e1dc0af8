import type { Forum } from '../forum.ts'

/** A member has read a thread up to a number. */
export interface ReadThread {
  member: number
  thread: number
  number: number
}

/** What others do when somebody reads, once that is remembered. */
export interface FollowingSteps {
  threadRead: readonly ((forum: Forum, read: ReadThread) => Promise<void>)[]
}
