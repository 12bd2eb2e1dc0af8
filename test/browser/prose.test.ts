import t from 'tap'
import { openWindow, startBrowser } from '../support/browser.ts'
import { startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

t.test('nobody’s name or text breaks the pages of others', async (t) => {
  const forum = await startForum(t)
  const browser = await startBrowser()
  const names = ['W'.repeat(30), 'Щ'.repeat(28), 'M'.repeat(20)]
  await forum.member(names[0] ?? '')
  const { thread } = await threadBy(forum, names[0] ?? '', {
    title: 'W'.repeat(150),
    body: 'W'.repeat(400),
    boards: ['nice', 'big-data'],
  })
  const path = `/threads/${thread.id}/${thread.slug}`
  for (const name of names.slice(1)) {
    const member = await forum.member(name)
    await member.post(`/threads/${thread.id}/replies`, { body: `@${names[0]} ${'m'.repeat(300)}`, reply_to: '1' })
    await member.post('/threads', { title: `Titre ${'Ж'.repeat(140)}`, body: 'x', boards: ['nice', 'big-data'] })
  }
  const member = encodeURIComponent(names[0] ?? '')

  for (const width of [320, 360]) {
    t.test(`${width} pixels wide`, async (t) => {
      const page = await openWindow(t, browser, forum.origin, { viewport: { width, height: 700 } })
      for (const address of ['/', '/cities/nice', '/cities/nice/big-data', path, `/members/${member}`]) {
        await page.goto(address)
        t.equal(await page.evaluate('document.documentElement.scrollWidth'), width, address)
      }
    })
  }

  t.test('marks that are piled up cover nothing around them', async (t) => {
    const page = await openWindow(t, browser, forum.origin)
    const clipped = (selector: string) =>
      page.evaluate(`getComputedStyle(document.querySelector('${selector}')).overflow`)
    await page.goto(path)
    for (const selector of ['.head h1', '.post > header', '.answered', '.prose'])
      t.equal(await clipped(selector), 'clip', selector)
    await page.goto('/cities/nice')
    // The dot of what is unread hangs in the margin.
    t.equal(await clipped('.thread'), 'visible clip')
  })
})

t.test('what is written from right to left leaves code as it is', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const body = 'مرحبا `/var/log/auth.log` <kbd>/a</kbd> <samp>/b</samp>\n\n```\n/var/log/auth.log\n```'
  const { thread } = await threadBy(forum, 'Zoé', { title: 'مرحبا', body, boards: ['nice'] })
  const page = await openWindow(t, await startBrowser(), forum.origin)
  await page.goto(`/threads/${thread.id}/${thread.slug}`)
  t.same(
    await page.evaluate(`[...document.querySelectorAll('.prose :is(pre, code, kbd, samp)')].map((element) => {
      const { direction, unicodeBidi } = getComputedStyle(element)
      return [element.localName, direction, unicodeBidi]
    })`),
    ['code', 'kbd', 'samp', 'pre', 'code'].map((name) => [name, 'ltr', 'isolate']),
  )
})

t.test('on paper, links say where they lead', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const body = '[site](https://exemple.fr/a) [nom](mailto:nom@exemple.fr) [sujet](/threads/1) @Zoé #1'
  const { thread } = await threadBy(forum, 'Zoé', { title: 'Imprimé', body, boards: ['nice'], replies: 1 })
  const bob = await forum.member('Bob')
  await bob.post(`/threads/${thread.id}/replies`, { body })
  const page = await openWindow(t, await startBrowser(), forum.origin)
  await page.goto(`/threads/${thread.id}/${thread.slug}`)
  await page.emulateMedia({ media: 'print' })
  t.same(
    await page.evaluate(
      `[...document.querySelectorAll('#post-3 .prose a')].map((link) => getComputedStyle(link, '::after').content)`,
    ),
    ['" (" attr(href) ")"', '" (" attr(href) ")"', '" (" attr(href) ")"', 'none', 'none'].map((content, index) =>
      content === 'none' ? content : `" (${['https://exemple.fr/a', 'mailto:nom@exemple.fr', '/threads/1'][index]})"`,
    ),
  )
})

t.test('in a history, what came stands apart from what went', async (t) => {
  const forum = await startForum(t)
  const zoe = await forum.member('Zoé')
  const { id } = await threadBy(forum, 'Zoé', { body: 'le rapport de la ville' })
  await zoe.post(`/posts/${id}/edit`, { body: 'le rapport du maire' })
  const page = await openWindow(t, await startBrowser(), forum.origin)
  await page.goto(`/posts/${id}/history`)
  t.notSame(await page.evaluate("getComputedStyle(document.querySelector('del + ins')).marginInlineStart"), '0px')
})

t.test(
  'a text from right to left stays so where it begins with somebody’s name, and others are set as they begin',
  async (t) => {
    const forum = await startForum(t)
    await forum.member('Zoé')
    const body = '@Zoé شكراً على هذه المعلومات المهمة حول الكاميرات في المدينة.\n\nTrois caméras.\n\n- واحد'
    const { thread } = await threadBy(forum, 'Zoé', { title: 'كاميرات المراقبة', body })
    const page = await openWindow(t, await startBrowser(), forum.origin)
    await page.goto(`/threads/${thread.id}/${encodeURIComponent(thread.slug)}`)
    // How far the first letter of each paragraph, and the list's, is from the left and from the right of the text.
    const sides = await page.evaluate(`[...document.querySelectorAll('.prose > *')].map((paragraph) => {
    const range = document.createRange()
    range.selectNode(document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT, (text) =>
      text.data.trim() ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT).nextNode())
    const line = range.getClientRects()[0]
    const { left, right } = paragraph.getBoundingClientRect()
    return line.left - left < right - line.right ? 'left' : 'right'
  })`)
    t.same(sides, ['right', 'left', 'right'])
    t.match(
      await page.evaluate(`(() => {
      const text = document.querySelector('.prose a').firstChild
      const at = (index) => {
        const range = document.createRange()
        range.setStart(text, index)
        range.setEnd(text, index + 1)
        return range.getBoundingClientRect().left
      }
      return at(0) < at(1)
    })()`),
      true,
      'the name itself reads @Zoé',
    )
  },
)
