import { eq } from 'drizzle-orm'
import type { Transaction } from '../../platform/database/database.ts'
import { threads } from '../../schema/threads.ts'
import { slugOf } from './slug.ts'

/** Gives a thread another title, and its language, and answers its new slug; links with the old one are redirected. */
export async function retitleThread(
  transaction: Transaction,
  thread: number,
  { title, language }: { title: string; language: string },
): Promise<string> {
  const slug = slugOf(title)
  await transaction.update(threads).set({ title, slug, language }).where(eq(threads.id, thread))
  return slug
}
