import type { Role } from '../../../schema/enums.ts'
import type { Settings } from '../../settings.ts'

/**
 * What a member may act as. Where the forum asks its moderators and admins for a second factor, those without one are
 * members like others until they have it: whatever asks for their role asks for this one.
 */
export function roleInForce(
  { role, hasFactor }: { role: Role; hasFactor: boolean },
  { staff_second_factor: needed }: Pick<Settings, 'staff_second_factor'>,
): { role: Role; mustAddFactor: boolean } {
  const mustAddFactor = needed && role !== 'member' && !hasFactor
  return { role: mustAddFactor ? 'member' : role, mustAddFactor }
}
