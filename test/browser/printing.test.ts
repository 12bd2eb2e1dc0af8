import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const BODY = 'La [délibération](https://exemple.org/12), https://exemple.org/seul, [ce sujet](/threads/1) et @Zoé.'

t.test('a printed thread', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { title: 'À lire sur papier', body: BODY, replies: 2 })
  const path = `/threads/${thread.id}/${thread.slug}`
  const browser = await startBrowser()

  const onPaper = () => {
    const shown = [
      ...document.querySelectorAll('button, form, .pages, .account, .compose, .invitation, .whole-thread'),
    ].filter((element) => element.checkVisibility())
    const said = (element: Element) => {
      const { content } = getComputedStyle(element, '::after')
      return content === 'none' ? '' : content.replace(/^"|"$/g, '')
    }
    return {
      buttons: shown.map(({ textContent }) => textContent),
      links: [...document.querySelectorAll('.prose a')].map(said),
      times: [...document.querySelectorAll('main time')].map((time) => time.textContent?.includes(', ')),
      printed: document.querySelector('.printed')?.textContent,
      ink: [getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor],
    }
  }

  await t.test('says where each link leads, when it was written, and when and from where it was printed', async (t) => {
    const page = await openWindow(t, browser, forum.origin, { colorScheme: 'dark' })
    await page.goto(path)
    await page.waitForFunction(() => document.querySelector<HTMLElement>('main time')?.title)
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const paper = await page.evaluate(onPaper)
    t.same(paper.buttons, [])
    t.same(paper.links, [' (https://exemple.org/12)', '', ` (${forum.origin}/threads/1)`, ''])
    t.ok(paper.times.every(Boolean))
    const day = new Intl.DateTimeFormat('fr', { dateStyle: 'long' }).format(new Date())
    t.equal(paper.printed, `Page imprimée\u202f: ${forum.origin}${path} Imprimée le ${day}`)
    t.same(paper.ink, ['rgb(0, 0, 0)', 'rgb(255, 255, 255)'])
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    t.match(await page.textContent('main time'), /maintenant|il y a/)
    t.same(page.complaints, [])
  })

  await t.test('says nearly all of that without a script', async (t) => {
    const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled: false })
    await page.goto(path)
    t.notOk(await page.isVisible('.printed'))
    const pdf = await page.pdf({ preferCSSPageSize: true })
    t.equal(pdf.subarray(0, 5).toString(), '%PDF-')
    await page.emulateMedia({ media: 'print' })
    t.equal((await page.textContent('.printed'))?.trim(), `Page imprimée\u202f: ${forum.origin}${path}`)
  })
})
