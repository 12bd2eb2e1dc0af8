import t from 'tap'
import { translator } from '../../../../src/platform/text/i18n/translate.ts'

const say = translator('fr')

t.test('what a person wrote stands in a message to the letter', async (t) => {
  for (const title of ['<b>&amp;', '{{title}}', '$t(site.name)', '$t(posts.reply_to_thread, {"title": "x"})', '$&']) {
    t.equal(say('posts.reply_to_thread', { title }), `Répondre\u202f: ${title}`)
  }
})

t.test('numbers have the form that the language gives them', async (t) => {
  const replies = (language: 'fr' | 'en', count: number) =>
    translator(language)('threads.replies', { count, shown: count })
  t.same(
    [0, 1, 2, 1_000_000].map((count) => replies('fr', count)),
    ['Pas encore de réponse', '1 réponse', '2 réponses', '1000000 réponses'],
  )
  t.same(
    [0, 1, 2].map((count) => replies('en', count)),
    ['No replies yet', '1 reply', '2 replies'],
  )
  t.equal(say('errors.too_long', { count: 120_000 }), 'Trop long\u202f: au plus 120\u202f000 caractères.')
})
