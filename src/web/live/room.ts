import { changedPosts, lengthOf, postsInRange, type ShownPost } from '../../forum/discussion/shown-posts.ts'
import { type Thread, threadById } from '../../forum/discussion/thread-queries.ts'
import type { Forum } from '../../forum/forum.ts'
import type { ThreadAddress } from '../../paths.ts'
import { type Hub, type LiveClient, RESTARTING } from '../../platform/live/hub.ts'
import type { Language } from '../../platform/text/i18n/languages.ts'
import { changeMessage, changesMessage, type Message, NOTHING, postMessage, RELOAD, threadMessage } from './messages.ts'
import { RecentPosts } from './recent-posts.ts'

/** More missing posts, or changes, than these are quicker read as a page. */
const MOST_MISSING = 200
/** How many posts, each of which may be long, are read and sent at once to a window that misses some. */
const POSTS_AT_ONCE = 20
/** … and of long posts fewer: a window that takes nothing holds no more than this. */
const BYTES_AT_ONCE = 256 * 1_024

const TRY_AGAIN_MILLISECONDS = 1_000

/** RFC 6455, 7.4.2, for our own use: nothing is to be come back to. */
export const THREAD_GONE = 4404

/** How far a reader has followed a thread: the last number they have, and the last change they know of. */
export interface Place {
  after: number
  change: number
  /** Whether they know it as locked. */
  locked: boolean
}

/** What a window misses next, and its place in the thread after that. */
interface Missing {
  frames: Buffer[]
  upTo: Place
}

/**
 * The windows that follow one thread. All that happens here happens in turn, so a window that comes in is told what it
 * misses up to where the room stands, and hears everything after that, with neither a hole nor an overlap. The room
 * itself only ever reads on from where it stands: an event says that there is something to read, not what.
 */
export class Room {
  /** The windows that are sent each new message. */
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

  /** @param isFollowed whether anybody is in the room, or on the way in. */
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
   * Tells a window what it misses, then lets it hear what comes. What is more than may wait for a reader is told a few
   * posts at a time and at their pace, which is nobody else's turn; then it is looked at what they miss after that.
   */
  async enter(client: LiveClient, place: Place): Promise<void> {
    let from: Place | null = place
    while (from) from = await this.enterFrom(client, from)
  }

  /** Answers from where on a window still misses something; null when it is in, or gone. */
  private async enterFrom(client: LiveClient, place: Place): Promise<Place | null> {
    const more = await this.inTurn(
      async () => {
        if (this.removed && !client.seesRemoved) {
          client.socket.close(THREAD_GONE)
          return null
        }
        // They may have read in another process what this one has not heard of yet: it must not be sent again.
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

  /** Whether a place is where the room stands. */
  private isHere({ after, change }: Place): boolean {
    return after >= this.lastNumber && change >= this.changeNumber
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

  /** The thread itself may have changed: tells how, or ends the windows of those who may not see it any more. */
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

  /** Posts of it stand in another thread now: what windows show of them is no longer so. */
  postsLeft(): Promise<void> {
    return this.inTurn(
      async () => {
        this.recent.clear()
        const thread = await threadById(this.forum.database, this.thread.id)
        await this.tellNewPosts()
        // Numbers without posts are not waited for.
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

  /** The database was away: asks it again, as long as somebody follows the thread. */
  private later(act: () => Promise<unknown>): void {
    setTimeout(() => {
      if (this.isFollowed()) void act()
    }, TRY_AGAIN_MILLISECONDS).unref()
  }

  /** The next of what a window misses: first whether the thread is locked, then changes, then posts; some at a time. */
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

  /** Changes of posts, then the number of the last one: a window that comes back names it, and is not sent them again. */
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

  /** All messages in one write for each window: under load, that is what keeps up. */
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

/** The first of some things that are not too large together; at least one. */
function asManyAsFit<Thing>(things: readonly Thing[], sizeOf: (thing: Thing) => number): readonly Thing[] {
  let size = 0
  const end = things.findIndex((thing, index) => {
    size += sizeOf(thing)
    return index > 0 && size > BYTES_AT_ONCE
  })
  return end < 0 ? things : things.slice(0, end)
}
