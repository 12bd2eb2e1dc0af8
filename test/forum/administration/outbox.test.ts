import { readdir, stat, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import t from 'tap'
import { keepRetention } from '../../../src/forum/administration/keep-retention.ts'
import { startForum } from '../../support/forum.ts'
import { correspondents, digestTo, queue, send } from '../../support/mail.ts'

t.test('without a mail server, what is written is kept', async (t) => {
  const forum = await startForum(t)
  const admin = await forum.member('Gérante', 'admin')
  t.match((await admin.get('/admin/outbox')).text('main'), 'Aucun courriel pour l’instant')
  const [zoe = 0] = await correspondents(forum, 'zoe')
  await queue(
    forum,
    digestTo(zoe, { subject: 'La première' }),
    digestTo(zoe, {
      subject: '<script>alert(1)</script>',
      text: 'Le </pre><script>alert(2)</script> texte',
      html: '<p>Bonjour</p><script>alert(3)</script><img src="https://example.org/x.png">',
    }),
  )
  await send(forum)

  t.test('as files that nobody else reads', async (t) => {
    const folder = join(forum.config.dataDir, 'outbox')
    t.same(await readdir(folder), ['00000001.eml', '00000002.eml'])
    t.equal((await stat(join(folder, '00000001.eml'))).mode & 0o077, 0)
  })

  t.test('for those who administer the forum to see, the newest first', async (t) => {
    const list = await admin.get('/admin/outbox')
    t.same(list.texts('h3'), ['<script>alert(1)</script>', 'La première'])
    t.match(list.text('.thread'), 'zoe@example.org')
    const mail = await admin.get(list.document.querySelector('h3 a')?.getAttribute('href') ?? '')
    t.same(mail.texts('h1'), ['<script>alert(1)</script>'])
    t.equal(mail.text('pre'), 'Le </pre><script>alert(2)</script> texte')
    t.match(mail.texts('pre')[1], /List-Unsubscribe-Post: List-Unsubscribe=One-Click .*From: Contrechamp/)
    t.equal(mail.document.querySelectorAll('script:not([src])').length, 0)
  })

  t.test('and its HTML form as it is, where nothing of it runs or is loaded', async (t) => {
    const shown = await admin.get('/admin/outbox/2/html')
    t.match(shown.body, '<p>Bonjour</p>')
    const policy = shown.headers.get('content-security-policy')
    for (const part of ["default-src 'none'", "style-src 'unsafe-inline'", 'sandbox allow-popups']) {
      t.ok(policy?.split('; ').includes(part), part)
    }
  })

  t.test('and for nobody else', async (t) => {
    const moderator = await forum.member('Camille', 'moderator')
    for (const path of ['/admin/outbox', '/admin/outbox/1', '/admin/outbox/1/html']) {
      t.equal((await moderator.get(path)).status, 403, path)
      t.match((await forum.passerBy().get(path)).location, /^\/login/, path)
    }
    t.equal((await admin.get('/admin/outbox/9')).status, 404)
    t.equal((await admin.get('/admin/outbox/9/html')).status, 404)
    t.notOk((await moderator.get('/settings')).document.querySelector('[href^="/admin"]'))
    t.ok((await admin.get('/admin')).document.querySelector('[href="/admin/outbox"]'))
  })

  t.test('and after two months for nobody', async (t) => {
    const folder = join(forum.config.dataDir, 'outbox')
    const longAgo = new Date(Date.now() - 61 * 86_400_000)
    await writeFile(join(folder, '00000009.eml.unfinished'), '')
    for (const name of ['00000001.eml', '00000009.eml.unfinished']) await utimes(join(folder, name), longAgo, longAgo)
    await keepRetention(forum)
    t.same(await readdir(folder), ['00000002.eml'])
  })
})
