import fc from 'fast-check'
import t from 'tap'
import { contrast, lightened } from '../../src/platform/colours.ts'

const colours = fc.integer({ min: 0, max: 0xffffff }).map((number) => `#${number.toString(16).padStart(6, '0')}`)

t.test('the contrast of two colours', async (t) => {
  t.equal(contrast('#000000', '#ffffff'), 21)
  t.equal(contrast('#767676', '#ffffff').toFixed(2), '4.54', 'as the specification’s own example')
  fc.assert(fc.property(colours, colours, (one, other) => contrast(one, other) === contrast(other, one)))
})

t.test('whatever its colour, a text is light enough for dark paper', async () => {
  fc.assert(fc.property(colours, (colour) => contrast(lightened(colour, '#191815', 7), '#191815') >= 7))
})
