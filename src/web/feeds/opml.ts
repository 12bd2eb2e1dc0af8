import { Type } from 'typebox'
import type { Wording } from '../../../views/page.ts'
import { readFollowed } from '../../forum/following/subscriptions-page.ts'
import type { Forum } from '../../forum/forum.ts'
import { followedSearches } from '../../forum/search/saved-searches.ts'
import { boardPath, crossingPath, searchPath, threadFeedPath, threadPath } from '../../paths.ts'
import type { App } from '../../platform/http/app.ts'
import { originFor } from '../../platform/http/asked-origin.ts'
import { worded } from '../../platform/text/i18n/worded.ts'
import { printable } from '../../platform/text/printable.ts'
import { memberOf, signedIn } from '../members/recognise-members.ts'

const MEDIA = 'text/x-opml'

/** All that a member follows as a list of feeds (OPML 2.0), to import into a feed reader. */
export function opmlRoute(app: App, forum: Forum): void {
  const list = { description: 'A list of feeds', content: { [MEDIA]: { schema: Type.String() } } }
  const options = { schema: { response: { 200: list } }, preValidation: signedIn }
  app.get('/subscriptions.opml', options, async (request, reply) => {
    const { generateOpml } = await import('feedsmith')
    const origin = originFor(request, forum.config.origin)
    const member = memberOf(request)
    const [places, searches] = await Promise.all([
      readFollowed(forum, member),
      followedSearches(forum.database, member.id),
    ])
    const followed = { ...places, searches }
    const text = generateOpml({
      head: { title: `${request.page.t('subscriptions.title')} · ${request.page.site.name}` },
      body: { outlines: outlinesOf(request.page, origin, followed) },
    })
    return reply
      .type(`${MEDIA}; charset=utf-8`)
      .header('cache-control', 'private, no-store')
      .header('content-disposition', 'attachment; filename="subscriptions.opml"')
      .send(text)
  })
}

type Followed = Awaited<ReturnType<typeof readFollowed>> & { searches: string[] }

function outlinesOf({ t, language }: Wording, origin: string, { boards, crossings, threads, searches }: Followed) {
  const outline = (name: string, home: string, feed = `${home}.atom`) => ({
    text: printable(name),
    title: printable(name),
    type: 'rss',
    xmlUrl: origin + feed,
    htmlUrl: origin + home,
  })
  const outlines = [
    ...boards.map(({ board }) => outline(worded(board.name, language), boardPath(board))),
    ...crossings.map(({ city, technology }) => {
      const names = { city: worded(city.name, language), technology: worded(technology.name, language) }
      return outline(t('map.crossing', names), crossingPath(city, technology))
    }),
    ...threads.map((thread) => outline(thread.title, threadPath(thread), `${threadFeedPath(thread)}.atom`)),
    ...searches.map((q) =>
      outline(t('search.title_of', { q }), searchPath({ q }), searchPath({ q }).replace('/search', '/search.atom')),
    ),
  ]
  // OPML needs at least one feed. A member who follows nothing gets the feed of all threads.
  return outlines.length > 0 ? outlines : [outline(t('threads.latest'), '/threads')]
}
