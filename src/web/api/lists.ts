import type { FastifyReply, FastifyRequest } from 'fastify'
import { type TSchema, Type } from 'typebox'
import { json } from '../../platform/http/answers.ts'

const MOST_ITEMS = 100

export const Limit = Type.Optional(Type.Integer({ minimum: 1, maximum: MOST_ITEMS, description: 'At most so many' }))

/** A page of a list. The header `Link` leads to the next page. */
export const listOf = <Item extends TSchema>(item: Item) => {
  const list = json(Type.Object({ items: Type.Array(item) }))
  return { ...list, headers: LINK }
}

interface PageOfList<Item, Place> {
  items: Item[]
  next: Place | null
}

/**
 * Reads as many items as a program asks for, over several pages if needed; without a number, one page. Also answers
 * where the next page begins.
 * @param read reads one page of at most so many items, from a place on.
 */
export async function gathered<Place, Item, More>(
  most: number | undefined,
  from: Place | undefined,
  read: (from: Place | undefined, most: number | undefined) => Promise<PageOfList<Item, Place> & More>,
): Promise<PageOfList<Item, Place> & More> {
  const first = await read(from, most)
  const items = [...first.items]
  let next = first.next
  while (most !== undefined && next !== null && items.length < most) {
    const page = await read(next, most - items.length)
    items.push(...page.items)
    next = page.next
  }
  return { ...first, items, next }
}

/** The response header that leads to the next page of a list (RFC 8288). */
export const LINK = {
  Link: { type: 'string', description: 'The next page, as <…>; rel="next"; absent on the last one' },
}

/** Sets the header `Link` to the same address with the place where the next page begins. */
export function linkNext(request: FastifyRequest, reply: FastifyReply, field: string, place: string | null): void {
  if (place === null) return
  const [path = '', query = ''] = request.url.split('?')
  const fields = new URLSearchParams(query)
  fields.set(field, place)
  reply.header('link', `<${path}?${fields}>; rel="next"`)
}
