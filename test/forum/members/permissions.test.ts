import t from 'tap'
import {
  type Actor,
  actingByToken,
  mayAdminister,
  mayBookmark,
  mayDelete,
  mayEdit,
  mayErase,
  mayFlag,
  mayMarkUseful,
  mayModerate,
  mayMute,
  mayReadRemoved,
  mayReply,
  mayRestore,
  maySanction,
  maySeeThread,
  maySeeVersions,
  mayWrite,
} from '../../../src/forum/members/permissions.ts'

const AUTHOR = 1
const OTHER_MODERATOR = 90
const NOW = new Date()

const role = (id: number, name: Actor['role'], silenced = false): Actor => ({ id, role: name, silenced })
const moderator = role(3, 'moderator')
const admin = role(4, 'admin')

/** Everybody there is. A newcomer's limits are counted, and are no question of rights; a banned member is a visitor. */
const EVERYBODY = {
  visitor: null,
  member: role(2, 'member'),
  author: role(AUTHOR, 'member'),
  moderator,
  admin,
  'silenced member': role(5, 'member', true),
  'silenced author': role(AUTHOR, 'member', true),
  'silenced moderator': role(6, 'moderator', true),
  'moderator’s token for writing': actingByToken(moderator, ['read', 'write']),
  'moderator’s token for moderating': actingByToken(moderator, ['read', 'write', 'moderate']),
  'admin’s token for moderating': actingByToken(admin, ['read', 'moderate']),
  'silenced member’s token': actingByToken(role(5, 'member', true), ['read', 'write']),
} satisfies Record<string, Actor | null>
type Somebody = keyof typeof EVERYBODY

const open = { lockedAt: null, removedAt: null }
const locked = { lockedAt: NOW, removedAt: null }
const removed = { lockedAt: null, removedAt: NOW }
const heldAt = null
const standing = { authorId: AUTHOR, deletedAt: null, deletedBy: null, erasedAt: null, heldAt, thread: open }
const taken = { ...standing, deletedAt: NOW, deletedBy: AUTHOR }
const hidden = { ...standing, deletedAt: NOW, deletedBy: OTHER_MODERATOR }
const erased = { ...hidden, erasedAt: NOW }
const target = (name: Actor['role'], id = 70) => ({ id, role: name })

const MODERATORS: readonly Somebody[] = [
  'moderator',
  'admin',
  'moderator’s token for moderating',
  'admin’s token for moderating',
]
const WRITERS: readonly Somebody[] = ['member', 'author', ...MODERATORS, 'moderator’s token for writing']
const AUTHORS: readonly Somebody[] = ['author', 'silenced author']
const ADMINS: readonly Somebody[] = ['admin', 'admin’s token for moderating']
const ALL = Object.keys(EVERYBODY) as Somebody[]

/** Each act with who may do it: everybody else may not. */
const TABLE: Record<string, [judge: (actor: Actor | null) => boolean, who: readonly Somebody[]]> = {
  'read a thread': [(actor) => maySeeThread(actor, open), ALL],
  'read a removed thread': [(actor) => maySeeThread(actor, removed), MODERATORS],
  'write at all': [mayWrite, WRITERS],
  reply: [(actor) => mayReply(actor, open), WRITERS],
  'reply to a locked thread': [(actor) => mayReply(actor, locked), MODERATORS],
  'reply to a removed thread': [(actor) => mayReply(actor, removed), MODERATORS],
  'edit a post': [(actor) => mayEdit(actor, standing), ['author']],
  'edit a hidden post': [(actor) => mayEdit(actor, hidden), []],
  'delete a post': [(actor) => mayDelete(actor, standing), [...AUTHORS, ...MODERATORS]],
  'delete a deleted post': [(actor) => mayDelete(actor, hidden), []],
  'restore what its author took back': [(actor) => mayRestore(actor, taken), ['author']],
  'restore what a moderator hid': [(actor) => mayRestore(actor, hidden), MODERATORS],
  'restore what was deleted for good': [(actor) => mayRestore(actor, erased), []],
  'read what a moderator hid': [(actor) => mayReadRemoved(actor, hidden), [...AUTHORS, ...MODERATORS]],
  'read what its author took back': [(actor) => mayReadRemoved(actor, taken), []],
  'read what was deleted for good': [(actor) => mayReadRemoved(actor, erased), []],
  'read the versions of a post': [(actor) => maySeeVersions(actor, standing), ALL],
  'read the versions of a hidden post': [(actor) => maySeeVersions(actor, hidden), [...AUTHORS, ...MODERATORS]],
  'read the versions of what its author took back': [(actor) => maySeeVersions(actor, taken), AUTHORS],
  'read the versions of what was deleted for good': [(actor) => maySeeVersions(actor, erased), []],
  'flag a post': [(actor) => mayFlag(actor, standing), WRITERS.filter((one) => one !== 'author')],
  'find a post useful': [(actor) => mayMarkUseful(actor, standing), WRITERS.filter((one) => one !== 'author')],
  'find a hidden post useful': [(actor) => mayMarkUseful(actor, hidden), []],
  'put a post aside': [(actor) => mayBookmark(actor, standing), ALL.filter((one) => one !== 'visitor')],
  'put a hidden post aside': [(actor) => mayBookmark(actor, hidden), []],
  'mute its author': [
    (actor) => mayMute(actor, { id: AUTHOR }),
    ALL.filter((one) => one !== 'visitor' && !AUTHORS.includes(one)),
  ],
  moderate: [mayModerate, MODERATORS],
  'sanction a member': [(actor) => maySanction(actor, target('member')), MODERATORS],
  'sanction a moderator': [(actor) => maySanction(actor, target('moderator')), ADMINS],
  'sanction an admin': [(actor) => maySanction(actor, target('admin')), []],
  'sanction themself': [(actor) => maySanction(actor, target('member', actor?.id)), []],
  'delete for good': [mayErase, ADMINS],
  administer: [mayAdminister, ADMINS],
}

for (const [act, [judge, who]] of Object.entries(TABLE)) {
  t.test(act, async (t) => {
    for (const somebody of ALL) t.equal(judge(EVERYBODY[somebody]), who.includes(somebody), somebody)
  })
}
