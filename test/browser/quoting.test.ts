import { sql } from 'drizzle-orm'
import t from 'tap'
import { openWindow, openWindowOf, type Reader, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const browser = await startBrowser()

const BODY = `Premier paragraphe, avec 2\\*3\\*4, \`a_b\` et __init__.

1. un
2. deux **gras** [lien](https://exemple.fr/a)

\`\`\`
if (a) {
    b(__init__);
}
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

\\# pas un titre, \\- ni une liste, &lt;b> \\[x]

Dernier paragraphe à citer.`

const select = (page: Reader, from: string, to: string) =>
  page.evaluate(
    ([start, end]) => {
      const prose = document.querySelector('#post-1 .prose')
      const first = prose?.querySelector(start ?? '')
      const last = prose?.querySelector(end ?? '')
      if (!first || !last) throw new Error('Nothing to select')
      getSelection()?.setBaseAndExtent(first, 0, last, last.childNodes.length)
    },
    [from, to],
  )

/** What the selected words become, and what their quote shows. */
async function quoted(page: Reader): Promise<{ markdown: string; shows: string }> {
  await page.click('#post-1 [data-quote]')
  await page.waitForFunction(() => document.querySelector('textarea')?.value.includes('> '))
  const markdown = await page.inputValue('[name=body]')
  await page.click('#reply button[name=preview]')
  await page.locator('.preview blockquote').waitFor()
  const shows = (await page.textContent('.preview blockquote')) ?? ''
  await page.click('#reply button[name=preview]')
  await page.fill('[name=body]', '')
  await page.evaluate(() => document.querySelector('.preview')?.remove())
  return { markdown, shows }
}

const words = (text: string) => text.replace(/\s+/g, ' ').trim()

t.test('quoting what is selected', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé', { body: BODY })
  const page = await openWindowOf(t, browser, zoe)
  await page.goto(`/threads/${thread.id}/${thread.slug}`)

  t.test('a triple click quotes its paragraph, the last one too', async (t) => {
    await page.locator('#post-1 .prose > p').last().click({ clickCount: 3 })
    const { markdown } = await quoted(page)
    t.equal(markdown, '@Zoé #1\n> Dernier paragraphe à citer.\n\n')
    await page.locator('#post-1 .prose > p').first().click({ clickCount: 3 })
    const { markdown: first } = await quoted(page)
    t.match(first, /^@Zoé #1\n> Premier paragraphe/)
    t.notMatch(first, 'Dernier')
  })

  t.test('code stays code', async (t) => {
    await select(page, 'pre code', 'pre code')
    const { markdown, shows } = await quoted(page)
    t.match(markdown, '> ```\n> if (a) {\n>     b(__init__);\n> }\n> ```')
    t.equal(shows.trim(), 'if (a) {\n    b(__init__);\n}')
  })

  t.test('all of it shows the same words', async (t) => {
    await select(page, 'p', 'p:last-child')
    const { markdown, shows } = await quoted(page)
    const text = await page.textContent('#post-1 .prose')
    t.equal(words(shows).replace(/^Zoé \S+ /, ''), words(text ?? ''))
    t.match(markdown, '> 1. un\n> 2. deux **gras** [lien](<https://exemple.fr/a>)')
    t.match(markdown, '> | a | b |')
  })

  t.test('a word within code, and one beside it', async (t) => {
    await select(page, 'p code', 'p code')
    t.match((await quoted(page)).markdown, '> `a_b`')
  })

  t.test('what is selected elsewhere is not quoted: the whole post is', async (t) => {
    await page.evaluate(() => {
      const title = document.querySelector('h1')
      if (title) getSelection()?.selectAllChildren(title)
    })
    t.match((await quoted(page)).markdown, 'Premier paragraphe')
    await page.fill('[name=body]', '')
  })

  t.test('of somebody who has left, nobody is called', async (t) => {
    await forum.member('Partie')
    const { thread: theirs } = await threadBy(forum, 'Partie', { body: '3. un\n7. deux\n\nFin' })
    await forum.database.execute(sql`update members set username = null, left_at = now() where username = 'Partie'`)
    await page.goto(`/threads/${theirs.id}/${theirs.slug}`)
    await select(page, 'li', 'li:last-child')
    t.equal((await quoted(page)).markdown, '#1\n> 3. un\n> 7. deux\n\n')
    await select(page, 'li:last-child', 'p')
    t.equal((await quoted(page)).markdown, '#1\n> 7. deux\n>\n> Fin\n\n', 'and a list goes on counting')
    await page.goto(`/threads/${thread.id}/${thread.slug}`)
  })

  t.test('on a slow line the quote waits for the script that makes it', async (t) => {
    const slow = await openWindowOf(t, browser, zoe)
    const arrival = Promise.withResolvers<void>()
    await slow.route(/\/assets\/selected-words/, (route) => arrival.promise.then(() => route.continue()))
    await slow.goto(`/threads/${thread.id}/${thread.slug}`)
    await slow.locator('#post-1 .prose > p').last().click({ clickCount: 3 })
    const form = slow.waitForResponse(/quote=1/)
    await slow.click('#post-1 [data-quote]')
    await form
    t.equal(await slow.inputValue('[name=body]'), '')
    arrival.resolve()
    await slow.waitForFunction(() => document.querySelector('textarea')?.value.includes('> '))
    t.equal(await slow.inputValue('[name=body]'), '@Zoé #1\n> Dernier paragraphe à citer.\n\n')
  })

  t.test('the Enter that ends a composed word takes no name', async (t) => {
    await page.focus('[name=body]')
    await page.keyboard.type('@zo')
    await page.locator('.people li', { hasText: 'Zoé' }).waitFor()
    const enter = (isComposing: boolean) =>
      page.evaluate(
        (composing) =>
          document
            .querySelector('textarea')
            ?.dispatchEvent(
              new KeyboardEvent('keydown', { key: 'Enter', isComposing: composing, bubbles: true, cancelable: true }),
            ),
        isComposing,
      )
    await enter(true)
    t.equal(await page.inputValue('[name=body]'), '@zo')
    await enter(false)
    t.equal(await page.inputValue('[name=body]'), '@Zoé ')
  })
})

t.test('times are right on a device whose clock is not', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread } = await threadBy(forum, 'Zoé')
  for (const minutes of [5, 120, 24 * 60, -5, -24 * 60, 0]) {
    const page = await openWindow(t, browser, forum.origin)
    await page.addInitScript((ahead) => {
      const now = Date.now
      Date.now = () => now() + ahead
    }, minutes * 60_000)
    await page.goto(`/threads/${thread.id}/${thread.slug}`)
    await page.waitForFunction(() => document.querySelector('.post time')?.hasAttribute('title'))
    t.match(await page.textContent('.post time'), /maintenant|minute/, `${minutes} min`)
    t.notMatch(await page.textContent('.post time'), /5 minutes|heure|hier/)
  }
})
