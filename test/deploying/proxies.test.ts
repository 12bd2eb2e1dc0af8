import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type IncomingHttpHeaders, request as overHttp } from 'node:http'
import { request as overHttps } from 'node:https'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import t, { type Test } from 'tap'
import { WebSocket } from 'ws'
import { replyToThread } from '../../src/forum/discussion/reply-to-thread.ts'
import { startForum } from '../support/forum.ts'
import { freePort } from '../support/free-port.ts'
import { LiveWindow } from '../support/live-window.ts'
import { programNamed } from '../support/programs.ts'
import { idOf, threadBy } from '../support/threads.ts'
import { until } from '../support/until.ts'

const DEPLOYING = join(import.meta.dirname, '..', '..', 'docs', 'deploying')
const THREE_MEGABYTES = 3 * 1024 * 1024

interface Places {
  folder: string
  /** Of the proxy, for http and https. */
  port: number
  tlsPort: number
  /** Where it finds the forum. */
  forumPort: number
}

/** How each program is given its file, with the places of this test in it. */
const PROXIES = [
  {
    program: 'nginx',
    file: 'nginx.conf',
    settings: (site: string, { folder, port, tlsPort, forumPort }: Places) => `
daemon off; pid ${folder}/pid; error_log stderr error; ${process.getuid?.() === 0 ? 'user root;' : ''}
events {}
http {
${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${folder}/${name};`).join('\n')}
${changed(site, [
  ['listen 80;', `listen ${port};`],
  ['listen 443 ssl;', `listen ${tlsPort} ssl;`],
  // Not every machine that tests has IPv6.
  ['listen [::]:80;', ''],
  ['listen [::]:443 ssl;', ''],
  ['127.0.0.1:3000', `127.0.0.1:${forumPort}`],
  ['/etc/letsencrypt/live/forum.example.org/fullchain.pem', `${folder}/certificate.pem`],
  ['/etc/letsencrypt/live/forum.example.org/privkey.pem', `${folder}/key.pem`],
  ['/var/log/nginx/error.log crit', 'stderr crit'],
])}
}`,
    words: (file: string, folder: string) => ['-p', folder, '-c', file],
  },
  {
    program: 'caddy',
    file: 'Caddyfile',
    settings: (site: string, { folder, port, tlsPort, forumPort }: Places) => `
{
	admin off
	http_port ${port}
	https_port ${tlsPort}
}
${changed(site, [
  ['forum.example.org {', `localhost {\n\ttls ${folder}/certificate.pem ${folder}/key.pem`],
  ['127.0.0.1:3000', `127.0.0.1:${forumPort}`],
])}`,
    words: (file: string) => ['run', '--config', file, '--adapter', 'caddyfile'],
  },
]

function changed(site: string, places: [string, string][]): string {
  return places.reduce((words, [there, here]) => {
    if (!words.includes(there)) throw new Error(`The file does not say ${there}`)
    return words.replaceAll(there, here)
  }, site)
}

const openssl = programNamed('openssl')

for (const proxy of PROXIES) {
  const program = programNamed(proxy.program)
  if (!program || !openssl) {
    t.comment(
      `NOT RUN: there is no ${program ? 'openssl' : proxy.program} here, so docs/deploying/${proxy.file} was not tried`,
    )
    continue
  }
  t.test(`a forum behind ${proxy.program}, by docs/deploying/${proxy.file}`, async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'contrechamp-proxy-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const [port, tlsPort, ownPort] = [await freePort(), await freePort(), await freePort()]
    const ORIGIN = `https://localhost:${tlsPort}`
    const forum = await startForum(t, { PORT: String(ownPort), ORIGIN })
    const between = await listenBetween(t, ownPort)
    execFileSync(
      openssl,
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2'],
        ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost'],
        ...['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'certificate.pem')],
      ],
      { stdio: 'ignore' },
    )
    const site = await readFile(join(DEPLOYING, proxy.file), 'utf8')
    const file = join(folder, proxy.file)
    await writeFile(file, proxy.settings(site, { folder, port, tlsPort, forumPort: between.port }))
    await run(t, program, proxy.words(file, folder), tlsPort)

    const home = await ask(`${ORIGIN}/`, { headers: { 'x-forwarded-for': '203.0.113.7' } })
    t.equal(home.status, 200)
    t.equal(home.headers['strict-transport-security'], 'max-age=63072000', 'said once, by the forum')
    t.match(home.body, '</html>')
    t.match(between.heard(), /^x-forwarded-for: (127\.0\.0\.1|::1)\r$/im, 'whose request it is')
    t.notMatch(between.heard(), '203.0.113.7', 'and not who a visitor says it is')
    t.match(between.heard(), /^x-forwarded-proto: https\r$/im)
    t.match(between.heard(), `ost: localhost:${tlsPort}`)

    const unencrypted = await ask(`http://localhost:${port}/threads`)
    t.match(String(unencrypted.status), /^30[18]$/)
    t.match(unencrypted.headers.location, /^https:\/\/localhost.*\/threads$/)

    const large = await ask(`${ORIGIN}/preview`, {
      method: 'POST',
      body: Buffer.alloc(THREE_MEGABYTES + 1_000_000, 'a'),
    })
    t.equal(large.status, 413, 'a form that is too large')

    await forum.member('Zoé')
    const author = { id: await idOf(forum, 'Zoé'), role: 'member', language: 'fr' } as const
    await threadBy(forum, 'Zoé')
    const socket = new WebSocket(`wss://localhost:${tlsPort}/live?thread=1&after=1`, {
      rejectUnauthorized: false,
      origin: ORIGIN,
    })
    const live = new LiveWindow(socket)
    t.teardown(() => socket.terminate())
    await once(socket, 'open')
    await replyToThread(forum, { thread: 1, author, body: 'Arrivée en direct' })
    await live.until(() => live.posts.length > 0)
    t.match(live.posts[0]?.html, 'Arrivée en direct', 'a reply is there at once')
  })
}

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: string
}

