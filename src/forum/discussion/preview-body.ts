import { takeAttempt } from '../../platform/rate-limits/rate-limits.ts'
import { type Html, safeHtml } from '../../platform/text/html.ts'
import type { Forum } from '../forum.ts'
import { type BodySource, renderBody } from './render-body.ts'
import { looking } from './text-owner.ts'

const PREVIEWS = { action: 'preview', most: 120, seconds: 300 }

export interface Preview {
  html: Html
  /** The code of its language. */
  language: string
}

/**
 * Renders a text as a post, for its writer only. Scripts and forms share one limit.
 * @throws Problem 429 for too many previews, and as `renderBody`.
 */
export async function previewBody(forum: Forum, member: number, source: BodySource): Promise<Preview> {
  await takeAttempt(forum, PREVIEWS, String(member))
  const { html, language } = await renderBody(forum, source, looking(forum, member))
  return { html: safeHtml(html), language }
}
