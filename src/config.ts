import { resolve } from 'node:path'
import type { SecretSettings } from './platform/crypto/secret.ts'
import type { DatabaseSettings } from './platform/database/place.ts'
import { inNetworks } from './platform/http/networks.ts'
import { bareEmail } from './platform/mail/addresses.ts'
import type { MailSettings } from './platform/mail/settings.ts'
import { OperatorError } from './platform/process/operator-error.ts'

/** The settings of one process, read once from the environment. */
export interface Config extends DatabaseSettings, SecretSettings, MailSettings {
  port: number
  host: string
  /** Where an onion service leads to, on this machine; null: nowhere. */
  onionPort: number | null
  /** Addresses, networks and names of networks (`loopback`) whose word is taken for whom they speak for. */
  trustedProxies: readonly string[]
  /** Networks beside the public internet that webhooks may be sent to. */
  webhookNetworks: readonly string[]
  /** The address that people type, without a slash at the end. */
  origin: string
  /** Absolute path: the embedded database, uploads, the development outbox. */
  dataDir: string
  /** Connections that this process may hold for pages and for what its jobs do. */
  databasePool: number
  /** Servers that follow that database, and answer what may be some moments old. */
  databaseReplicaUrls: readonly string[]
  /** In seconds: a server that is further behind is left out. */
  databaseReplicaLag: number
  /** What carries events between processes, `redis://…`; null: the database. */
  liveBus: string | null
  /** The collector that is told how long requests take (OTLP over HTTP); null: nobody is. */
  otlpEndpoint: string | null
  /** Where a weakness of this forum can be told (RFC 9116): `mailto:`, `https:` or `tel:`; null: by its own notices. */
  securityContact: string | null
  logLevel: (typeof LOG_LEVELS)[number]
  rateLimits: boolean
  /** What a program from elsewhere shows to read `/metrics`; null: only those of this machine may. */
  metricsToken: string | null
  /** Whether this is `npm run dev`, which has a page for developers too (`/style`). */
  development: boolean
  /** Whether this process also runs background jobs. */
  worker: boolean
  /** Absolute path of the folder in which a backup is made each night; null: none is. */
  backupDir: string | null
  /** The public key of age that those are encrypted for; null: they are not. */
  backupRecipient: string | null
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/**
 * Reads the settings that README.md lists from an environment. An empty value counts as absent.
 * @throws OperatorError naming the first setting whose value is wrong.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const setting = (name: string) => environment[name]?.trim() || undefined
  const port = wholeNumber('PORT', setting('PORT') ?? '3000', 1, 65_535)
  const host = setting('HOST') ?? '127.0.0.1'
  const ownOrigin = origin(setting('ORIGIN') ?? `http://${addressable(host)}:${port}`)
  const from = mailFrom(setting('MAIL_FROM') ?? `Contrechamp <forum@${mailDomain(ownOrigin)}>`)
  return {
    port,
    host,
    onionPort: onionPort(setting('ONION_PORT'), port),
    trustedProxies: networks('TRUSTED_PROXIES', setting('TRUSTED_PROXIES') ?? 'loopback'),
    webhookNetworks: networks('WEBHOOK_NETWORKS', setting('WEBHOOK_NETWORKS') ?? ''),
    origin: ownOrigin,
    dataDir: resolve(setting('DATA_DIR') ?? '.data'),
    databaseUrl: databaseUrl('DATABASE_URL', setting('DATABASE_URL')),
    databasePool: wholeNumber('DATABASE_POOL', setting('DATABASE_POOL') ?? '10', 2, 1_000),
    databaseReplicaUrls: (setting('DATABASE_REPLICA_URLS') ?? '')
      .split(',')
      .flatMap((url) => databaseUrl('DATABASE_REPLICA_URLS', url.trim() || undefined) ?? []),
    databaseReplicaLag: wholeNumber('DATABASE_REPLICA_LAG', setting('DATABASE_REPLICA_LAG') ?? '10', 1, 3_600),
    liveBus: liveBus(setting('LIVE_BUS')),
    otlpEndpoint: otlpEndpoint(setting('OTEL_EXPORTER_OTLP_ENDPOINT')),
    secret: secret(setting('SECRET')),
    securityContact: securityContact(setting('SECURITY_CONTACT')),
    logLevel: oneOf('LOG_LEVEL', setting('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    rateLimits: onOrOff('RATE_LIMITS', setting('RATE_LIMITS') ?? 'on'),
    smtpUrl: smtpUrl(setting('SMTP_URL')),
    mailFrom: from,
    mailRate: wholeNumber('MAIL_RATE', setting('MAIL_RATE') ?? '20', 1, 10_000),
    dkimKey: setting('DKIM_KEY') ?? null,
    dkimSelector: setting('DKIM_SELECTOR') ?? 'contrechamp',
    mailConnections: wholeNumber('MAIL_CONNECTIONS', setting('MAIL_CONNECTIONS') ?? '4', 1, 100),
    bounceAddress: bounceAddress(setting('BOUNCE_ADDRESS') ?? bareEmail(from)),
    bounceListen: bounceListen(setting('BOUNCE_LISTEN')),
    metricsToken: setting('METRICS_TOKEN') ?? null,
    development: setting('NODE_ENV') === 'development',
    worker: onOrOff('WORKER', setting('WORKER') ?? 'on'),
    backupDir: folder(setting('BACKUP_DIR')),
    backupRecipient: backupRecipient(setting('BACKUP_RECIPIENT')),
  }
}

function wholeNumber(name: string, value: string, least: number, most: number): number {
  const number = Number(value)
  if (!/^\d+$/.test(value) || number < least || number > most) {
    throw new OperatorError(`${name} must be a whole number from ${least} to ${most}, not "${value}".`)
  }
  return number
}

function oneOf<Choice extends string>(name: string, value: string, choices: readonly Choice[]): Choice {
  const choice = choices.find((candidate) => candidate === value)
  if (choice === undefined) throw new OperatorError(`${name} must be one of ${choices.join(', ')}, not "${value}".`)
  return choice
}

const folder = (value: string | undefined): string | null => (value === undefined ? null : resolve(value))

function backupRecipient(value: string | undefined): string | null {
  if (value === undefined || /^age1[0-9a-z]{20,4000}$/.test(value)) return value ?? null
  throw new OperatorError('BACKUP_RECIPIENT must be a public key of age, like age1…, as age-keygen makes it.')
}

function onOrOff(name: string, value: string): boolean {
  return oneOf(name, value, ['on', 'off']) === 'on'
}

function onionPort(value: string | undefined, port: number): number | null {
  if (value === undefined) return null
  const number = wholeNumber('ONION_PORT', value, 1, 65_535)
  if (number === port) throw new OperatorError('ONION_PORT must be another port than PORT.')
  return number
}

function networks(name: string, value: string): string[] {
  const named = value.split(/[\s,]+/).filter(Boolean)
  try {
    inNetworks(named)
  } catch {
    throw new OperatorError(
      `${name} must be addresses or networks like 10.0.0.0/8, loopback or uniquelocal, not "${value}".`,
    )
  }
  return named
}

/** A listening address may mean "every address"; a link needs one that a browser can open. */
function addressable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

function origin(value: string): string {
  const url = URL.canParse(value) ? new URL(value) : null
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.pathname !== '/' || url.search || url.username) {
    throw new OperatorError(`ORIGIN must be an address like https://forum.example.org, without a path, not "${value}".`)
  }
  return url.origin
}

