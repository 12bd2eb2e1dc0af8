import { type Html, html } from '../../src/platform/text/html.ts'
import type { FieldMessages, Page } from '../page.ts'
import { field, fieldAttributes, textArea, textField } from '../parts/field.ts'

/** The values of a board's form. */
export interface BoardForm {
  kind: string
  slug: string
  name_fr: string
  name_en: string
  summary_fr: string
  summary_en: string
  latitude: string
  longitude: string
  position: string
}

export const BOARD_FIELDS = [
  ...['kind', 'slug', 'name_fr', 'name_en', 'summary_fr', 'summary_en', 'latitude', 'longitude', 'position'],
] as const

/** The fields of a board. Its kind can be chosen only for a new one. */
export function boardFields(page: Page, form: BoardForm, messages: FieldMessages, isNew: boolean): Html {
  const { t } = page
  return html`${isNew ? kindField(page, form.kind, messages.kind) : ''}
${textField({ name: 'name_fr', label: t('board_form.name_fr'), value: form.name_fr, longest: 80, required: true, problem: messages.name_fr })}
${textField({ name: 'name_en', label: t('board_form.name_en'), value: form.name_en, longest: 80, problem: messages.name_en })}
${textField({ name: 'slug', label: t('board_form.slug'), hint: t('board_form.slug_hint'), value: form.slug, longest: 80, verbatim: true, problem: messages.slug })}
${textArea({ name: 'summary_fr', label: t('board_form.summary_fr'), value: form.summary_fr, longest: 500, problem: messages.summary_fr })}
${textArea({ name: 'summary_en', label: t('board_form.summary_en'), value: form.summary_en, longest: 500, problem: messages.summary_en })}
${textField({ name: 'latitude', label: t('board_form.latitude'), hint: t('board_form.degrees'), value: form.latitude, problem: messages.latitude })}
${textField({ name: 'longitude', label: t('board_form.longitude'), hint: t('board_form.degrees'), value: form.longitude, problem: messages.longitude })}
${textField({ name: 'position', label: t('board_form.position'), hint: t('board_form.position_hint'), value: form.position, problem: messages.position })}`
}

function kindField({ t }: Page, chosen: string, problem: string | undefined): Html {
  const shown = { name: 'kind', label: t('board_form.kind'), problem }
  return field(
    shown,
    html`<select ${fieldAttributes(shown)}>${(['city', 'technology'] as const).map(
      (kind) => html`<option value="${kind}"${kind === chosen ? ' selected' : ''}>${t(`board_form.${kind}`)}</option>`,
    )}</select>`,
  )
}
