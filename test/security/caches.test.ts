import t from 'tap'
import { jobs } from '../../src/compose.ts'
import { runJobs } from '../../src/platform/jobs/jobs.ts'
import { confirmAddress } from '../support/addresses.ts'
import { fetchRaw } from '../support/fetch-raw.ts'
import { startForum } from '../support/forum.ts'
import { MailServer } from '../support/mail-server.ts'
import { threadBy } from '../support/threads.ts'

const EVIL = 'evil.example'

t.test('pages that many share', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  const page = `/threads/${thread.id}/${thread.slug}`

  t.test('hold nothing of who asked first', async (t) => {
    const UNKEYED = [
      { host: EVIL },
      { 'x-forwarded-host': EVIL },
      { 'x-forwarded-proto': `https://${EVIL}` },
      { 'x-forwarded-prefix': `/${EVIL}` },
      { 'x-original-url': `/${EVIL}` },
      { 'x-rewrite-url': `/${EVIL}` },
      { forwarded: `host=${EVIL}` },
      { 'accept-language': `${EVIL}, fr` },
      { 'user-agent': EVIL },
      { referer: `https://${EVIL}` },
      { 'x-http-method-override': 'POST' },
      { cookie: `theme=${EVIL}; language=${EVIL}; script=${EVIL}` },
    ]
    for (const [index, headers] of UNKEYED.entries()) {
      // A page that nobody has asked for, each time.
      const { thread: fresh } = await threadBy(forum, 'Zoé', { title: `Relevé numéro ${index}` })
      const path = `/threads/${fresh.id}/${fresh.slug}`
      await fetchRaw(forum.origin, path, headers)
      const next = await fetchRaw(forum.origin, path)
      t.equal(next.status, 200)
      t.notMatch(String(next.body), EVIL, JSON.stringify(headers))
      t.notMatch(JSON.stringify(next.headers), EVIL)
    }
  })

  t.test('are never a member’s, whatever their address is made to look like', async (t) => {
    const DISGUISES = [
      '.css',
      '/x.css',
      '/..%2fx.css',
      ';x.css',
      '%0ax.css',
      '%23x.css',
      '%3fx.css',
      '.js',
      '/favicon.ico',
      '?x.css',
    ]
    for (const path of [
      '/settings',
      '/settings/security',
      '/notifications',
      '/subscriptions',
      page,
      '/',
      '/members/zo%C3%A9',
    ]) {
      for (const disguise of DISGUISES) {
        const { headers, body, status } = await fetchRaw(forum.origin, path + disguise, { cookie: zoe.cookieHeader })
        const isPrivate = /private|no-store/.test(String(headers['cache-control']))
        if (!isPrivate && String(body).includes('Zoé</bdi>'))
          t.fail(`${path}${disguise}: ${status} ${headers['cache-control']}`)
        const stranger = await fetchRaw(forum.origin, path + disguise)
        t.notMatch(String(stranger.body), 'action="/logout"', `${path}${disguise}`)
      }
    }
  })

  t.test('of others are not asked for by a path into our folders', async (t) => {
    for (const path of [
      ...[
        '/assets/../package.json',
        '/assets/..%2f..%2fpackage.json',
        '/assets/%2e%2e/%2e%2e/package.json',
        '/assets//etc/passwd',
      ],
      ...[
        '/assets/..%5c..%5cpackage.json',
        '/assets/%252e%252e%252fpackage.json',
        '/../../etc/passwd',
        '/assets/....//package.json',
      ],
      ...['/assets/%00', '/.git/config', '/.env', '/package.json', '/src/main.ts', '/assets/forum.css%00.html'],
    ]) {
      const { status, body } = await fetchRaw(forum.origin, path)
      t.ok(status === 404 || status === 400, `${path}: ${status}`)
      t.notMatch(String(body), /"dependencies"|root:x/)
    }
  })
})

t.test('a link in a mail is the forum’s own, whatever host was asked for it', async (t) => {
  const server = await MailServer.start(t)
  const forum = await startForum(t, { SMTP_URL: server.url, MAIL_RATE: '1000' })
  const zoe = await forum.member('Zoé')
  await confirmAddress(forum, server, zoe, 'zoe@exemple.fr')
  const runner = await runJobs(forum, jobs)
  t.teardown(() => runner.stop())
  const asked = await forum
    .passerBy()
    .post('/reset', { email: 'zoe@exemple.fr' }, { 'x-forwarded-host': EVIL, origin: `http://${EVIL}` })
  t.equal(asked.status, 303)
  await server.until(() => server.to('zoe@exemple.fr').length === 2)
  const mail = server.to('zoe@exemple.fr').at(-1)?.mail
  t.match(mail?.text, `${forum.origin}/reset/`)
  t.notMatch(`${mail?.text}${mail?.html}`, EVIL)
})
