import { readFile, readlink, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { OperatorError } from '../../process/operator-error.ts'
import { Client } from '../client.ts'
import type { Programs } from './programs.ts'
import { type ProgramOptions, reasonOf, runProgram } from './run-program.ts'
import { listensIn, SOCKET_LOCK, socketUrl } from './socket-folder.ts'

/** More server settings, as `postgres -c name=value` takes them. */
export type ServerSettings = Record<string, string>

/** PostgreSQL's appendix A: it starts, recovers or stops. */
const CANNOT_CONNECT_NOW = '57P03'
/** `pg_ctl` waits so long for a start; a server that then listens is recovering, and is waited for. */
const START_SECONDS = '5'
const STOP_SECONDS = '60'
const BETWEEN_MILLISECONDS = 200
/** In its first line the server's number, in its eighth whether it takes connections (PostgreSQL's `pidfile.h`). */
const PID_FILE = 'postmaster.pid'
const STATUS_LINE = 7
/** Seen from the data folder, so that no path goes through the shell of `pg_ctl`. */
const SERVER_LOG = 'postgres/server.log'

/** The PostgreSQL program of a cluster whose folder is locked for us. */
export class EmbeddedServer {
  readonly #cluster: string
  readonly #programs: Programs
  readonly #options: ProgramOptions
  readonly #settings: string
  readonly #sockets: string

  constructor(cluster: string, programs: Programs, options: ProgramOptions, settings: ServerSettings, sockets: string) {
    this.#cluster = cluster
    this.#programs = programs
    this.#options = options
    this.#settings = Object.entries(settings)
      .map(([name, value]) => `-c ${name}='${value}'`)
      .join(' ')
    this.#sockets = sockets
  }

  /** Whether there is a server, be it still recovering. */
  runs(): Promise<boolean> {
    return listensIn(this.#sockets)
  }

  /**
   * Makes sure that the server answers, or returns when `stop` is aborted. One that recovers from a sudden end is waited
   * for, however long it takes: to start it again would begin its recovery anew.
   * @param found what to do with a server that runs already: `restart` it, for our settings, or `keep` it.
   * @throws OperatorError when it does not start.
   */
  async start(found: 'restart' | 'keep', stop?: AbortSignal): Promise<void> {
    let isOurs = found === 'keep'
    let started = false
    let waits = false
    const logged = await this.#log()
    while (!stop?.aborted) {
      const state = await this.#state()
      if (state === 'ready' && isOurs) return
      if (state === 'ready') await this.#control(['restart', '-t', STOP_SECONDS], logged)
      else if (state === 'away' && started) throw await this.#failure('', logged)
      else if (state === 'away') await this.#startProgram(logged)
      else {
        if (!waits)
          process.stderr.write('The database recovers from a sudden end, or still stops: this may take some minutes.\n')
        waits = true
        await setTimeout(BETWEEN_MILLISECONDS)
      }
      started ||= state === 'away'
      isOurs ||= state !== 'busy'
    }
  }

  /** @throws OperatorError when it does not stop. */
  async stop(): Promise<void> {
    // `pg_ctl` would stop whatever program has the number in an old file.
    if (!(await this.runs()) && !(await this.#hasLostSocket())) return
    try {
      await this.#pgCtl(['stop', '-t', STOP_SECONDS])
    } catch (error) {
      if (!(await this.runs())) return
      throw new OperatorError(`The database in ${this.#cluster} does not stop: ${reasonOf(String(error))}`)
    }
  }

  async #state(): Promise<'ready' | 'busy' | 'away'> {
    if (!(await this.runs())) return 'away'
    const client = new Client({ connectionString: socketUrl(this.#sockets), connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      return 'ready'
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : ''
      if (code === CANNOT_CONNECT_NOW) return 'busy'
      return (await this.runs()) ? 'ready' : 'away'
    } finally {
      await client.end()
    }
  }

  async #startProgram(logged: string): Promise<void> {
    // Only the server itself makes its socket, when it starts: one that cannot be reached is started anew.
    if (await this.#hasLostSocket()) return this.#control(['restart', '-t', STOP_SECONDS], logged)
    await this.#removeStalePids()
    await this.#control(['start', '-t', START_SECONDS], logged)
  }

  async #control(words: string[], logged: string): Promise<void> {
    try {
      await this.#pgCtl([...words, '-l', SERVER_LOG, '-o', this.#settings])
    } catch (error) {
      if (!(await this.runs())) throw await this.#failure(String(error), logged)
    }
  }

  #pgCtl(words: string[]): Promise<string> {
    return runProgram(this.#programs.pgCtl, [...words, '-s', '-m', 'fast'], this.#options)
  }

  #log(): Promise<string> {
    return readFile(join(this.#cluster, 'server.log'), 'utf8').catch(() => '')
  }

  async #failure(said: string, logged: string): Promise<OperatorError> {
    const reason = reasonOf((await this.#log()).slice(logged.length) || said)
    return new OperatorError(`The database in ${this.#cluster} does not start: ${reason}${await this.#remedy(reason)}`)
  }

  async #remedy(reason: string): Promise<string> {
    if (reason.includes('incompatible with server')) {
      const made = (await readFile(join(this.#cluster, 'PG_VERSION'), 'utf8')).trim()
      const [, ours] = /(\d+)/.exec(await runProgram(this.#programs.postgres, ['--version'], this.#options)) ?? []
      return (
        `. They are of PostgreSQL ${made}, and this version of the forum brings ${ours}: ` +
        'start the version that they were made with, dump them with pg_dump, and load that into an empty DATA_DIR.'
      )
    }
    if (reason.includes('invalid permissions')) return `. Close it to others: chmod 700 ${this.#cluster}`
    if (/no space left/i.test(reason)) return '. Free some space on that disk.'
    return ''
  }

  /**
   * After a loss of power the files with the server's number may be empty, or the number be another program's by now;
   * PostgreSQL would refuse to start for ever, because of either. Nobody listens and the folder is ours, so only a server
   * that just starts could rightly have them: that one has the cluster as its working directory. Its shared memory still
   * keeps two from running at once.
   */
  async #removeStalePids(): Promise<void> {
    for (const name of [PID_FILE, SOCKET_LOCK]) {
      const path = join(this.#cluster, name)
      const [pid = ''] = (await readFile(path, 'utf8').catch(() => 'none')).split('\n')
      if (pid === 'none') continue
      const isServer = /^\d+$/.test(pid) && (await this.#mayBeServer(pid))
      if (!isServer) await rm(path, { force: true })
    }
  }

  /**
   * Whether our server is at work, but nobody reaches it, because somebody has removed its socket. One that merely starts
   * says so in its file.
   */
  async #hasLostSocket(): Promise<boolean> {
    const lines = (await readFile(join(this.#cluster, PID_FILE), 'utf8').catch(() => '')).split('\n')
    const [pid = ''] = lines
    const isReady = lines[STATUS_LINE]?.trim() === 'ready'
    return isReady && process.platform === 'linux' && (await this.#mayBeServer(pid)) && !(await this.runs())
  }

  /** Where nothing can be known of a program, it may be one. One that has ended, be it not yet buried, is nowhere. */
  async #mayBeServer(pid: string): Promise<boolean> {
    if (process.platform !== 'linux') return true
    try {
      return (await readlink(`/proc/${pid}/cwd`)) === (await realpath(this.#cluster))
    } catch (error) {
      return !(error instanceof Error && 'code' in error && error.code === 'ENOENT')
    }
  }
}
