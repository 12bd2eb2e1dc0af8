import { usernameProblem } from '../forum/members/username.ts'
import { usernameKey } from '../forum/members/username-key.ts'
import type { Random } from './random.ts'
import { FIRST_WORDS, LAST_WORDS } from './vocabulary.ts'

/** So many names that nobody has yet, and that nobody could take for another's. */
export function composeNames(random: Random, count: number, taken: Set<string>): string[] {
  const names: string[] = []
  while (names.length < count) {
    const number =
      random.chance(0.4) || names.length > 800 ? String(random.below(names.length > 800 ? 9_000 : 90) + 10) : ''
    const name = `${random.pick(FIRST_WORDS)}_${random.pick(LAST_WORDS)}${number}`
    const key = usernameKey(name)
    if (taken.has(key) || usernameProblem(name)) continue
    taken.add(key)
    names.push(name)
  }
  return names
}
