import type { Call, NewsOfThread } from '../../src/forum/digests/content.ts'
import type { Digest } from '../../views/mails/digest-mail.ts'

/** That of a forum whose admins have changed nothing. */
export const LETTERHEAD = { name: '', signal: '' }

const member = 12
const BOARDS = new Map([
  [1, { name: { fr: 'Marseille', en: 'Marseille' } }],
  [2, { name: { fr: 'Nice', en: 'Nice' } }],
  [9, { name: { fr: 'Reconnaissance faciale', en: 'Facial recognition' } }],
])

const call = (kind: Call['kind'], id: number, title: string, more: Partial<Call>): Call => ({
  ...{
    member,
    kind,
    thread: { id, slug: 'sujet', title, language: 'fr', boardIds: [1] },
    number: 2,
    at: new Date('2026-03-11T17:30:00Z'),
    author: 'Léa',
    excerpt: '',
    excerptLanguage: 'fr',
    total: 4,
  },
  ...more,
})

const thread = (id: number, title: string, more: Partial<NewsOfThread>): NewsOfThread => ({
  ...{
    member,
    thread: { id, slug: 'sujet', title, language: 'fr', boardIds: [1] },
    board: 1,
    technology: null,
    search: null,
    isNew: false,
  },
  ...{
    number: 1,
    at: new Date('2026-03-12T08:05:00Z'),
    count: 1,
    author: 'Bob',
    excerpt: '',
    excerptLanguage: 'fr',
    total: 9,
  },
  ...more,
})

/** A digest with everything in it that one can have. */
export const DIGEST: Digest = {
  language: 'fr',
  origin: 'https://forum.exemple.fr',
  boardOf: (id) => BOARDS.get(id),
  last: false,
  unsubscribe: 'digest-12.0123456789abcdef01234567',
  stopThread: (thread) => `thread-12-${thread}.0123456789abcdef01234567`,
  at: new Date('2026-03-12T17:00:00Z'),
  timeZone: 'Europe/Paris',
  longestExcerpt: 240,
  calls: [
    call('answer', 3, 'Caméras du quai du Port : combien, et depuis quand ?', {
      number: 14,
      excerpt:
        'J’en compte huit, dont deux tournées vers les fenêtres du premier étage. La délibération de mars n’en annonçait que cinq ; quelqu’un aurait-il gardé la carte annexée au procès-verbal ?',
    }),
    call('mention', 8, 'Réunion publique de jeudi', {
      author: 'collectif-du-panier',
      excerpt: 'Merci @zoe pour les photos. « On ne savait pas », a dit l’adjoint : à voir.',
    }),
  ],
  news: [
    thread(21, 'Appel d’offres : vidéosurveillance algorithmique dans le métro, lots 1 à 4', {
      isNew: true,
      count: 4,
      excerpt:
        'Le cahier des charges est en ligne depuis hier : 312 pages, dont 40 caviardées. Lecture à plusieurs, page par page ?',
    }),
    thread(22, 'Drones au-dessus de la Plaine <script>alert(1)</script> & autres', {
      number: 41,
      count: 1_203,
      author: 'Inès',
      excerpt: 'Encore un ce matin à 7 h 40, très bas.',
    }),
    thread(23, 'Freedom of information requests: a guide', {
      thread: {
        id: 23,
        slug: 'foi',
        title: 'Freedom of information requests: a guide',
        language: 'en',
        boardIds: [2, 9],
      },
      board: 2,
      technology: 9,
      isNew: true,
      excerpt:
        'https://exemple.org/une-adresse-tres-longue-qui-ne-se-coupe-nulle-part-et-qui-doit-pourtant-tenir-dans-une-fenetre-etroite-sans-la-faire-deborder',
    }),
    thread(24, 'كاميرات المراقبة في الشوارع', {
      thread: { id: 24, slug: 'cameras', title: 'كاميرات المراقبة في الشوارع', language: 'ar', boardIds: [] },
      board: null,
      number: 3,
      count: 2,
      excerpt: 'مراقبة الشوارع في كل مكان',
      excerptLanguage: 'ar',
    }),
  ],
  moreCalls: 2,
  moreThreads: 5,
}
