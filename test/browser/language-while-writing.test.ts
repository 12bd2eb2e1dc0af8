import t from 'tap'
import { openWindow, type Reader, startBrowser } from '../support/browser.ts'
import { PASSWORD, startForum } from '../support/forum.ts'
import { threadBy } from '../support/threads.ts'

const WORDS = 'Huit caméras\n\n« quai » </textarea> & plus'
const FOOT = '.colophon button'

t.test('whoever changes language or look while writing loses no word', async (t) => {
  const forum = await startForum(t)
  await forum.member('Zoé')
  const { thread, id } = await threadBy(forum, 'Zoé')
  const browser = await startBrowser()
  const writing: Record<string, Record<string, string>> = {
    '/threads/new?board=nice': { title: 'Le quai', body: WORDS },
    [`/threads/${thread.id}/${thread.slug}`]: { body: WORDS },
    [`/threads/${thread.id}/${thread.slug}?reply_to=1`]: { body: WORDS },
    [`/posts/${id}/edit`]: { title: 'Un autre titre', body: WORDS },
    '/settings': { biography: WORDS },
    '/settings/email': { email: 'zoe@exemple.fr' },
  }

  for (const javaScriptEnabled of [false, true]) {
    const how = javaScriptEnabled ? 'with JavaScript' : 'without JavaScript'
    const page = await openWindow(t, browser, forum.origin, { javaScriptEnabled })

    await page.goto('/register')
    await page.fill('#registration [name=username]', 'Karim')
    await choose(page, 'English')
    t.equal(await page.inputValue('#registration [name=username]'), 'Karim', `${how}: a name`)
    t.match(await page.textContent('h1'), 'Sign up')
    await choose(page, 'Français')

    await page.goto('/login')
    await page.fill('[name=username]', 'Zoé')
    await page.fill('[name=password]', PASSWORD)
    await page.click('#login button.main')
    for (const [place, fields] of Object.entries(writing)) {
      await page.goto(place)
      for (const [name, value] of Object.entries(fields)) await page.fill(`main [name=${name}]`, value)
      await choose(page, 'English')
      t.equal(await page.getAttribute('html', 'lang'), 'en', `${how}: ${place} in English`)
      await choose(page, 'Dark')
      t.equal(await page.getAttribute('html', 'data-theme'), 'dark')
      for (const [name, value] of Object.entries(fields)) {
        t.equal(await page.inputValue(`main [name=${name}]`), value, `${how}: ${place} ${name}`)
      }
      t.equal(await page.locator('.problems, .problem-page').count(), 0, 'nothing is said to be wrong')
      await choose(page, 'Automatic')
      await choose(page, 'Français')
    }

    await page.goto(`/threads/${thread.id}/${thread.slug}`)
    await page.fill('#reply textarea', `Merci ${how}`)
    await choose(page, 'English')
    await page.click('#reply button.main')
    await page.waitForSelector(`.post .prose >> text=Merci ${how}`)
    t.equal(await page.locator('.post').count(), javaScriptEnabled ? 3 : 2, 'it is sent once, and from there')
    await choose(page, 'Français')
    t.same(page.complaints, [])
  }
})

const choose = async (page: Reader, words: string) => {
  const answered = page.waitForResponse((answer) => answer.request().method() === 'POST')
  await page.click(`${FOOT}:text-is("${words}")`)
  await answered
  await page.waitForLoadState()
}
