import { type Html, html } from '../../src/platform/text/html.ts'
import type { FlagReason } from '../../src/schema/enums.ts'
import type { Page } from '../page.ts'

interface ReasonChoice {
  label: string
  reasons: readonly FlagReason[]
  chosen: string
  problem?: string | undefined
}

/** The reasons for which a post can be reported. */
export function reasonChoice({ t }: Page, { label, reasons, chosen, problem }: ReasonChoice): Html {
  return html`<fieldset class="field reasons"><legend>${label}</legend>
${problem ? html`<p class="problem">${problem}</p>` : ''}
${reasons.map(
  (reason) =>
    html`<label><input type="radio" name="reason" value="${reason}" required${reason === chosen ? ' checked' : ''}> ${t(`flags.${reason}`)}</label>`,
)}</fieldset>`
}
