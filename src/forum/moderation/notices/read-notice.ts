import { sql } from 'drizzle-orm'
import { statement } from '../../../platform/database/statement.ts'
import { notFound } from '../../../platform/problem.ts'
import type { Decision, FlagReason } from '../../../schema/enums.ts'
import type { Forum } from '../../forum.ts'
import { codeHash } from './notice-code.ts'

/** What somebody with the code of a notice may see. */
export interface ShownNotice {
  url: string
  reason: FlagReason
  explanation: string
  createdAt: Date
  closedAt: Date | null
  decision: Decision | null
  statement: string | null
}

const byCode = statement<ShownNotice>(sql`
    select url, reason, explanation, notices.created_at as "createdAt", closed_at as "closedAt", decision, statement
    from notices join cases on cases.id = notices.case_id
    where code_hash = ${sql.placeholder('hash')}`)

/** @throws Problem 404 for an unknown code, or a deleted notice. */
export async function readNotice({ database }: Forum, code: string): Promise<ShownNotice> {
  const [found] = await byCode(database, { hash: codeHash(code) })
  if (!found) throw notFound('report.not_found')
  return found
}
