import { readFileSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import t from 'tap'
import { openWindow, openWindowOf, type Reader, startBrowser } from '../support/browser.ts'
import { fillWithDemo } from '../support/demo.ts'
import { startForum } from '../support/forum.ts'

/** What the main pages look like. `WRITE_PICTURES=1 npm run test:one -- test/browser/pictures.test.ts` takes them anew. */
const PICTURES = join(import.meta.dirname, '..', 'pictures')
/** The README's, taken with them in the fonts of this machine. */
const README = join(import.meta.dirname, '..', '..', 'docs', 'home.png')
/** Where those are put that have become different, to look at. */
const FOUND = join(import.meta.dirname, '..', '..', 'node_modules', '.cache', 'pictures')
const HOW_TO_WRITE =
  'look at it, and if it is meant: WRITE_PICTURES=1 npm run test:one -- test/browser/pictures.test.ts'
const writing = process.env.WRITE_PICTURES === '1'

const SCREENS = [
  { width: 360, height: 1_100, colorScheme: 'light' },
  { width: 1280, height: 900, colorScheme: 'dark' },
] as const

/** Machines have different fonts: all letters are those that the forum draws its cards with. And the days go by. */
const font = readFileSync(new URL('../../static/fonts/DejaVuSans.ttf', import.meta.url)).toString('base64')
const SAME_EVERYWHERE = `
  @font-face { font-family: Cards; src: url(data:font/ttf;base64,${font}) }
  :root { --serif: Cards; --sans: Cards; --mono: Cards }
  time, .folio { display: none !important }`

/** Half of the pixels each way: what is left is what somebody sees, not how an edge is smoothed. */
const SCALE = 0.5
/** Of 255, by which a pixel is another. */
const ANOTHER = 40
const MOST_OTHERS = 0.005

async function pictureOf(page: Reader): Promise<Buffer> {
  const shot = sharp(await page.screenshot())
  const { width } = await shot.metadata()
  return shot
    .resize({ width: Math.round(width * SCALE) })
    .png({ palette: true, colours: 64 })
    .toBuffer()
}

/** The share of pixels that differ; all of them where the sizes do. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
  const [a, b] = await Promise.all(
    [one, other].map((picture) => sharp(picture).removeAlpha().greyscale().raw().toBuffer({ resolveWithObject: true })),
  )
  if (!a || !b || a.info.width !== b.info.width || a.info.height !== b.info.height) return 1
  const others = a.data.filter((value, place) => Math.abs(value - (b.data[place] ?? 0)) > ANOTHER)
  return others.length / a.data.length
}

t.test('the main pages look as they did', async (t) => {
  const forum = await startForum(t)
  await fillWithDemo(forum, { posts: 600, threads: 60, members: 20 })
  const reader = await forum.member('Zoé')
  const board = await forum.passerBy().get('/cities/marseille')
  const thread = board.document.querySelector('.thread a[href^="/threads/"]')?.getAttribute('href')
  const pages = {
    home: '/',
    board: '/cities/marseille',
    thread: thread ?? '',
    search: '/search?q=cam%C3%A9ras',
    write: '/threads/new?board=marseille',
    settings: '/settings',
  }
  const browser = await startBrowser()
  for (const { width, height, colorScheme } of SCREENS) {
    const options = { viewport: { width, height }, colorScheme, javaScriptEnabled: false, bypassCSP: true }
    const visitor = await openWindow(t, browser, forum.origin, options)
    const member = await openWindowOf(t, browser, reader, options)
    for (const page of [visitor, member])
      await page.route(/\.css$/, async (route) => {
        const style = await route.fetch()
        await route.fulfill({ response: style, body: (await style.text()) + SAME_EVERYWHERE })
      })
    for (const [name, path] of Object.entries(pages)) {
      const page = name === 'write' || name === 'settings' ? member : visitor
      await page.goto(path)
      await compare(`${name}-${width}-${colorScheme}.png`, await pictureOf(page))
    }
  }
  if (writing) {
    const page = await openWindow(t, browser, forum.origin, { viewport: { width: 1280, height: 900 } })
    await page.goto('/')
    await page.screenshot({ path: README })
  }

  async function compare(file: string, picture: Buffer) {
    if (writing) {
      await mkdir(PICTURES, { recursive: true })
      return writeFile(join(PICTURES, file), picture)
    }
    const share = await difference(await readFile(join(PICTURES, file)), picture)
    if (share <= MOST_OTHERS) return t.pass(file)
    await mkdir(FOUND, { recursive: true })
    await writeFile(join(FOUND, file), picture)
    return t.fail(`${file}: ${(share * 100).toFixed(1)} % has changed; it is in ${FOUND}: ${HOW_TO_WRITE}`)
  }
})
