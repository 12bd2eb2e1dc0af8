import { readFile, writeFile } from 'node:fs/promises'
import t from 'tap'
import { contrast } from '../../../src/platform/colours.ts'
import { digestMail } from '../../../views/mails/digest-mail.ts'
import { PAPER } from '../../../views/parts/paper.ts'
import { DIGEST, LETTERHEAD } from '../../support/digest-sample.ts'

/** The digest as it was last looked at; `GOLDEN=write` writes it anew, to be looked at again before it is kept. */
for (const [form, file] of [
  ['html', 'digest.golden.html'],
  ['text', 'digest.golden.txt'],
] as const) {
  t.test(`the ${form} of a digest is as it was looked at`, async (t) => {
    const path = `${import.meta.dirname}/${file}`
    const mail = digestMail(LETTERHEAD, DIGEST)
    if (process.env.GOLDEN === 'write') await writeFile(path, mail[form])
    t.equal(mail[form], await readFile(path, 'utf8'))
  })
}

t.test('its text form can be read in a narrow window, and its signs stand as in French', async (t) => {
  const { text, subject } = digestMail(LETTERHEAD, DIGEST)
  const lines = text.split('\n')
  t.same(
    lines.filter((line) => line.length > 72 && !/https?:\/\/\S+$/.test(line)),
    [],
  )
  t.equal(subject, 'Marseille, Nice × Reconnaissance faciale…\u202f: 4 messages pour vous, du nouveau dans 9 sujets')
  t.match(text, '\n-- \n', 'what mail programs know as the end')
})

t.test('its HTML form holds in mail programs: all style is inline, nothing is loaded, and nothing runs', async (t) => {
  const { html } = digestMail(LETTERHEAD, DIGEST)
  t.notMatch(html, /<(style|link|img|script|svg|iframe|form|video)\b|\bclass=|url\(|@media|position:|float:|flex|grid/i)
  t.match(html, /Plaine &(lt|#60);script/)
  for (const [tag] of html.matchAll(/<table[^>]*>/g)) t.match(tag, 'role="presentation"')
  for (const [tag] of html.matchAll(/<a [^>]*>/g)) t.match(tag, /href="https:\/\/forum\.exemple\.fr\/.*style="color:/)
})

t.test('its signal has the colour that the forum has, light enough for a dark ground', (t) => {
  const { html } = digestMail({ ...LETTERHEAD, signal: '#00457c' }, DIGEST)
  t.notMatch(html, /#(da3100|a81900)/)
  const [, mark = ''] = /color:(#[0-9a-f]{6});">◉/.exec(html) ?? []
  t.ok(contrast(mark, PAPER.dark) >= 3 && contrast(mark, PAPER.light) >= 3, mark)
  t.match(html, `border-left:3px solid ${mark};`)
  t.end()
})

t.test('the last of all says so first, and how to come back', async (t) => {
  const { text, html } = digestMail(LETTERHEAD, { ...DIGEST, last: true })
  t.match(
    text,
    /^Contrechamp · jeudi 12 mars\n\nC’est la dernière lettre[\s\S]+?\nhttps:\/\/forum\.exemple\.fr\/\n\nPOUR VOUS/,
  )
  t.match(html, /C’est la dernière lettre[\s\S]*Pour vous/)
})

t.test('what is new only for the reader, or only in one thread, has a subject of its own', async (t) => {
  const [first] = DIGEST.news
  const one = { calls: [], news: first ? [{ ...first, count: 1 }] : [], moreCalls: 0, moreThreads: 0 }
  t.equal(digestMail(LETTERHEAD, { ...DIGEST, ...one }).subject, 'Marseille\u202f: 1 sujet')
  t.equal(digestMail(LETTERHEAD, { ...DIGEST, ...one, language: 'en' }).subject, 'Marseille: 1 thread')
  t.equal(digestMail(LETTERHEAD, { ...DIGEST, news: [], moreThreads: 0 }).subject, '4 messages pour vous')
  const named = digestMail({ ...LETTERHEAD, name: 'Regards' }, { ...DIGEST, news: [], moreThreads: 0 })
  t.match(named.html, '</span> Regards<span', 'by the name that the forum has been given')
})

t.test('the subject counts all that is new: what is told one by one, and what is not', async (t) => {
  t.equal(
    digestMail(LETTERHEAD, { ...DIGEST, moreThreads: 0 }).subject,
    'Marseille, Nice × Reconnaissance faciale\u202f: 4 messages pour vous, 2 sujets, 1\u202f208 réponses',
  )
  const many = { calls: [], moreCalls: 0, moreThreads: 1_200 }
  t.equal(
    digestMail(LETTERHEAD, { ...DIGEST, ...many }).subject,
    'Marseille, Nice × Reconnaissance faciale…\u202f: du nouveau dans 1\u202f204 sujets',
  )
  t.match(digestMail(LETTERHEAD, { ...DIGEST, ...many, language: 'en' }).subject, /: news in 1,204 threads$/)
})
