import { type Html, html } from '../../src/platform/text/html.ts'
import { FORUM_TIME_ZONE, timeZones } from '../../src/platform/text/i18n/time-zones.ts'
import type { Page } from '../page.ts'
import { field, fieldAttributes } from './field.ts'

/**
 * A time zone, chosen from those that the runtime knows; with script, the device's is offered above the others.
 * @param chosen the name of the zone; empty: the forum's, where the form has such a choice.
 */
export function timeZoneField(
  { t }: Page,
  { chosen, problem, forums }: { chosen: string; problem: string | undefined; forums: boolean },
): Html {
  const shown = { name: 'time_zone', label: t('email.time_zone'), problem }
  // The script puts the name in.
  const deviceZone = t('email.device_zone', { zone: '%zone%' })
  // One that was stored by another runtime stays what it is until another is chosen.
  const zones = chosen && !timeZones().includes(chosen) ? [chosen, ...timeZones()] : timeZones()
  return field(
    shown,
    html`<select ${fieldAttributes(shown)} data-time-zones="${deviceZone}">
${forums ? html`<option value=""${chosen ? '' : ' selected'}>${t('accounts.forum_zone', { zone: FORUM_TIME_ZONE })}</option>` : ''}
${zones.map((name) => html`<option value="${name}"${name === chosen ? ' selected' : ''}>${name.replaceAll('_', ' ')}</option>`)}
</select>`,
  )
}
