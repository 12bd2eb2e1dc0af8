import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { threads } from '../../schema/threads.ts'
import { slugOf } from './slug.ts'

/** Changes a thread's title and language, and answers its new slug. Links with the old slug redirect. */
export async function retitleThread(
  transaction: Transaction,
  thread: number,
  { title, language }: { title: string; language: string },
): Promise<string> {
  const slug = slugOf(title)
  await transaction.update(threads).set({ title, slug, language }).where(eq(threads.id, thread))
  return slug
}
