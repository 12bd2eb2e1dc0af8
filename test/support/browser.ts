import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import type { Test } from 'tap'
import { CHROMIUM, chromiumEnvironment } from './chromium.ts'

/** No request of its own leaves the machine, and no sandbox, because tests may run as root in a container. */
const SWITCHES = [
  '--no-sandbox',
  '--no-zygote',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--font-render-hinting=none',
]

/** A real browser for one test file. */
export async function startBrowser(t: Test): Promise<Browser> {
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: SWITCHES, env: chromiumEnvironment() })
  t.teardown(() => browser.close())
  return browser
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
    ...options,
  })
  t.teardown(() => context.close())
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
