import { parseAtomFeed, parseJsonFeed } from 'feedsmith'
import type { TestForum } from './forum.ts'
import type { Person } from './person.ts'
import { threadBy } from './threads.ts'

/** A feed of the forum in Atom, as its readers understand it. */
export async function atom(reader: Person, path: string, headers: Record<string, string> = {}) {
  const visit = await reader.get(`${path}.atom`, headers)
  return { visit, feed: parseAtomFeed(visit.body), entries: parseAtomFeed(visit.body).entries ?? [] }
}

/** The same as JSON Feed. */
export async function json(reader: Person, path: string, headers: Record<string, string> = {}) {
  const visit = await reader.get(`${path}.json`, headers)
  return { visit, feed: parseJsonFeed(visit.body), items: parseJsonFeed(visit.body).items ?? [] }
}

export const titles = (entries: { title?: { value?: string } | undefined }[]) =>
  entries.map(({ title }) => title?.value)

/** Zoé’s thread in Nice and Big Data, with all that a title and a text may hold. */
export async function contracts(forum: TestForum) {
  return threadBy(forum, 'Zoé', {
    title: 'Marchés : qui a le "CCTP" ? <b>& co</b>',
    boards: ['nice', 'big-data'],
    body: 'Voir le **marché**, et @Zoé au #1 ; ]]> & <del>non</del>.\n\nNote[^1] et [site](https://exemple.org/).\n\n[^1]: ici',
  })
}
