import fc from 'fast-check'
import { anySign } from './any-sign.ts'

/** What people, programs and cut-off links put where a number or a name is meant. */
export const ODD = [
  ...['0', '-1', '1.5', '1e3', 'Infinity', '-Infinity', 'NaN', '0x10', '9007199254740992', '9'.repeat(40), '00001'],
  ...[
    '%00',
    '%',
    '%zz',
    '%C3',
    '%ED%A0%80',
    '%F0%9F%99%82',
    '%2e%2e',
    '%0d%0aX:%201',
    '+1',
    '',
    'null',
    'x'.repeat(3_000),
  ],
]

/** Addresses, with an asterisk where that is put. */
export const PLACES = [
  ...['/*', '/cities/*', '/cities/nice/*', '/technologies/*', '/cities/nice?before=*', '/cities/nice?sort=*'],
  ...[
    '/threads/*',
    '/threads/*/x',
    '/threads/1/*',
    '/threads/1/x?page=*',
    '/threads/1/x?reply_to=*',
    '/threads/1/x?quote=*',
  ],
  ...[
    '/threads/*/posts/1',
    '/threads/1/posts/*',
    '/threads/*/move',
    '/threads/new?board=*',
    '/posts/*/edit',
    '/posts/*/history',
  ],
  ...['/members/*', '/login?next=*', '/register?setup=*', '/settings?saved=*', '/notifications?before=*'],
  ...[
    '/subscriptions?before=*',
    '/unsubscribe/*',
    '/admin/outbox/*',
    '/live?thread=*&after=0',
    '/live?thread=1&after=*',
  ],
  ...['/assets/*', '/settings/email/*', '/settings/tokens?revoked=*'],
]

/** Where forms are sent to. */
export const FORMS = [
  ...[
    '/threads',
    '/threads/1/replies',
    '/posts/1/edit',
    '/posts/1/delete',
    '/posts/1/restore',
    '/preview',
    '/register',
  ],
  ...[
    '/login',
    '/settings',
    '/settings/security',
    '/settings/email',
    '/boards/nice/subscription',
    '/notifications/read',
  ],
  ...['/threads/1/subscription', '/threads/1/move', '/unsubscribe/x', '/nowhere', '/settings/tokens'],
  ...['/settings/tokens/1/revoke'],
]

const FIELDS = [
  ...[
    'title',
    'body',
    'boards',
    'request_id',
    'reply_to',
    'level',
    'username',
    'password',
    'email',
    'next',
    'language',
  ],
  ...['theme', 'biography', 'action', 'session', 'new_password', 'preview', 'version', 'kept_form', 'setup', 'city'],
  ...['name', 'scopes', 'expires_on'],
]

const oddText = fc.oneof(
  fc.constantFrom(...ODD, '\0', 'a\0b', '\ud800', '{"action":"//evil","fields":[]}', '__proto__', 'nice'),
  fc.string({ unit: anySign, maxLength: 40 }),
)
const oddHeader = fc.oneof(
  fc.constantFrom('', '*', '*/*', ';;;', 'q=9', 'fr;q=x', 'br;q=0', 'session=%00', 'session="a;b"', 'a'.repeat(4_000)),
  fc.stringMatching(/^[\x20-\x7e\x80-\xff]{0,40}$/),
)
/** Headers that no browser sends. */
export const oddHeaders = fc.dictionary(
  fc.constantFrom(
    ...['accept', 'accept-language', 'accept-encoding', 'cookie', 'origin', 'sec-fetch-site', 'if-none-match'],
    ...['x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-host', 'user-agent', 'referer', 'range'],
  ),
  oddHeader,
  { maxKeys: 4 },
)
/** Forms that no page of ours has. */
export const oddBody = fc.oneof(
  fc.record({
    type: fc.constant('application/x-www-form-urlencoded'),
    body: fc
      .array(fc.tuple(fc.constantFrom(...FIELDS), oddText), { maxLength: 5 })
      .map((fields) => fields.map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed())}`).join('&')),
  }),
  fc.record({
    type: fc.constant('application/json'),
    body: fc
      .dictionary(fc.constantFrom(...FIELDS), fc.oneof(oddText, fc.jsonValue(), fc.array(oddText, { maxLength: 3 })))
      .map((value) => JSON.stringify(value)),
  }),
  fc.record({
    type: fc.constantFrom(
      'application/json',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'x',
    ),
    body: fc.constantFrom(
      '',
      '{',
      'null',
      '[]',
      '1e999',
      '{"version":1e999}',
      'a=%',
      '%00=%00',
      'a[b]=1',
      'body=%C3%28',
      '--x--',
    ),
  }),
)
