import { LRUCache } from 'lru-cache'
import { lengthOf, type ShownPost } from '../../forum/discussion/shown-posts.ts'
import type { Message } from './messages.ts'

/** Bytes of messages kept for one thread, for windows that reconnect soon. */
const LARGEST = 2 * 1_024 * 1_024

type Told = readonly (readonly [ShownPost, Message])[]

/** The messages of the last posts, shared by all windows that reconnect at once. */
export class RecentPosts {
  private readonly messages = new LRUCache<number, Message>({ maxSize: LARGEST })

  add(posts: Told): void {
    for (const [post, message] of posts) {
      this.messages.set(post.number, message, { size: 2 * lengthOf(post) + 2_000 })
    }
  }

  forget(number: number): void {
    this.messages.delete(number)
  }

  /** Drops all messages, because posts have left the thread. */
  clear(): void {
    this.messages.clear()
  }

  /**
   * The messages of the posts after one number and up to another, by number. Reads only those that are not kept. Numbers
   * of posts that were moved away are missing.
   */
  async get(
    after: number,
    upTo: number,
    read: (after: number, upTo: number) => Promise<Told>,
  ): Promise<(readonly [number: number, message: Message])[]> {
    const numbers = Array.from({ length: upTo - after }, (_, index) => after + 1 + index)
    const found = new Map(numbers.map((number) => [number, this.messages.get(number)]))
    const unknown = numbers.filter((number) => !found.get(number))
    const [first] = unknown
    const last = unknown.at(-1)
    if (first !== undefined && last !== undefined) {
      const told = await read(first - 1, last)
      this.add(told)
      for (const [{ number }, message] of told) found.set(number, message)
    }
    return numbers.flatMap((number) => {
      const message = found.get(number)
      return message ? [[number, message] as const] : []
    })
  }
}
