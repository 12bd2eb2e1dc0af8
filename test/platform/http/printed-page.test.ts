import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import t from 'tap'
import { fillIn, fillInCompressed, printPage } from '../../../src/platform/http/printed-page.ts'
import { BLANK } from '../../../views/parts/own.ts'
import { anySign } from '../../support/any-sign.ts'

const text = fc.string({ unit: anySign, maxLength: 5_000 })

t.test('a page that was printed once is each reader’s own, compressed or not', async () => {
  const page = fc.record({ start: text, parts: fc.array(fc.record({ own: text, after: text }), { maxLength: 6 }) })
  fc.assert(
    fc.property(page, ({ start, parts }) => {
      const markup = start + parts.map(({ after }, place) => BLANK + place + BLANK + after).join('')
      const own = Object.fromEntries(parts.map((part, place) => [String(place), part.own]))
      const filled = start + parts.map((part) => part.own + part.after).join('')
      const printed = printPage(markup)
      return fillIn(printed, own) === filled && gunzipSync(fillInCompressed(printed, own)).toString() === filled
    }),
  )
})

t.test('a page of many pieces is checked as a whole, however long they are', async (t) => {
  for (const length of [0, 1, 255, 65_536, 1_000_000]) {
    const printed = printPage(`${'é'.repeat(length)}${BLANK}name${BLANK}${'ß'.repeat(length)}`)
    const page = gunzipSync(fillInCompressed(printed, { name: 'Zoé' })).toString()
    t.ok(page === `${'é'.repeat(length)}Zoé${'ß'.repeat(length)}`, `${length} signs`)
  }
})

t.test('what is a reader’s own cannot get into a page for many', async (t) => {
  t.throws(() => printPage(`<p>${BLANK}</p>`), 'a name that was written instead of left out')
  const printed = printPage(`<p>${BLANK}name${BLANK}</p>`)
  t.throws(() => fillIn(printed, {}), 'a blank that nobody fills in')
  t.throws(() => fillInCompressed(printed, { other: 'Zoé' }))
})