/** The value is never shown: it holds a password. */
function databaseUrl(name: string, value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError(`${name} must look like postgres://user:password@host:5432/name.`)
  }
  return value
}

/** The value is never shown: it may hold a password. */
function otlpEndpoint(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^https?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError('OTEL_EXPORTER_OTLP_ENDPOINT must look like http://collector:4318.')
  }
  return value
}

/** The value is never shown: it may hold a password. */
function liveBus(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^rediss?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError('LIVE_BUS must look like redis://user:password@host:6379 or rediss://….')
  }
  return value
}

/** The value is never shown: it may hold a password. */
function smtpUrl(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^smtps?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError('SMTP_URL must look like smtp://user:password@host:587 or smtps://host:465.')
  }
  return value
}

/** No mail comes from a number: that is a forum which is being tried out. */
function mailDomain(ownOrigin: string): string {
  const { hostname } = new URL(ownOrigin)
  return /^[\d.]+$|:/.test(hostname) ? 'localhost' : hostname
}

function mailFrom(value: string): string {
  if (!/^(?:[^\s<>@"]+@[^\s<>@"]+|[^<>"\r\n]*<[^\s<>@"]+@[^\s<>@"]+>)$/.test(value)) {
    throw new OperatorError(`MAIL_FROM must look like Contrechamp <forum@example.org>, not "${value}".`)
  }
  return value
}

function bounceAddress(value: string): string {
  if (!/^[^\s<>@"]+@[^\s<>@"]+$/.test(value)) {
    throw new OperatorError(`BOUNCE_ADDRESS must look like bounces@example.org, not "${value}".`)
  }
  return value
}

function securityContact(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^(?:mailto:[^\s@]+@[^\s@]+|https:\/\/\S+|tel:\+?[\d-]+)$/.test(value)) {
    throw new OperatorError(`SECURITY_CONTACT must begin with mailto:, https: or tel:, not "${value}".`)
  }
  return value
}

function bounceListen(value: string | undefined): Config['bounceListen'] {
  if (value === undefined) return null
  const [, protocol, host, port] = /^(smtp|lmtp):\/\/([\w.-]+|\[[\da-f:]+\]):(\d+)$/i.exec(value) ?? []
  if (!protocol || !host || !port) {
    throw new OperatorError(`BOUNCE_LISTEN must look like lmtp://127.0.0.1:2424 or smtp://…, not "${value}".`)
  }
  return {
    lmtp: protocol.toLowerCase() === 'lmtp',
    host: host.replace(/^\[|\]$/g, ''),
    port: wholeNumber('BOUNCE_LISTEN', port, 1, 65_535),
  }
}

function secret(value: string | undefined): string | null {
  if (value !== undefined && value.length < 32) {
    throw new OperatorError('SECRET must have at least 32 characters; leave it empty to have one made and kept.')
  }
  return value ?? null
}
