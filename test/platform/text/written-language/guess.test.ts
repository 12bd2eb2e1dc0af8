import { eld } from 'eld/small'
import t from 'tap'
import { CATALOGUES } from '../../../../src/platform/text/i18n/catalogues.ts'
import { guessLanguage, piecesOf } from '../../../../src/platform/text/written-language/guess.ts'
import { GUESSED_LANGUAGES } from '../../../../src/platform/text/written-language/languages.ts'
import { named } from '../../../support/named.ts'

/** What the forum says in each of its languages, without what differs from time to time. */
const SAID = [...CATALOGUES].map(([language, catalogue]) => ({
  language,
  texts: [...catalogue.values()].map((text) => text.replace(/\{\{\w+\}\}/g, '')),
}))

const SENTENCES = {
  fr: 'Quelqu’un a-t-il vu passer la délibération sur les caméras du quai ?',
  en: 'Has anybody seen the council decision about the cameras on the quay?',
  ar: 'هل توجد كاميرات مراقبة في هذا الشارع؟',
  de: 'Weiß jemand, wie viele Kameras am Bahnhof hängen?',
  es: '¿Alguien sabe cuántas cámaras hay en la plaza del ayuntamiento?',
  it: 'Qualcuno sa quante telecamere ci sono davanti alla stazione?',
  nl: 'Weet iemand hoeveel camera’s er bij het station hangen?',
  pt: 'Alguém sabe quantas câmaras existem na praça da estação?',
  ru: 'Кто-нибудь знает, сколько камер висит на вокзале?',
  tr: 'İstasyonda kaç kamera olduğunu bilen var mı?',
}

for (const [language, text] of Object.entries(SENTENCES)) {
  t.test(`${named(text)} is ${language}, whoever writes it`, async (t) => {
    for (const writersOwn of ['fr', 'en']) t.equal(guessLanguage(text, writersOwn), language)
  })
}

for (const text of [
  '',
  'Ok',
  '+1',
  'Merci !',
  'Hello',
  'I agree',
  'Big Data',
  'BriefCam, Genetec',
  '🙂🙂🙂',
  '12 450,00 €',
  '你好',
]) {
  t.test(`${named(text)} is in the language of who writes it`, async (t) => {
    for (const writersOwn of ['fr', 'en', 'br']) t.equal(guessLanguage(text, writersOwn), writersOwn)
  })
}

/** Which of some texts by one writer are not told to be in a language. */
const mistaken = (texts: readonly string[], language: string, writersOwn: string) =>
  texts.filter((text) => guessLanguage(text, writersOwn) !== language)

t.test('what the forum itself says is hardly ever taken for another language', async (t) => {
  for (const { language, texts } of SAID) {
    const wrong = mistaken(texts, language, language)
    t.ok(wrong.length <= texts.length / 200, wrong.join('\n'))
  }
})

t.test('where it is long enough, it is told from the language of its writer', async (t) => {
  for (const { language, texts } of SAID) {
    const long = texts.filter((text) => piecesOf(text).size >= 20)
    t.ok(long.length > 30)
    const wrong = mistaken(long, language, language === 'fr' ? 'en' : 'fr')
    // Some say what to type, which is English.
    t.ok(wrong.length <= long.length / 40, wrong.join('\n'))
  }
})

t.test('eld says the same', async (t) => {
  eld.setLanguageSubset([...GUESSED_LANGUAGES])
  const texts = [...Object.values(SENTENCES), ...SAID.flatMap((said) => said.texts)]
  const told = texts.filter((text) => piecesOf(text).size >= 12)
  const others = told.filter((text) => guessLanguage(text, '') !== eld.detect(text).language)
  t.ok(others.length <= told.length / 100, others.join('\n'))
})
