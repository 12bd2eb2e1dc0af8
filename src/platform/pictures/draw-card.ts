import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { OverlayOptions } from 'sharp'
import { FairQueue } from '../rate-limits/fair-queue.ts'

/** What a picture for link previews says, from top to bottom. */
export interface Card {
  site: string
  title: string
  /** In one line, below. */
  about: string
}

/** In pixels: what previews show whole. */
export const CARD_SIZE = { width: 1_200, height: 630 }

const MARGIN = 80
const TITLE = { top: 190, height: 300, size: 58 }
const PAPER = '#fbfaf6'
const INK = '#211d17'
const QUIET = '#4d463c'
const SIGNAL = '#8c2412'

/** The words are not in it: a server may have no font at all, and then an SVG shows none. */
const BACKGROUND = `<svg xmlns="http://www.w3.org/2000/svg" width="${CARD_SIZE.width}" height="${CARD_SIZE.height}">
<rect width="100%" height="100%" fill="${PAPER}"/>
<rect width="100%" height="14" fill="${SIGNAL}"/>
<circle cx="${MARGIN + 15}" cy="107" r="12" fill="none" stroke="${SIGNAL}" stroke-width="7"/>
<path d="M${MARGIN} 518H${CARD_SIZE.width - MARGIN}" stroke="${QUIET}" stroke-width="1"/>
</svg>`

const font = (name: string) => fileURLToPath(new URL(`../../../static/fonts/${name}.ttf`, import.meta.url))
const SERIF = { font: 'DejaVu Serif Bold', fontfile: font('DejaVuSerif-Bold') }
const SANS = { font: 'DejaVu Sans', fontfile: font('DejaVuSans') }

/** One at a time, and for each as long a rest as it took: pages come first. */
const queue = new FairQueue({ atOnce: 1, waiting: 50 })

/**
 * Draws a card as PNG, outside the main thread.
 * @param group who asks: those who ask for many wait for themselves only.
 * @throws Problem 503 where too many wait.
 */
export const drawCard = (card: Card, group: string): Promise<Buffer> =>
  queue.run(group, async () => {
    const began = performance.now()
    const drawn = await draw(card)
    await setTimeout(performance.now() - began)
    return drawn
  })

/** Loaded with the first picture: most processes draw none. */
async function openSharp() {
  const { default: sharp } = await import('sharp')
  sharp.cache(false)
  sharp.concurrency(1)
  return sharp
}

async function draw({ site, title, about }: Card): Promise<Buffer> {
  const sharp = await openSharp()
  const width = CARD_SIZE.width - 2 * MARGIN

  /** Smaller where they do not fit. */
  async function words(said: string, style: typeof SERIF, size: number, colour: string, height: number) {
    const text = said.replace(/[\p{Cc}\p{Cf}]/gu, ' ').trim()
    if (!text) return null
    const shown = { text: `<span foreground="${colour}">${asMarkup(text)}</span>`, rgba: true, width, dpi: 72 }
    const wrapped = { ...shown, ...style, font: `${style.font} ${size}`, wrap: 'word-char', spacing: 4 } as const
    const natural = await sharp({ text: wrapped }).png().toBuffer({ resolveWithObject: true })
    if (natural.info.height <= height) return natural
    const { dpi: _size, ...fitted } = { ...wrapped, height }
    return sharp({ text: fitted }).png().toBuffer({ resolveWithObject: true })
  }

  const [heading, name, line] = [
    await words(title, SERIF, TITLE.size, INK, TITLE.height),
    await words(site, SERIF, 34, INK, 60),
    await words(about, SANS, 30, QUIET, 64),
  ]
  const placed = (drawn: { data: Buffer } | null, left: number, top: number): OverlayOptions[] =>
    drawn ? [{ input: drawn.data, left, top }] : []
  return sharp(Buffer.from(BACKGROUND))
    .composite([...placed(name, MARGIN + 44, 92), ...placed(heading, MARGIN, TITLE.top), ...placed(line, MARGIN, 544)])
    .png({ palette: true, colours: 32 })
    .toBuffer()
}

/** Pango reads markup: nobody's title is any. */
const asMarkup = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
