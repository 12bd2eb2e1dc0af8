import t from 'tap'
import { quoted } from '../../../src/forum/discussion/quote.ts'
import { shown } from '../../support/shown.ts'

const quote = (body: string, number = 2) => quoted({ author: 'zoe', number, body })

t.test('a post is quoted as it was written, and said to be theirs', async (t) => {
  t.equal(quote('un\n\n> deux\n`[^a]`'), '@zoe #2\n> un\n>\n> > deux\n> `[^a]`\n\n')
})

t.test('the notes of what is quoted have names of their own', async (t) => {
  t.equal(
    quote('Deux[^1][^b].\n\n[^1]: Un.\n[^b]: B.'),
    '@zoe #2\n> Deux[^2-1][^2-b].\n>\n> [^2-1]: Un.\n> [^2-b]: B.\n\n',
  )
  t.equal(quote('> a[^2-1]\n>\n> [^2-1]: Un.', 3), '@zoe #3\n> > a[^3-2-1]\n> >\n> > [^3-2-1]: Un.\n\n')
  const answer = shown(`${quote('Deux[^1].\n\n[^1]: Note citée.')}Réponse[^1].\n\n[^1]: Ma note.`)
  t.same(
    [...answer.querySelectorAll('section')].map(({ textContent }) => textContent.replace(/\s+/g, ' ').trim()),
    ['Note citée. ↩', 'Ma note. ↩'],
  )
})

t.test('a long post is cut between signs', async (t) => {
  const cut = quote(`a${'👨‍👩‍👧‍👦'.repeat(1_000)}`)
  t.match(cut, /👦 \[…\]\n\n$/)
  t.ok(cut.length < 4_100)
})
