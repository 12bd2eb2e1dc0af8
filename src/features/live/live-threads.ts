import type { Forum } from '../../platform/forum.ts'
import type { ForumEvent } from '../../platform/live/bus.ts'
import { Hub, type LiveClient } from '../../platform/live/hub.ts'
import { threadById } from '../threads/queries.ts'
import { readersMessage } from './messages.ts'
import { Readers } from './readers.ts'
import { type Place, Room } from './room.ts'
import { UnreadCounts } from './unread-counts.ts'

/** The threads that somebody follows in this process, and what the bus says of them. */
export class LiveThreads {
  readonly hub: Hub
  private readonly forum: Forum
  private readonly rooms = new Map<number, Promise<Room | null>>()
  private readonly readers: Readers
  private readonly unread: UnreadCounts
  private readonly stopListening: () => void

  constructor(forum: Forum, hub = new Hub()) {
    this.forum = forum
    this.hub = hub
    this.readers = new Readers(forum, (thread, count) => void this.tellReaders(thread, count))
    this.unread = new UnreadCounts(forum, hub)
    this.stopListening = forum.bus.listen((event) => this.hear(event))
  }

  /** Lets a window follow a thread from a place on, until it is closed. */
  async follow(client: LiveClient, thread: number, place: Place): Promise<void> {
    const room = await this.roomOf(thread)
    if (!room) return client.socket.close()
    room.followers += 1
    this.readers.count(thread, 1)
    client.left = () => {
      room.clients.delete(client)
      room.followers -= 1
      this.readers.count(thread, -1)
      if (room.followers === 0) this.rooms.delete(thread)
    }
    this.hub.add(client)
    await room.enter(client, place)
  }

  /** Tells all windows to come back later: to the next process, or to this one started again. */
  close(): void {
    this.stopListening()
    this.readers.close()
    this.unread.close()
    this.hub.close()
  }

  private roomOf(thread: number): Promise<Room | null> {
    const known = this.rooms.get(thread)
    if (known) return known
    // There before the thread is read, so that what happens meanwhile is not missed.
    const room = threadById(this.forum.database, thread).then((found) => found && new Room(this.forum, this.hub, found))
    this.rooms.set(thread, room)
    room.catch(() => this.rooms.delete(thread))
    return room
  }

  private hear(event: ForumEvent): void {
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
        this.inRoom(event.thread, (room) => room.end())
        break
      case 'missed':
        for (const thread of this.rooms.keys()) this.inRoom(thread, (room) => room.somethingHappened())
        break
      case 'signed-out':
        this.hub.endMember(event.member)
        break
      case 'readers':
        this.readers.hear(event)
        break
    }
  }

  private inRoom(thread: number, act: (room: Room) => unknown): void {
    this.rooms.get(thread)?.then(
      (room) => room && act(room),
      () => {},
    )
  }

  private async tellReaders(thread: number, count: number): Promise<void> {
    const room = await this.rooms.get(thread)?.catch(() => null)
    if (room) await this.hub.broadcast(room.clients, readersMessage(count))
  }
}
