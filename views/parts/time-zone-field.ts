import { type Html, html } from '../../src/platform/text/html.ts'
import { FORUM_TIME_ZONE, timeZones } from '../../src/platform/text/i18n/time-zones.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes } from './field.ts'

/**
 * Chooses a time zone among those that the runtime knows. A script offers the device's zone first.
 * @param chosen the name of the zone; empty for the forum's, in forms with that choice.
 */
export function timeZoneField(
  { t }: Page,
  { chosen, problem, forums }: { chosen: string; problem: string | undefined; forums: boolean },
): Html {
  const shown = { name: 'time_zone', label: t('email.time_zone'), problem }
  // The script replaces `%zone%`.
  const deviceZone = t('email.device_zone', { zone: '%zone%' })
  // Another runtime may have stored a zone that this one does not know. It stays until the member chooses another.
  const zones = chosen && !timeZones().includes(chosen) ? [chosen, ...timeZones()] : timeZones()
  return field(
    shown,
    html`<select ${fieldAttributes(shown)} data-time-zones="${deviceZone}">
${forums ? html`<option value=""${chosen ? '' : ' selected'}>${t('accounts.forum_zone', { zone: FORUM_TIME_ZONE })}</option>` : ''}
${zones.map((name) => html`<option value="${name}"${name === chosen ? ' selected' : ''}>${name.replaceAll('_', ' ')}</option>`)}
</select>`,
  )
}
