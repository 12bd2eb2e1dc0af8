import type { TestForum } from './forum.ts'
import { Program } from './program.ts'

/** The values of `/metrics`, by their names with their labels. */
export async function figures({ origin }: Pick<TestForum, 'origin'>): Promise<Map<string, number>> {
  const { status, text } = await new Program(origin).get('/metrics')
  if (status !== 200) throw new Error(`${status} ${text}`)
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.split(' ').at(-1))]))
}
