import type { RoleChange } from '../members/steps.ts'
import { notifyOfAccount } from '../notices/account-notifications.ts'
import type { Step } from '../step.ts'
import { recordAct } from './record-act.ts'

/** Logs a change of role, and tells the member. */
export const logRoleChange: Step<RoleChange> = async (transaction, { memberId, by, from, to }) => {
  await recordAct(transaction, { kind: 'role', by, member: memberId, before: { role: from }, after: { role: to } })
  if (memberId !== by)
    await notifyOfAccount(transaction, { memberId, occasion: 'role_changed', path: '/moderation/log?kind=role' })
}
