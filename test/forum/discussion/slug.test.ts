import fc from 'fast-check'
import t, { type Test } from 'tap'
import { slugOf } from '../../../src/forum/discussion/slug.ts'
import { anySign } from '../../support/any-sign.ts'
import { named } from '../../support/named.ts'

const SLUGS: [title: string, slug: string][] = [
  ['La réponse de la mairie', 'la-reponse-de-la-mairie'],
  ['  Œuvres & «cœurs» : l’été !  ', 'oeuvres-coeurs-l-ete'],
  ['Straße', 'strasse'],
  ['½ ⅓ ² Ⅻ', '1-2-1-3-2-xii'],
  ['АКТ №5', 'акт-no5'],
  ['서울 감시 카메라', '서울-감시-카메라'],
  ['監視カメラ', '監視カメラ'],
  ['हिन्दी में शीर्षक', 'हिन्दी-में-शीर्षक'],
  ['กล้องที่นี่', 'กล้องที่นี่'],
  ['ガード', 'ガード'],
  ['Новый майор', 'новый-майор'],
  ['Άδειες, προϊόντα', 'αδειες-προιοντα'],
  ['תַּקָנוֹן', 'תַּקָנוֹן'.normalize('NFC')],
  ['كَامِيرَا', 'كاميرا'],
  ['z\u0301\u0302\u0303 서울\u0301', 'z-서울'],
  ['../../admin?x=1#y', 'admin-x-1-y'],
  ['???', 'sujet'],
  ['😀', 'sujet'],
  ['', 'sujet'],
]

for (const [title, slug] of SLUGS) {
  t.test(`${named(title)} becomes ${slug}`, async (t) => t.equal(slugOf(title), slug))
}

const title = fc.oneof(
  fc.string({ unit: anySign, maxLength: 160 }),
  fc.string({ unit: fc.constantFrom(...'abé 서울ŒßΣσİ½-_/.\u0301'), maxLength: 160 }),
  fc.string({ unit: fc.constantFrom('a', '𝔞', '𐐀', ' '), maxLength: 160 }),
)
const always = (t: Test, what: (slug: string) => boolean) =>
  t.doesNotThrow(() =>
    fc.assert(
      fc.property(title, (text) => what(slugOf(text))),
      { seed: 1, numRuns: 3_000 },
    ),
  )

t.test('is letters and digits, with dashes between', async (t) =>
  always(t, (slug) => /^[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(-[\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*$/u.test(slug)),
)
t.test('is never long', async (t) => always(t, (slug) => slug.length <= 80))
t.test('is its own slug', async (t) => always(t, (slug) => slugOf(slug) === slug))
t.test('comes back from an address as it was', async (t) =>
  always(
    t,
    (slug) =>
      decodeURIComponent(new URL(`/${encodeURIComponent(slug)}`, 'http://x').pathname)
        .slice(1)
        .normalize('NFC') === slug,
  ),
)

t.test('a long title is cut between words, a long word between letters', async (t) => {
  t.match(slugOf('surveillance '.repeat(20)), /^(surveillance-)+surveillance$/)
  t.equal(slugOf('a'.repeat(200)), 'a'.repeat(40))
  t.equal(slugOf('𐐨'.repeat(200)), '𐐨'.repeat(40))
  t.equal(slugOf('कि'.repeat(100)), 'कि'.repeat(20))
  t.equal(slugOf(`a${'कि'.repeat(100)}`), `a${'कि'.repeat(19)}`)
})

t.test('a title that is also the name of a page beside threads has a page of its own', async (t) => {
  t.equal(slugOf('Move !'), 'sujet-move')
})
