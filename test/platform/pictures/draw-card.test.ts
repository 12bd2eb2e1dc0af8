import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import sharp from 'sharp'
import t from 'tap'
import { CARD_SIZE, drawCard } from '../../../src/platform/pictures/draw-card.ts'

const card = (title: string, about = 'Marseille · Big Data') => drawCard({ site: 'Contrechamp', title, about }, 'test')

/** How many dots of a picture are dark, from some line to another. */
async function ink(picture: Buffer, top: number, height: number): Promise<number> {
  const { data } = await sharp(picture)
    .extract({ left: 0, top, width: CARD_SIZE.width, height })
    .greyscale()
    .raw()
    .toBuffer({ resolveWithObject: true })
  return data.filter((dot) => dot < 100).length
}

t.test('a picture for link previews', async (t) => {
  t.test('shows a title however long, between the name and the line', async (t) => {
    for (const title of [
      'A',
      'Relevé des caméras',
      'W'.repeat(160),
      'Quel périmètre exact ? '.repeat(7),
      '監視カメラ 🎥',
    ]) {
      const picture = await card(title)
      t.match(await sharp(picture).metadata(), { format: 'png', ...CARD_SIZE })
      t.ok((await ink(picture, 190, 300)) > 500, title)
      t.equal(await ink(picture, 492, 20), 0, 'nothing runs over')
      t.ok(picture.length < 60_000)
    }
  })

  t.test('takes no title for markup, and bears what cannot be shown', async (t) => {
    for (const title of ['<span size="99999">&amp;', '</span>&', '\u0007\u202e\u200b', '']) {
      t.match(await sharp(await card(title, '')).metadata(), CARD_SIZE)
    }
  })

  t.test('says as much where the machine has no font', async (t) => {
    const folder = await mkdtemp(join(tmpdir(), 'contrechamp-fonts-'))
    t.teardown(() => rm(folder, { recursive: true, force: true }))
    const [bare, drawn] = [join(folder, 'fonts.conf'), join(folder, 'card.png')]
    await writeFile(bare, '<?xml version="1.0"?><fontconfig></fontconfig>')
    const draw = new URL('../../../src/platform/pictures/draw-card.ts', import.meta.url)
    const script = `import { drawCard } from ${JSON.stringify(draw.href)}
      import { writeFile } from 'node:fs/promises'
      const card = { site: 'Contrechamp', title: 'Relevé des caméras', about: 'Nice' }
      await writeFile(${JSON.stringify(drawn)}, await drawCard(card, ''))`
    const env = { PATH: process.env.PATH, FONTCONFIG_FILE: bare, _TAPJS_PROCESSINFO_COVERAGE_: '0' }
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], { env })
    // Fonts are smoothed by what the machine says, so that not every dot is the same.
    const [there, here] = [
      await ink(await readFile(drawn), 190, 300),
      await ink(await card('Relevé des caméras', 'Nice'), 190, 300),
    ]
    t.ok(Math.abs(there - here) < here / 5, `${there} dots, and ${here} here`)
  })
})
