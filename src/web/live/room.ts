import { changedPosts, lengthOf, postsInRange, type ShownPost } from '../../forum/discussion/shown-posts.ts'
import { type Thread, threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import type { ThreadAddress } from '../../paths.ts'
import { type Hub, type LiveClient, RESTARTING } from '../../platform/live/hub.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { changeMessage, changesMessage, type Message, NOTHING, postMessage, RELOAD, threadMessage } from './messages.ts'
import { RecentPosts } from './recent-posts.ts'

/** A window that misses more posts or changes than this reloads its page instead. */
const MOST_MISSING = 200
/** Posts that are read and sent at once to a window that misses some. */
const POSTS_AT_ONCE = 20
/** Bytes that are sent at once. Bounds the memory that a window takes when it stops reading. */
const BYTES_AT_ONCE = 256 * 1_024

const TRY_AGAIN_MILLISECONDS = 1_000

/** A close code for private use (RFC 6455, 7.4.2): the thread is gone, do not reconnect. */
export const THREAD_GONE = 4404

/** How far a window has followed a thread: the last post and the last change that it has. */
export interface Place {
  after: number
  change: number
  /** Whether the window shows the thread as locked. */
  locked: boolean
}

/** The next messages that a window misses, and its place after them. */
interface Missing {
  frames: Buffer[]
  upTo: Place
}

/**
 * The windows that follow one thread. Everything here runs one at a time, so that a window that enters gets each message
 * exactly once: first what it misses up to the room's place, then all that follows. An event only says that something
 * happened; the room reads what it is from the database.
 */
export class Room {
  /** The windows that get each new message. */
  readonly clients = new Set<LiveClient>()
  private readonly forum: Forum
  private readonly hub: Hub
  private readonly thread: ThreadAddress
  private readonly isFollowed: () => boolean
  private lastNumber: number
  private changeNumber: number
  private removed: boolean
  private locked: boolean
  private boards: string
  private turn: Promise<unknown> = Promise.resolve()
  private readAgain = false
  private readonly recent = new RecentPosts()

  /** @param isFollowed whether any window is in the room or enters it. */
  constructor(forum: Forum, hub: Hub, thread: Thread, isFollowed: () => boolean) {
    this.forum = forum
    this.hub = hub
    this.thread = thread
    this.lastNumber = thread.lastNumber
    this.changeNumber = thread.changeNumber
    this.removed = thread.removedAt !== null
    this.locked = thread.lockedAt !== null
    this.boards = boardsIn(thread)
    this.isFollowed = isFollowed
  }

  /**
   * Sends a window what it misses, then adds it to the room. Sends a few posts at a time, at the window's pace and
   * outside the room's queue, so that a slow window delays nobody.
   */
  async enter(client: LiveClient, place: Place): Promise<void> {
    let from: Place | null = place
    while (from) from = await this.enterFrom(client, from)
  }

  /** Answers the place from which a window still misses something; null when it is in the room or closed. */
  private async enterFrom(client: LiveClient, place: Place): Promise<Place | null> {
    const more = await this.inTurn(
      async () => {
        if (this.removed && !client.seesRemoved) {
          client.socket.close(THREAD_GONE)
          return null
        }
        // The window may know posts from another process that this room has not read yet. Reads first, or they would be
        // sent twice.
        if (place.after > this.lastNumber) await this.tellNewPosts()
        const missing = await this.missing(place, client.language)
        if (!this.isHere(missing.upTo) || !this.hub.mayWait(missing.frames)) return missing
        for (const frame of missing.frames) this.hub.write(client, frame)
        if (client.socket.readyState === client.socket.OPEN) this.clients.add(client)
        return null
      },
      () => {
        client.socket.close(RESTARTING)
        return null
      },
    )
    if (!more) return null
    for (const frame of more.frames) await this.hub.writeOnceTaken(client, frame)
    return client.socket.readyState === client.socket.OPEN ? more.upTo : null
  }

  /** Whether a window has all that the room has sent. */
  private isHere({ after, change }: Place): boolean {
    return after >= this.lastNumber && change >= this.changeNumber
  }

  /** Something may have happened in the thread: reads on and sends. Many calls at once read once. */
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

  /** The thread itself may have changed: sends the change, or closes windows whose reader may not see it any more. */
  threadChanged(): Promise<void> {
    return this.inTurn(
      async () => {
        const thread = await threadById(this.forum.database, this.thread.id)
        this.removed = !thread || thread.removedAt !== null
        if (this.removed)
          for (const { socket, seesRemoved } of this.clients) if (!seesRemoved) socket.close(THREAD_GONE)
        if (thread) await this.sendThread(thread)
      },
      () => this.later(() => this.threadChanged()),
    )
  }

  /** Posts were moved to another thread, so windows show posts that are no longer here: they reload. */
  postsLeft(): Promise<void> {
    return this.inTurn(
      async () => {
        this.recent.clear()
        const thread = await threadById(this.forum.database, this.thread.id)
        await this.tellNewPosts()
        // Skips numbers whose posts are gone.
        this.lastNumber = Math.max(this.lastNumber, thread?.lastNumber ?? 0)
        await this.tell([RELOAD])
      },
      () => this.later(() => this.postsLeft()),
    )
  }

  private async sendThread(thread: Thread): Promise<void> {
    const locked = thread.lockedAt !== null
    const boards = boardsIn(thread)
    const messages = [
      ...(locked === this.locked ? [] : [this.lockMessage(locked)]),
      ...(boards === this.boards ? [] : [threadMessage('moved', this.thread)]),
    ]
    this.locked = locked
    this.boards = boards
    if (messages.length > 0) await this.tell(messages)
  }

  private lockMessage(locked: boolean): Message {
    return threadMessage(locked ? 'locked' : 'unlocked', this.thread)
  }

  private inTurn<Answer>(act: () => Promise<Answer>, otherwise: () => Answer): Promise<Answer> {
    const answer = this.turn.then(act).catch((error: unknown) => {
      this.forum.log.warn({ err: error }, 'a live room could not read')
      return otherwise()
    })
    this.turn = answer
    return answer
  }

  /** The database does not answer: tries again later while somebody follows the thread. */
  private later(act: () => Promise<unknown>): void {
    setTimeout(() => {
      if (this.isFollowed()) void act()
    }, TRY_AGAIN_MILLISECONDS).unref()
  }

  /** The next part of what a window misses: first the lock, then changes, then posts. */
  private async missing(place: Place, language: Language): Promise<Missing> {
    const { after, change, locked } = place
    const here: Place = {
      after: Math.max(after, this.lastNumber),
      change: Math.max(change, this.changeNumber),
      locked: this.locked,
    }
    const messages = locked === this.locked ? [] : [this.lockMessage(this.locked)]
    if (Math.max(here.after - after, here.change - change) > MOST_MISSING) {
      return { frames: framesOf([...messages, RELOAD], language), upTo: here }
    }
    if (change < this.changeNumber) {
      const changed = await changedPosts(this.forum.database, this.thread.id, change, after, POSTS_AT_ONCE)
      const fitting = asManyAsFit(changed, lengthOf)
      const isAll = changed.length < POSTS_AT_ONCE && fitting.length === changed.length
      const last = isAll ? undefined : fitting.at(-1)
      messages.push(...this.tellingOf(fitting, change))
      if (last) return { frames: framesOf(messages, language), upTo: { ...here, after, change: last.changeNumber } }
    }
    const upTo = Math.min(this.lastNumber, after + POSTS_AT_ONCE)
    if (after >= upTo) return { frames: framesOf(messages, language), upTo: here }
    const posts = await this.recent.get(after, upTo, (from, to) => this.read(from, to))
    const fitting = asManyAsFit(posts, ([, message]) => message(language).length)
    const last = fitting.length < posts.length ? fitting.at(-1) : undefined
    const frames = framesOf([...messages, ...fitting.map(([, message]) => message)], language)
    return { frames, upTo: { ...here, after: last?.[0] ?? upTo } }
  }

  private async read(after: number, upTo: number): Promise<[ShownPost, Message][]> {
    const posts = await postsInRange(this.forum.database, this.thread.id, after, upTo)
    return posts.map((post) => [post, postMessage(this.thread, post)])
  }

  /** Changes of posts, then the number of the last one, from which a window that reconnects goes on. */
  private tellingOf(changed: readonly ShownPost[], since: number): Message[] {
    const last = changed.at(-1)
    return last
      ? [...changed.map((post) => changeMessage(this.thread, post, since)), changesMessage(last.changeNumber)]
      : []
  }

  private async tellNewPosts(): Promise<void> {
    const posts = await this.read(this.lastNumber, this.lastNumber + POSTS_AT_ONCE)
    const last = posts.at(-1)?.[0]
    if (!last) return
    this.recent.add(posts)
    await this.tell(posts.map(([, message]) => message))
    this.lastNumber = last.number
    if (posts.length === POSTS_AT_ONCE) await this.tellNewPosts()
  }

  private async tellChanges(): Promise<void> {
    const { database } = this.forum
    const posts = await changedPosts(database, this.thread.id, this.changeNumber, this.lastNumber, POSTS_AT_ONCE)
    if (posts.length === 0) return
    for (const { number } of posts) this.recent.forget(number)
    await this.tell(this.tellingOf(posts, this.changeNumber))
    this.changeNumber = posts.at(-1)?.changeNumber ?? this.changeNumber
    if (posts.length === POSTS_AT_ONCE) await this.tellChanges()
  }

  /** Sends all messages with one write for each window, which is much faster under load. */
  private async tell(messages: readonly Message[]): Promise<void> {
    const said = messages.filter((message) => message !== NOTHING)
    if (said.length === 0) return
    const together = new Map<string, Buffer>()
    await this.hub.broadcast(this.clients, (language) => {
      const known = together.get(language)
      if (known) return known
      const frames = Buffer.concat(said.map((message) => message(language)))
      together.set(language, frames)
      return frames
    })
  }
}

const boardsIn = ({ boardIds }: Thread): string => [...boardIds].sort((one, other) => one - other).join(' ')

const framesOf = (messages: readonly Message[], language: Language): Buffer[] =>
  messages.filter((message) => message !== NOTHING).map((message) => message(language))

/** The first things that fit into the limit of bytes together, but at least one. */
function asManyAsFit<Thing>(things: readonly Thing[], sizeOf: (thing: Thing) => number): readonly Thing[] {
  let size = 0
  const end = things.findIndex((thing, index) => {
    size += sizeOf(thing)
    return index > 0 && size > BYTES_AT_ONCE
  })
  return end < 0 ? things : things.slice(0, end)
}
