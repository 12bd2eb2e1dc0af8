import { resolve } from 'node:path'
import { OperatorError } from './operator-error.ts'

/** The settings of one process, read once from the environment. */
export interface Config {
  port: number
  host: string
  /** The address that people type, without a slash at the end. */
  origin: string
  /** Absolute path: the embedded database, uploads, the development outbox. */
  dataDir: string
  /** Null: the embedded PostgreSQL in `dataDir`. */
  databaseUrl: string | null
  /** Connections that this process may hold. */
  databasePool: number
  /** Null: made once and kept in `dataDir`. */
  secret: string | null
  logLevel: (typeof LOG_LEVELS)[number]
  rateLimits: boolean
  /** Whether this process also runs background jobs. */
  worker: boolean
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

/**
 * Reads the settings of `product.md` from an environment; an empty value counts as absent.
 * @throws OperatorError naming the first setting whose value is wrong.
 */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const setting = (name: string) => environment[name]?.trim() || undefined
  const port = wholeNumber('PORT', setting('PORT') ?? '3000', 1, 65_535)
  const host = setting('HOST') ?? '127.0.0.1'
  return {
    port,
    host,
    origin: origin(setting('ORIGIN') ?? `http://${addressable(host)}:${port}`),
    dataDir: resolve(setting('DATA_DIR') ?? '.data'),
    databaseUrl: databaseUrl(setting('DATABASE_URL')),
    databasePool: wholeNumber('DATABASE_POOL', setting('DATABASE_POOL') ?? '10', 1, 1_000),
    secret: secret(setting('SECRET')),
    logLevel: oneOf('LOG_LEVEL', setting('LOG_LEVEL') ?? 'info', LOG_LEVELS),
    rateLimits: onOrOff('RATE_LIMITS', setting('RATE_LIMITS') ?? 'on'),
    worker: onOrOff('WORKER', setting('WORKER') ?? 'on'),
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

function onOrOff(name: string, value: string): boolean {
  return oneOf(name, value, ['on', 'off']) === 'on'
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
function databaseUrl(value: string | undefined): string | null {
  if (value === undefined) return null
  if (!/^postgres(ql)?:\/\//.test(value) || !URL.canParse(value)) {
    throw new OperatorError('DATABASE_URL must look like postgres://user:password@host:5432/name.')
  }
  return value
}

function secret(value: string | undefined): string | null {
  if (value !== undefined && value.length < 32) {
    throw new OperatorError('SECRET must have at least 32 characters; leave it empty to have one made and kept.')
  }
  return value ?? null
}
