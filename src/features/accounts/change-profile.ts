import { eq } from 'drizzle-orm'
import type { Theme } from '../../../views/page.ts'
import type { Forum } from '../../platform/forum.ts'
import type { Language } from '../../platform/i18n/languages.ts'
import { members } from './schema.ts'

export interface Profile {
  language: Language
  theme: Theme | null
  biography: string
}

/** Changes what is given, and leaves the rest. */
export async function changeProfile({ database }: Forum, memberId: number, profile: Partial<Profile>): Promise<void> {
  if (Object.keys(profile).length === 0) return
  await database.update(members).set(profile).where(eq(members.id, memberId))
}
