/** What becomes of a column that names a member. */
interface Column {
  /** How a row is made that is about member 2, with thread 1 and post 1, which member 1 has written. */
  make?: string
  /** The file of their archive that shows it, and by what; or why it is not in it. */
  archive: [file: string, shows: RegExp] | string
  /** Whether no row names them any more once they are erased; or why some still do. */
  erased: 'gone' | string
}

const NAMELESS = 'stays with what it belongs to, and leads to nobody with a name'
const LOG = 'the log is for ever; it leads to nobody with a name'
const OTHERS = 'is in the archive of whom it is about, and names somebody else'

/** Every column that names a member: a new one is put here, or a test fails. */
export const COLUMNS_OF_MEMBERS: Record<string, Column> = {
  'account_notifications.member_id': {
    make: `insert into account_notifications (member_id, occasion, path, reason) values (2, 'erased', '/', 'marque notée')`,
    archive: ['notifications', /marque notée/],
    erased: 'gone',
  },
  'acts.by_id': {
    make: `insert into acts (kind, by_id, thread_id, reason) values ('lock', 2, 1, 'marque du verrou')`,
    archive: ['moderation', /marque du verrou/],
    erased: LOG,
  },
  'acts.member_id': { archive: 'what they are told of an act is in their notifications and sanctions', erased: LOG },
  'api_tokens.member_id': {
    make: `insert into api_tokens (member_id, name, token_hash, scopes, expires_on) values (2, 'marque du robot', '', '{read}', '2100-01-01')`,
    archive: ['tokens', /marque du robot/],
    erased: 'gone',
  },
  'board_reads.member_id': {
    make: `insert into board_reads values (2, 1, '2020-02-02')`,
    archive: ['reading', /2020-02-02/],
    erased: 'gone',
  },
  'board_subscriptions.member_id': {
    make: `insert into board_subscriptions values (2, 1, 'muted')`,
    archive: ['subscriptions', /muted/],
    erased: 'gone',
  },
  'bookmarks.member_id': {
    make: `insert into bookmarks (member_id, post_id, note) values (2, 1, 'marque mise de côté')`,
    archive: ['marks', /marque mise de côté/],
    erased: 'gone',
  },
  'case_notes.author_id': {
    make: `insert into case_notes (case_id, author_id, body) select id, 2, 'marque de la note' from cases limit 1`,
    archive: ['moderation', /marque de la note/],
    erased: NAMELESS,
  },
  'cases.claimed_by': { archive: OTHERS, erased: NAMELESS },
  'cases.decided_by': { archive: OTHERS, erased: NAMELESS },
  'cases.member_id': {
    make: `insert into cases (kind, member_id, words) values ('appeal', 2, 'marque du recours')`,
    archive: ['moderation', /marque du recours/],
    erased: `${NAMELESS}, without their words`,
  },
  'crossing_subscriptions.member_id': {
    make: `insert into crossing_subscriptions select 2, city_id, technology_id, 'watching' from crossings limit 1`,
    archive: ['subscriptions', /"technology": "\w/],
    erased: 'gone',
  },
  'data_export_chunks.member_id': { archive: 'is the archive', erased: 'gone' },
  'data_exports.member_id': { archive: 'is the archive', erased: 'gone' },
  'digest_settings.member_id': {
    make: `insert into digest_settings (member_id, seen_on) values (2, '2020-03-03')`,
    archive: ['profile', /2020-03-03/],
    erased: 'gone',
  },
  'email_addresses.member_id': {
    make: `insert into email_addresses (member_id, address, address_key) values (2, 'marque@example.org', 'marque@example.org')`,
    archive: ['profile', /marque@example/],
    erased: 'gone',
  },
  'email_tokens.member_id': {
    make: `insert into email_tokens values ('', 2, 'confirm', 'autre@example.org', '2100-01-01')`,
    archive: ['profile', /autre@example/],
    erased: 'gone',
  },
  'flags.member_id': {
    make: `with flagged as (insert into cases (kind, post_id) values ('flagged', 1) returning id)
      insert into flags (case_id, post_id, member_id, reason, note) select id, 1, 2, 'spam', 'marque du signalement' from flagged`,
    archive: ['moderation', /marque du signalement/],
    erased: NAMELESS,
  },
  'idempotency_keys.member_id': {
    make: `insert into idempotency_keys values (2, '', '')`,
    archive: 'hashes that say nothing; what was sent with them is in the posts',
    erased: 'gone',
  },
  'invitations.made_by': {
    make: `insert into invitations values ('\\x01', 2, '2020-04-04', '2020-05-05')`,
    archive: ['invitations', /2020-05-05/],
    erased: 'gone',
  },
  'invitations.used_by': {
    make: `insert into invitations values ('\\x02', 1, '2020-06-06', '2020-07-07', 2)`,
    archive: ['invitations', /2020-07-07/],
    erased: 'gone',
  },
  'mails.member_id': {
    make: `insert into mails (member_id, kind, urgent, state, created_at) values (2, 'account', false, 'sent', '2020-08-08')`,
    archive: ['mails', /2020-08-08/],
    erased: 'gone',
  },
  'mutes.member_id': {
    make: `insert into mutes values (2, 1)`,
    archive: ['profile', /"ignored": \[\s+"Alma/],
    erased: 'gone',
  },
  'mutes.muted_id': { archive: 'whoever ignores them tells nobody', erased: NAMELESS },
  'notifications.member_id': {
    make: `insert into notifications (member_id, kind, thread_id, number, created_at) values (2, 'reply', 1, 1, '2020-09-09')`,
    archive: ['notifications', /2020-09-09/],
    erased: 'gone',
  },
  'passkeys.member_id': {
    make: `insert into passkeys (member_id, name, credential_id, public_key, counter, transports) values (2, 'marque de la clé', 'x', '', 0, '{}')`,
    archive: ['profile', /marque de la clé/],
    erased: 'gone',
  },
  'posts.author_id': { archive: ['posts', /marque du message/], erased: NAMELESS },
  'posts.deleted_by': { archive: 'the act of a moderator is in the log', erased: NAMELESS },
  'purges.by_id': { archive: 'is in the log too, which is shown', erased: NAMELESS },
  'purges.member_id': { archive: 'each post says that it was taken away, and why', erased: NAMELESS },
  'push_browsers.member_id': {
    make: `insert into push_browsers (member_id, address, address_hash, device) values (2, '', '', 'marque du navigateur')`,
    archive: ['push', /marque du navigateur/],
    erased: 'gone',
  },
  'reads.member_id': {
    make: `insert into reads values (2, 1, 1)`,
    archive: ['reading', /"thread": 1,\s+"number": 1/],
    erased: 'gone',
  },
  'recovery_codes.member_id': {
    make: `insert into recovery_codes values (2, '')`,
    archive: ['profile', /"recovery_codes_left": 1/],
    erased: 'gone',
  },
  'sanctions.by_id': { archive: OTHERS, erased: NAMELESS },
  'sanctions.member_id': {
    make: `insert into sanctions (member_id, kind, reason) values (2, 'warn', 'marque de l’avertissement')`,
    archive: ['moderation', /marque de l’avertissement/],
    erased: NAMELESS,
  },
  'saved_searches.member_id': {
    make: `insert into saved_searches values (2, 'marque cherchée')`,
    archive: ['profile', /marque cherchée/],
    erased: 'gone',
  },
  'search_rows.author_id': { archive: 'made from the posts', erased: NAMELESS },
  'second_factors.member_id': {
    make: `insert into second_factors values (2, '', '2020-10-10')`,
    archive: ['profile', /2020-10-10/],
    erased: 'gone',
  },
  'sessions.member_id': { archive: ['sessions', /"device"/], erased: 'gone' },
  'thread_subscriptions.member_id': {
    make: `insert into thread_subscriptions values (2, 1, 'watching')`,
    archive: ['subscriptions', /"id": 1,/],
    erased: 'gone',
  },
  'threads.author_id': { archive: ['posts', /Sujet de marque/], erased: NAMELESS },
  'threads.last_author_id': { archive: 'made from the posts', erased: NAMELESS },
  'useful_marks.member_id': {
    make: `insert into useful_marks values (1, 2, '2020-11-11')`,
    archive: ['marks', /2020-11-11/],
    erased: 'gone',
  },
  'webhooks.member_id': {
    make: `insert into webhooks (member_id, url, secret, events) values (2, 'https://marque.example', 'secret tu', '{post.created}')`,
    archive: ['webhooks', /marque\.example/],
    erased: 'gone',
  },
}

/** The same columns as the database knows them: by their foreign keys, and by how such columns are called. */
export const COLUMNS_THAT_NAME_MEMBERS = `
  select conrelid::regclass || '.' || attname as "column" from pg_constraint
  join pg_attribute on attrelid = conrelid and attnum = any (conkey)
  where contype = 'f' and confrelid in ('members'::regclass, 'data_exports'::regclass)
  union
  select table_name || '.' || column_name from information_schema.columns
  where table_schema = 'public' and column_name ~ '(^|_)(member_id|author_id|by_id|muted_id)$|_by$'
  order by 1`

/** What the row of a member itself holds: where the archive shows it, or why not. */
export const OWN_COLUMNS: Record<string, string> = {
  id: 'a number that says nothing',
  username: 'profile',
  username_key: 'made from the name',
  password_hash: 'opens the account',
  password_changed_at: 'profile',
  role: 'profile',
  language: 'profile',
  theme: 'profile',
  time_zone: 'profile',
  biography: 'profile',
  listed: 'profile',
  started_level: 'profile',
  replied_level: 'profile',
  created_at: 'profile',
  waiting_since: 'profile',
  banned_at: 'is among the sanctions',
  silenced_until: 'is among the sanctions',
  unread_since: 'profile',
  left_at: 'who has left has no archive',
  former_username: 'who has left has no archive',
  takes_posts_away: 'who has left has no archive',
  erased_at: 'who has left has no archive',
}