/** Asks without following, and without asking who has signed the certificate. */
async function ask(address: string, { method = 'GET', headers = {}, body = Buffer.of() } = {}): Promise<Answer> {
  const over = address.startsWith('https:') ? overHttps : overHttp
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length }
  const asked = over(address, {
    method,
    headers: body.length > 0 ? type : headers,
    rejectUnauthorized: false,
    agent: false,
  })
  // A proxy that refuses a form need not read it to its end.
  asked.on('error', () => {})
  asked.end(body)
  const [answer] = await once(asked, 'response')
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer).catch(() => '') }
}

/** Stands before the forum and hands everything on, and remembers what the proxy says. */
async function listenBetween(t: Test, forumPort: number): Promise<{ port: number; heard: () => string }> {
  const heard: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    const forum = connect(forumPort, '127.0.0.1')
    for (const one of [socket, forum]) {
      sockets.add(one)
      one.on('error', () => {})
      one.on('close', () => [socket, forum].map((each) => each.destroy()))
    }
    socket.on('data', (bytes) => heard.push(Buffer.from(bytes)))
    socket.pipe(forum).pipe(socket)
  })
  const port = await freePort()
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  return { port, heard: () => Buffer.concat(heard).toString('latin1') }
}

/** Runs a proxy until the test is over. */
async function run(t: Test, program: string, words: string[], port: number): Promise<void> {
  const env = { PATH: process.env.PATH ?? '', HOME: tmpdir(), XDG_DATA_HOME: tmpdir(), XDG_CONFIG_HOME: tmpdir() }
  const running = spawn(program, words, { env, stdio: ['ignore', 'ignore', 'pipe'] })
  const complaints = text(running.stderr)
  const ended = once(running, 'exit')
  t.teardown(async () => {
    running.kill()
    await ended
  })
  const opens = async () => {
    if (running.exitCode !== null) throw new Error(`${program} ended: ${await complaints}`)
    const socket = connect(port, '127.0.0.1')
    const isOpen = await Promise.race([
      once(socket, 'connect').then(() => true),
      once(socket, 'error').then(() => false),
    ]).catch(() => false)
    socket.destroy()
    return isOpen
  }
  await until(opens)
}
