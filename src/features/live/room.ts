import type { ThreadAddress } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import type { Hub, LiveClient } from '../../platform/live/hub.ts'
import { changedPosts, postsInRange, type ShownPost } from '../posts/queries.ts'
import { changeMessage, type Message, postMessage, RELOAD } from './messages.ts'

/** More missing posts than these are quicker read as a page. */
const MOST_MISSING = 200

/** RFC 6455, 7.4.2, for our own use: nothing is to be come back to. */
const THREAD_GONE = 4404

/** How far a reader has followed a thread: the last number they have, and the last change they know of. */
export interface Place {
  after: number
  /** Null: they know of no change and need none told. */
  change: number | null
}

/**
 * The windows that follow one thread. All that happens here happens in turn, so a window that comes in is told what it
 * misses up to where the room stands, and hears everything after that, with neither a hole nor an overlap. The room
 * itself only ever reads on from where it stands: an event says that there is something to read, not what.
 */
export class Room {
  /** Those who hear what comes. */
  readonly clients = new Set<LiveClient>()
  /** The same, with those who are still being told what they miss. */
  followers = 0
  private readonly forum: Forum
  private readonly hub: Hub
  private readonly thread: ThreadAddress
  private lastNumber: number
  private changeNumber: number
  private turn: Promise<void> = Promise.resolve()
  private readAgain = false
  /** The last posts that were told, for those who come back after a short while. */
  private readonly recent = new Map<number, Message>()

  constructor(forum: Forum, hub: Hub, thread: ThreadAddress & { lastNumber: number; changeNumber: number }) {
    this.forum = forum
    this.hub = hub
    this.thread = thread
    this.lastNumber = thread.lastNumber
    this.changeNumber = thread.changeNumber
  }

  /** Tells a window what it misses, then lets it hear what comes. */
  enter(client: LiveClient, place: Place): Promise<void> {
    return this.inTurn(async () => {
      // What they read in another process may not have been heard of here yet: it is not to be told them again.
      if (place.after > this.lastNumber) await this.tellNewPosts()
      for (const message of await this.missing(place)) this.hub.write(client, message(client.language))
      if (client.socket.readyState === client.socket.OPEN) this.clients.add(client)
    })
  }

  /** Ends every window: the thread is no longer there to be followed. */
  end(): void {
    for (const { socket } of this.clients) socket.close(THREAD_GONE)
  }

  /** Something has happened in the thread, or may have: reads on and tells. Many at once are read once. */
  somethingHappened(): Promise<void> {
    if (this.readAgain) return this.turn
    this.readAgain = true
    return this.inTurn(async () => {
      this.readAgain = false
      await this.tellNewPosts()
      await this.tellChanges()
    })
  }

  private inTurn(act: () => Promise<void>): Promise<void> {
    this.turn = this.turn.then(act).catch((error: unknown) => {
      this.forum.log.error({ err: error }, 'a live room failed')
    })
    return this.turn
  }

  private async missing({ after, change }: Place): Promise<Message[]> {
    if (this.lastNumber - after > MOST_MISSING) return [RELOAD]
    const posts = after < this.lastNumber ? await this.postsAfter(after) : []
    const changes = change !== null && change < this.changeNumber ? await this.changesAfter(change, after) : []
    return changes.length > MOST_MISSING ? [RELOAD] : [...changes, ...posts]
  }

  private async postsAfter(after: number): Promise<Message[]> {
    const numbers = Array.from({ length: this.lastNumber - after }, (_, index) => after + 1 + index)
    if (numbers.some((number) => !this.recent.has(number))) {
      const posts = await postsInRange(this.forum.database, this.thread.id, after, this.lastNumber)
      for (const post of posts) this.remember(post)
    }
    return numbers.flatMap((number) => this.recent.get(number) ?? [])
  }

  private async changesAfter(change: number, upTo: number): Promise<Message[]> {
    const posts = await changedPosts(this.forum.database, this.thread.id, change, upTo, MOST_MISSING + 1)
    return posts.map((post) => changeMessage(this.thread, post))
  }

  private async tellNewPosts(): Promise<void> {
    const { database } = this.forum
    const posts = await postsInRange(database, this.thread.id, this.lastNumber, this.lastNumber + MOST_MISSING)
    if (posts.length === 0) return
    await this.tell(posts.map((post) => this.remember(post)))
    this.lastNumber = posts.at(-1)?.number ?? this.lastNumber
    if (posts.length === MOST_MISSING) await this.tellNewPosts()
  }

  private async tellChanges(): Promise<void> {
    const { database } = this.forum
    const posts = await changedPosts(database, this.thread.id, this.changeNumber, this.lastNumber, MOST_MISSING)
    if (posts.length === 0) return
    for (const { number } of posts) this.recent.delete(number)
    await this.tell(posts.map((post) => changeMessage(this.thread, post)))
    this.changeNumber = posts.at(-1)?.changeNumber ?? this.changeNumber
    if (posts.length === MOST_MISSING) await this.tellChanges()
  }

  /** All messages in one write for each window: under load, that is what keeps up. */
  private async tell(messages: readonly Message[]): Promise<void> {
    const together = new Map<string, Buffer>()
    await this.hub.broadcast(this.clients, (language) => {
      const known = together.get(language)
      if (known) return known
      const frames = Buffer.concat(messages.map((message) => message(language)))
      together.set(language, frames)
      return frames
    })
  }

  private remember(post: ShownPost): Message {
    const message = postMessage(this.thread, post)
    this.recent.set(post.number, message)
    const oldest = this.recent.keys().next().value
    if (this.recent.size > MOST_MISSING && oldest !== undefined) this.recent.delete(oldest)
    return message
  }
}
