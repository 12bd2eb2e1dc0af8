import type { Role } from '../../../schema/enums.ts'
import type { Settings } from '../../settings.ts'

/**
 * The role as which a member may act. Where the forum requires a second factor of moderators and admins, those without
 * one only have the role of a member. Every check of a role must use this one.
 */
export function roleInForce(
  { role, hasFactor }: { role: Role; hasFactor: boolean },
  { staff_second_factor: needed }: Pick<Settings, 'staff_second_factor'>,
): { role: Role; mustAddFactor: boolean } {
  const mustAddFactor = needed && role !== 'member' && !hasFactor
  return { role: mustAddFactor ? 'member' : role, mustAddFactor }
}
