import type { ThreadAddress } from '../../paths.ts'
import type { Forum } from '../../platform/forum.ts'
import { type Hub, type LiveClient, RESTARTING } from '../../platform/live/hub.ts'
import { changedPosts, postsInRange, type ShownPost } from '../posts/queries.ts'
import { type Thread, threadById } from '../threads/queries.ts'
import { changeMessage, changesMessage, type Message, postMessage, RELOAD } from './messages.ts'

/** More missing posts than these are quicker read as a page. */
const MOST_MISSING = 200

const TRY_AGAIN_MILLISECONDS = 1_000

/** RFC 6455, 7.4.2, for our own use: nothing is to be come back to. */
export const THREAD_GONE = 4404

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
  private removed: boolean
  private turn: Promise<unknown> = Promise.resolve()
  private readAgain = false
  /** The last posts that were told, for those who come back after a short while. */
  private readonly recent = new Map<number, Message>()

  constructor(forum: Forum, hub: Hub, thread: Thread) {
    this.forum = forum
    this.hub = hub
    this.thread = thread
    this.lastNumber = thread.lastNumber
    this.changeNumber = thread.changeNumber
    this.removed = thread.removedAt !== null
  }

  /**
   * Tells a window what it misses, then lets it hear what comes. What is more than may wait for a reader is told at their
   * pace, which is nobody else's turn; then it is looked at what they have missed meanwhile.
   */
  async enter(client: LiveClient, place: Place): Promise<void> {
    let from: Place | null = place
    while (from) from = await this.enterFrom(client, from)
  }

  /** Answers from where on a window still misses something; null when it is in, or gone. */
  private async enterFrom(client: LiveClient, place: Place): Promise<Place | null> {
    const much = await this.inTurn(
      async () => {
        if (this.removed && !client.seesRemoved) {
          client.socket.close(THREAD_GONE)
          return null
        }
        // What they read in another process may not have been heard of here yet: it is not to be told them again.
        if (place.after > this.lastNumber) await this.tellNewPosts()
        const missing = await this.missing(place)
        const frames = missing.map((message) => message(client.language))
        if (!this.hub.mayWait(frames)) {
          const change = place.change === null ? null : this.changeNumber
          return { frames, upTo: { after: this.lastNumber, change } }
        }
        for (const frame of frames) this.hub.write(client, frame)
        if (client.socket.readyState === client.socket.OPEN) this.clients.add(client)
        return null
      },
      () => {
        client.socket.close(RESTARTING)
        return null
      },
    )
    if (!much) return null
    for (const frame of much.frames) await this.hub.writeOnceTaken(client, frame)
    return client.socket.readyState === client.socket.OPEN ? much.upTo : null
  }

  /** Something has happened in the thread, or may have: reads on and tells. Many at once are read once. */
  somethingHappened(): Promise<unknown> {
    if (this.readAgain) return this.turn
    this.readAgain = true
    return this.inTurn(
      async () => {
        this.readAgain = false
        await this.tellNewPosts()
        await this.tellChanges()
      },
      () => this.later(() => this.somethingHappened()),
    )
  }

  /** The thread may have been removed, or be there again: ends the windows of those who may not see it. */
  mayBeRemoved(): Promise<void> {
    return this.inTurn(
      async () => {
        const thread = await threadById(this.forum.database, this.thread.id)
        this.removed = !thread || thread.removedAt !== null
        if (!this.removed) return
        for (const { socket, seesRemoved } of this.clients) if (!seesRemoved) socket.close(THREAD_GONE)
      },
      () => this.later(() => this.mayBeRemoved()),
    )
  }

  private inTurn<Answer>(act: () => Promise<Answer>, otherwise: () => Answer): Promise<Answer> {
    const answer = this.turn.then(act).catch((error: unknown) => {
      this.forum.log.warn({ err: error }, 'a live room could not read')
      return otherwise()
    })
    this.turn = answer
    return answer
  }

  /** The database was away: it is asked again, as long as somebody is there to be told. */
  private later(act: () => Promise<unknown>): void {
    setTimeout(() => {
      if (this.followers > 0) void act()
    }, TRY_AGAIN_MILLISECONDS).unref()
  }

  private async missing({ after, change }: Place): Promise<Message[]> {
    if (this.lastNumber - after > MOST_MISSING) return [RELOAD]
    const posts = after < this.lastNumber ? await this.postsAfter(after) : []
    const changed = change !== null && change < this.changeNumber ? await this.changedAfter(change, after) : []
    return changed.length > MOST_MISSING ? [RELOAD] : [...this.tellingOf(changed), ...posts]
  }

  private async postsAfter(after: number): Promise<Message[]> {
    const numbers = Array.from({ length: this.lastNumber - after }, (_, index) => after + 1 + index)
    const kept = numbers.flatMap((number) => this.recent.get(number) ?? [])
    if (kept.length === numbers.length) return kept
    const posts = await postsInRange(this.forum.database, this.thread.id, after, this.lastNumber)
    return posts.map((post) => this.remember(post))
  }

  private changedAfter(change: number, upTo: number): Promise<ShownPost[]> {
    return changedPosts(this.forum.database, this.thread.id, change, upTo, MOST_MISSING + 1)
  }

  /** What has become of posts, then how far that goes: whoever comes back says so, and is not told it again. */
  private tellingOf(changed: readonly ShownPost[]): Message[] {
    const last = changed.at(-1)
    return last ? [...changed.map((post) => changeMessage(this.thread, post)), changesMessage(last.changeNumber)] : []
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
    await this.tell(this.tellingOf(posts))
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
