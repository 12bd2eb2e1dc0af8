import fc from 'fast-check'
import t from 'tap'
import { quotedPrintable } from '../../../src/platform/mail/quoted-printable.ts'
import { anySign } from '../../support/any-sign.ts'

/** As RFC 2045, 6.7 tells readers to. */
const read = (encoded: string) =>
  Buffer.from(
    encoded
      .replace(/=\r\n/g, '')
      .replace(/=([0-9A-F]{2})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 16))),
    'latin1',
  ).toString()

const WORDS = fc.string({
  unit: fc.oneof(fc.constantFrom('\n', '\r\n', ' ', '\t', '=', '.', 'é', '👀'), fc.string({ unit: anySign })),
  maxLength: 400,
})

t.test('whatever a text says is read again, from lines that every server takes', async (t) => {
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(WORDS, (text) => {
        const encoded = quotedPrintable(text).toString('latin1')
        const isText = read(encoded) === text.toWellFormed().replace(/\r\n?|\n/g, '\r\n')
        return isText && encoded.split('\r\n').every((line) => /^[ -~]{0,76}$/.test(line) && !/[ \t]$/.test(line))
      }),
    ),
  )
})

t.test('what is plain stays readable', async (t) => {
  t.equal(quotedPrintable('Un fil.\nPar Zoé. ').toString(), 'Un fil.\r\nPar Zo=C3=A9.=20')
  t.equal(quotedPrintable('a'.repeat(80)).toString(), `${'a'.repeat(75)}=\r\naaaaa`)
})
