import t from 'tap'
import { named } from '../../../support/named.ts'
import { rendered } from '../../../support/shown.ts'

const FRENCH = 'La mairie n’a pas répondu à notre demande de communication des marchés publics'
const ENGLISH = 'The council has not answered our request for the contracts'
const ARABIC = 'لم ترد البلدية على طلبنا بخصوص الكاميرات'

const guessed = (body: string, writersOwn = 'fr') => rendered(body, { language: writersOwn, guess: true })

t.test('a text tells its language, and is printed as that one is', async (t) => {
  t.match(guessed(`${FRENCH} : "rien" !`, 'en'), { language: 'fr', excerpt: /\u202f: «\u202frien\u202f»\u202f!$/ })
  t.match(guessed(`${ENGLISH} : "nothing" !`), { language: 'en', excerpt: / : “nothing” !$/ })
  t.match(guessed(`${ARABIC} : "لا" !`), { language: 'ar', excerpt: / : "لا" !$/ }, 'or as it was typed')
})

t.test('unless somebody has said which it is in', async (t) => {
  t.match(rendered(`${ENGLISH} !`, { language: 'fr' }), { language: 'fr', excerpt: /\u202f!$/ })
  t.match(rendered(`${FRENCH} !`, { language: 'de' }), { language: 'de', excerpt: / !$/ })
})

for (const body of [
  `> ${ENGLISH}. ${ENGLISH}.\n\n${FRENCH}.`,
  `${FRENCH} :\n\n\`\`\`\n${ENGLISH}. ${ENGLISH}.\n\`\`\``,
  `<p lang="en">${ENGLISH}. ${ENGLISH}.</p>\n\n${FRENCH}.`,
  `${FRENCH} : <q>${ENGLISH}. ${ENGLISH}.</q>`,
  `${FRENCH} : https://example.org/${ENGLISH.replaceAll(' ', '/')}/${ENGLISH.replaceAll(' ', '-')}`,
  `${FRENCH}.\n\n`.repeat(20) + `${ENGLISH}.\n\n`.repeat(40),
]) {
  t.test(`${named(body.slice(0, 60))} is French`, async (t) => t.equal(guessed(body, 'en').language, 'fr'))
}

t.test('a text of nothing but a quote is in the language of the quote', async (t) => {
  t.equal(guessed(`> ${ENGLISH}.`).language, 'en')
  t.equal(guessed(`Voici :\n\n> ${ENGLISH}.`).language, 'fr', 'which a word of one’s own is enough to end')
})

t.test('a text of nothing but code is in the language of who writes it', async (t) => {
  t.equal(guessed(`\`\`\`\n${ENGLISH}. ${ENGLISH}.\n\`\`\``).language, 'fr')
})

t.test('who is mentioned does not count', async (t) => {
  t.equal(guessed('@zoe merci', 'en').language, 'en')
})
