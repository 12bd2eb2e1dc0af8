import { threadById } from '../../forum/discussion/thread-queries.ts'
import type { HeardEvent } from '../../forum/events.ts'
import type { Forum } from '../../forum/forum.ts'
import { standingSessions } from '../../forum/members/queries.ts'
import { Hub, type LiveClient, RESTARTING } from '../../platform/live/hub.ts'
import { hubLimits } from '../../platform/live/hub-limits.ts'
import { MemberChanges } from './member-changes.ts'
import { readersMessage } from './messages.ts'
import { Readers } from './readers.ts'
import { listenToReading } from './reading.ts'
import { type Place, Room, THREAD_GONE } from './room.ts'
import { UnreadCounts } from './unread-counts.ts'

/** A room from the moment when the first window asks for it. Its promise gives null when the thread does not exist. */
interface OpenRoom {
  readonly room: Promise<Room | null>
  /** Counts windows in the room, windows that wait for it, and windows that still get missed posts. */
  followers: number
}

/** The rooms of this process: the threads that open windows follow. */
export class LiveThreads {
  readonly hub: Hub
  private readonly forum: Forum
  private readonly rooms = new Map<number, OpenRoom>()
  private readonly readers: Readers
  private readonly unread: UnreadCounts
  readonly memberChanges = new MemberChanges()
  private readonly stopListening: () => void

  constructor(forum: Forum, hub = new Hub(hubLimits(forum.config.rateLimits))) {
    this.forum = forum
    this.hub = hub
    this.readers = new Readers(forum, (thread, count) => void this.tellReaders(thread, count))
    this.unread = new UnreadCounts(forum, hub)
    this.stopListening = forum.bus.listen((event) => this.hear(event))
  }

  /** Lets a window follow a thread from a place on until the window closes. */
  async follow(client: LiveClient, thread: number, place: Place): Promise<void> {
    // Before the first `await`: a window that closes during it must not stay counted.
    if (!this.hub.add(client)) return
    if (client.memberId !== null) listenToReading(this.forum, client, client.memberId, thread)
    const open = this.join(client, thread)
    try {
      const room = await open.room
      if (!room) client.socket.close(THREAD_GONE)
      else await room.enter(client, place)
    } catch (error) {
      this.forum.log.warn({ err: error }, 'a live room could not be opened')
      client.socket.close(RESTARTING)
    }
  }

  /** Counts a window in the room of a thread until it closes. The last one to close removes the room. */
  private join(client: LiveClient, thread: number): OpenRoom {
    const open = this.rooms.get(thread) ?? this.openRoom(thread)
    open.followers += 1
    this.readers.count(thread, 1)
    client.left = () => {
      open.followers -= 1
      this.readers.count(thread, -1)
      if (open.followers === 0) this.forgetRoom(thread, open)
      open.room.then(
        (room) => room?.clients.delete(client),
        () => {},
      )
    }
    return open
  }

  /** Tells all windows to reconnect later, to another process or to this one after its restart. */
  close(): void {
    this.stopListening()
    this.readers.close()
    this.unread.close()
    this.hub.close()
  }

  private openRoom(thread: number): OpenRoom {
    const open: OpenRoom = {
      followers: 0,
      room: threadById(this.forum.database, thread).then(
        (found) => found && new Room(this.forum, this.hub, found, () => open.followers > 0),
      ),
    }
    // Set before the thread is read, so that the room gets events that happen meanwhile.
    this.rooms.set(thread, open)
    open.room.then(
      (room) => room ?? this.forgetRoom(thread, open),
      () => this.forgetRoom(thread, open),
    )
    return open
  }

  private forgetRoom(thread: number, open: OpenRoom): void {
    if (this.rooms.get(thread) === open) this.rooms.delete(thread)
  }

  private hear(event: HeardEvent): void {
    switch (event.type) {
      case 'post':
        this.unread.somethingHappened()
        this.inRoom(event.thread, (room) => room.somethingHappened())
        break
      case 'notified':
        this.unread.somethingHappened()
        break
      case 'edited':
      case 'deleted':
      case 'restored':
        this.unread.somethingHappened()
        this.inRoom(event.thread, (room) => room.somethingHappened())
        break
      case 'removed':
        this.unread.somethingHappened()
        this.inRoom(event.thread, (room) => room.threadChanged())
        break
      case 'left':
        this.unread.somethingHappened()
        this.inRoom(event.thread, (room) => room.postsLeft())
        break
      case 'locked':
      case 'moved':
        this.inRoom(event.thread, (room) => room.threadChanged())
        break
      case 'reconnected':
        this.catchUp()
        break
      case 'signed-out':
      case 'member':
        this.memberChanges.remember(event.member)
        this.hub.endThoseOf(event.member)
        break
      case 'readers':
        this.readers.hear(event)
        break
    }
  }

  /** After the bus was disconnected: every room reads what it may have missed. */
  private catchUp(): void {
    this.unread.somethingHappened()
    for (const thread of this.rooms.keys()) {
      this.inRoom(thread, (room) => room.threadChanged())
      this.inRoom(thread, (room) => room.somethingHappened())
    }
    this.endWithSessions().catch((error: unknown) => {
      this.forum.log.warn({ err: error }, 'sessions were not looked at')
      // Members whose session is still valid reconnect.
      this.hub.endThose(({ sessionId }) => sessionId !== null)
    })
  }

  /** Closes the windows of sessions that have ended. */
  private async endWithSessions(): Promise<void> {
    const sessions = new Set<string>()
    for (const { sessionId } of this.hub.windows()) if (sessionId !== null) sessions.add(sessionId)
    if (sessions.size === 0) return
    const standing = await standingSessions(this.forum.database, [...sessions])
    this.hub.endThose(({ sessionId }) => sessionId !== null && sessions.has(sessionId) && !standing.has(sessionId))
  }

  private inRoom(thread: number, act: (room: Room) => unknown): void {
    this.rooms.get(thread)?.room.then(
      (room) => room && act(room),
      () => {},
    )
  }

  private async tellReaders(thread: number, count: number): Promise<void> {
    const room = await this.rooms.get(thread)?.room.catch(() => null)
    if (room) await this.hub.broadcast(room.clients, readersMessage(count))
  }
}
