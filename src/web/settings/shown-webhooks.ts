import { Type } from 'typebox'
import type { Catalogue } from '../../forum/boards/catalogue.ts'
import { EVENT_GROUPS, type EventGroup } from '../../forum/webhooks/add-webhook.ts'
import type { ShownWebhook } from '../../forum/webhooks/queries.ts'
import { LONGEST_WEBHOOK_ADDRESS } from '../../limits.ts'
import { Slug } from '../shapes.ts'

/** The groups of events that a webhook can get. */
export const GROUPS = Object.keys(EVENT_GROUPS).filter((name): name is EventGroup => name in EVENT_GROUPS)
const ChosenBoard = Type.Optional(Type.Union([Slug, Type.Literal('')]))
export const NewWebhook = Type.Object({
  url: Type.String({ minLength: 1, maxLength: LONGEST_WEBHOOK_ADDRESS }),
  events: Type.Optional(Type.Array(Type.Enum(GROUPS), { maxItems: GROUPS.length })),
  city: ChosenBoard,
  technology: ChosenBoard,
})
/** A webhook with its groups of events and its boards by name. */
export function lineOf(catalogue: Catalogue, { boardId, technologyId, events, ...webhook }: ShownWebhook) {
  const told = GROUPS.filter((group) => EVENT_GROUPS[group].some((event) => events.includes(event)))
  const place = [boardId, technologyId].flatMap((id) => (id === null ? [] : (catalogue.withId(id) ?? [])))
  return { ...webhook, events: told, place }
}
