import pg from 'pg'
import type { Statement } from './statements.ts'

/** One step of how PostgreSQL answered a query, as EXPLAIN (FORMAT JSON) tells it, with what we look at. */
export interface PlanStep {
  kind: string
  /** The table it reads, if it does. */
  table: string | null
  /** Rows that came out of it, in all its rounds together. */
  rows: number
  /** Rows it looked at and threw away. */
  removed: number
  steps: PlanStep[]
}

export interface ExplainedQuery {
  milliseconds: number
  /** Blocks of 8 kB that were read, from memory or disk. */
  blocks: number
  plan: PlanStep
  /** The whole of EXPLAIN's answer. */
  json: object
}

/** Whether PostgreSQL plans for the very values, as it does at first (`auto` too), or once for all, as it may later. */
export type Planning = 'auto' | 'force_custom_plan' | 'force_generic_plan'

/** Runs a statement again, with its values, and answers how PostgreSQL did it; what it changes is taken back. */
export async function explain(
  client: pg.ClientBase,
  statement: Statement,
  planning: Planning,
): Promise<ExplainedQuery> {
  const values = statement.values.length > 0 ? `(${statement.values.map(literal).join(', ')})` : ''
  await client.query('deallocate all')
  await client.query(`prepare explained as ${statement.text}`)
  await client.query(`begin; set local plan_cache_mode = ${planning}`)
  const { rows } = await client.query(`explain (analyze, buffers, timing off, format json) execute explained${values}`)
  await client.query('rollback')
  const [json] = rows[0]['QUERY PLAN']
  const { Plan: plan } = json
  return {
    milliseconds: json['Execution Time'],
    blocks: (plan['Shared Hit Blocks'] ?? 0) + (plan['Shared Read Blocks'] ?? 0),
    plan: stepOf(plan),
    json,
  }
}

/** A step and all below it. */
export const allSteps = (step: PlanStep): PlanStep[] => [step, ...step.steps.flatMap(allSteps)]

function stepOf(node: Record<string, unknown>): PlanStep {
  const loops = Number(node['Actual Loops'] ?? 1)
  const below = Array.isArray(node.Plans) ? node.Plans : []
  return {
    kind: String(node['Node Type']),
    table: typeof node['Relation Name'] === 'string' ? node['Relation Name'] : null,
    rows: Math.round(Number(node['Actual Rows'] ?? 0) * loops),
    removed: Math.round(
      (Number(node['Rows Removed by Filter'] ?? 0) + Number(node['Rows Removed by Join Filter'] ?? 0)) * loops,
    ),
    steps: below.map(stepOf),
  }
}

function literal(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Buffer.isBuffer(value)) return `'\\x${value.toString('hex')}'`
  if (value instanceof Date) return pg.escapeLiteral(value.toISOString())
  if (Array.isArray(value)) return pg.escapeLiteral(`{${value.map((one) => JSON.stringify(one)).join(',')}}`)
  return pg.escapeLiteral(String(value))
}
