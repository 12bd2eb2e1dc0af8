import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import root, { type Test } from 'tap'
import { sessionCookieName } from '../../src/platform/http/session-cookie.ts'
import { CHROMIUM, chromiumEnvironment } from './chromium.ts'
import type { Person } from './person.ts'

/** No request of its own leaves the machine, and no sandbox, because tests may run as root in a container. */
const SWITCHES = [
  '--no-sandbox',
  // What is only there to be safe from each other, or to survive each other, costs more than half of the time.
  '--disable-gpu',
  '--in-process-gpu',
  '--enable-features=NetworkServiceInProcess2',
  '--disable-site-isolation-trials',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** For whatever a test waits for in a window, which then fails with the name of it: long for a busy machine, too. */
const PATIENCE_MILLISECONDS = 20_000

let started: Promise<Browser> | undefined

/** A real browser, one for all the test files of a process: each opens windows of its own in it. */
export function startBrowser(): Promise<Browser> {
  started ??= chromium
    .launch({ executablePath: CHROMIUM, args: SWITCHES, env: chromiumEnvironment() })
    .then((browser) => {
      root.teardown(() => browser.close())
      return browser
    })
  return started
}

export interface Reader extends Page {
  /** Requests that went anywhere but to the forum. */
  strayRequests: string[]
  /** What the console said was wrong: errors of scripts, refusals of the security policy. */
  complaints: string[]
}

/** Somebody's window: its own cookies, its own size. */
export async function openWindow(
  t: Test,
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Reader> {
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    locale: 'fr-FR',
    // Nothing glides, so that what is measured stands still.
    reducedMotion: 'reduce',
    // What it answers, a test can neither see nor stand in for.
    serviceWorkers: 'block',
    ...options,
  })
  t.teardown(() => context.close())
  context.setDefaultTimeout(PATIENCE_MILLISECONDS)
  const page = await context.newPage()
  const strayRequests: string[] = []
  const complaints: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) strayRequests.push(request.url())
  })
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(error.message))
  return Object.assign(page, { strayRequests, complaints })
}

/** The same, of somebody who has logged in, with that session: nothing of the forum is open in it yet. */
export async function openWindowOf(
  t: Test,
  browser: Browser,
  person: Person,
  options: BrowserContextOptions = {},
): Promise<Reader> {
  const page = await openWindow(t, browser, person.origin, options)
  const name = sessionCookieName(person.origin)
  await page.context().addCookies([{ name, value: person.cookie(name) ?? '', url: person.origin }])
  return page
}

/** Number and text of each post, as a page of a thread shows them. */
export const shownPosts = (page: Page) =>
  page.$$eval('.post', (posts) =>
    posts.map((post) => [
      post.querySelector('.number')?.textContent,
      (post.querySelector('.prose') ?? post.querySelector('h2 span'))?.textContent?.trim(),
    ]),
  )
