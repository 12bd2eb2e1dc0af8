import { type ChosenDigests, chooseDigests, digestsOf } from '../../forum/digests/settings.ts'
import type { Forum } from '../../forum/forum.ts'
import { changeProfile } from '../../forum/members/change-profile.ts'
import { invalidField } from '../../platform/problem.ts'
import { timeZoneCalled } from '../../platform/text/i18n/time-zones.ts'

type SentDigests = { [Name in keyof ChosenDigests]?: ChosenDigests[Name] | undefined }

/** Changes the given mail settings of a member, and keeps the others. @throws Problem 422 for an unknown time zone. */
export async function changeDigests(forum: Forum, member: number, sent: SentDigests): Promise<void> {
  const before = await digestsOf(forum.database, member)
  const timeZone = timeZoneCalled(sent.timeZone ?? before.timeZone)
  if (!timeZone) throw invalidField('time_zone', 'email.no_such_zone')
  await chooseDigests(forum.database, member, {
    rhythm: sent.rhythm ?? before.rhythm,
    weekday: sent.weekday ?? before.weekday,
    hour: sent.hour ?? before.hour,
    timeZone,
    notifyByMail: sent.notifyByMail ?? before.notifyByMail,
  })
  // The digest's time zone is the pages' time zone too.
  if (sent.timeZone !== undefined && timeZone !== before.timeZone) await changeProfile(forum, member, { timeZone })
}
