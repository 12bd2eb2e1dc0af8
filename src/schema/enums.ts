import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

/** The lists that columns choose from. Their checks are made from them, so that type and database agree. */

export const ROLES = ['member', 'moderator', 'admin'] as const
export type Role = (typeof ROLES)[number]

export const BOARD_KINDS = ['city', 'technology'] as const
export type BoardKind = (typeof BOARD_KINDS)[number]

/** From the most that a member can be told to nothing at all. */
export const LEVELS = ['watching', 'following', 'muted'] as const
/** `none`: as if the member had never said anything. */
export type Level = (typeof LEVELS)[number] | 'none'

/** How a member is subscribed to threads that they start or reply to. */
export const AUTOMATIC_LEVELS = ['watching', 'following', 'none'] as const

/** How often a digest comes. */
export const RHYTHMS = ['hourly', 'daily', 'weekly', 'never'] as const

export const NOTIFICATION_KINDS = ['answer', 'mention', 'reply', 'thread', 'moderated'] as const

/** What a member is told of their account. */
export const ACCOUNT_OCCASIONS = [
  ...['factor_on', 'factor_off', 'webhook_off', 'backup_old', 'export_ready', 'rescue', 'passkey_on', 'passkey_off'],
  ...['warned', 'silenced', 'banned', 'lifted', 'erased', 'post_restored'],
  ...['thread_locked', 'thread_unlocked', 'thread_moved', 'thread_restored', 'thread_merged', 'posts_moved'],
  ...['purged', 'unpurged'],
  ...['flag_decided', 'post_approved', 'appeal_answered', 'joined', 'role_changed'],
] as const

/** `asked`: it is to be made, or being made. */
export const EXPORT_STATES = ['asked', 'ready', 'failed'] as const

export const MAIL_KINDS = ['account', 'digest', 'notification', 'notice', 'test'] as const
export const MAIL_STATES = ['queued', 'sent', 'dropped', 'failed'] as const

/** What a link in a mail is for. */
export const TOKEN_PURPOSES = ['confirm', 'reset', 'rescue'] as const

/** What webhooks can be told of; that a post was flagged, only those of moderators. */
export const WEBHOOK_EVENTS = [
  ...['thread.created', 'post.created', 'post.edited', 'post.deleted', 'post.restored'],
  ...['thread.removed', 'thread.restored', 'post.flagged'],
] as const
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number]

/** Why a webhook gave no answer. */
export const UNANSWERED = ['private', 'unreachable', 'insecure', 'too_slow'] as const
/** `dropped`: given up. */
export const DELIVERY_STATES = ['queued', 'sent', 'dropped'] as const

/** What a program with a member's token may do in their name. */
export const SCOPES = ['read', 'write', 'moderate'] as const
export type Scope = (typeof SCOPES)[number]

/** What moderators and admins do; each stands in the log. */
export const ACT_KINDS = [
  ...['hide', 'show', 'erase', 'approve', 'move_posts'],
  ...['lock', 'unlock', 'pin', 'unpin', 'move', 'merge', 'remove', 'restore'],
  ...['warn', 'silence', 'ban', 'lift', 'purge', 'unpurge', 'role', 'approve_member', 'rescue'],
  ...['dismiss', 'escalate', 'answer_appeal', 'refuse_member', 'invite'],
  ...['settings', 'board_create', 'board_change', 'board_archive', 'board_unarchive', 'board_merge'],
] as const
export type ActKind = (typeof ACT_KINDS)[number]

export const FLAG_REASONS = ['spam', 'abuse', 'private', 'illegal', 'off_topic', 'other'] as const
export type FlagReason = (typeof FLAG_REASONS)[number]

/** `flagged`: by flags and notices; `member`: somebody who wants to join. */
export const CASE_KINDS = ['flagged', 'held', 'appeal', 'member'] as const
export type CaseKind = (typeof CASE_KINDS)[number]
/** Why a post waits for moderators, or is brought before them though nobody has flagged it. */
export const CASE_REASONS = ['first_posts', 'blocked_word', 'repeats', 'repeated', 'links', 'edited'] as const
export type CaseReason = (typeof CASE_REASONS)[number]
export const DECISIONS = ['dismiss', 'approve', 'hide', 'remove', 'escalate'] as const
export type Decision = (typeof DECISIONS)[number]

export const SANCTIONS = ['warn', 'silence', 'ban'] as const

export const REGISTRATIONS = ['open', 'approval', 'invitation', 'closed'] as const

/** The check that a column holds one of a list. */
export const isOneOf = (column: AnyColumn, values: readonly string[]): SQL =>
  sql`${column} in (${sql.raw(values.map((value) => `'${value}'`).join(', '))})`

/** The check that an array holds something, and only what is in a list. */
export const areAmong = (column: AnyColumn, values: readonly string[]): SQL =>
  sql`cardinality(${column}) > 0 and ${column} <@ array[${sql.raw(values.map((value) => `'${value}'`).join(', '))}]`
