import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'
import { time } from '../parts/time.ts'
import { adminTabs } from './admin-tabs.ts'
import { mailFate, type TestMail } from './mail-fate.ts'

export interface FirstSteps {
  name: boolean
  boards: boolean
  mail: {
    /** Whether a server sends mail; otherwise it becomes files in a folder. */
    toServer: boolean
    /** The last test mail. */
    test: TestMail | null
  }
  backup: {
    /** Whether a backup is made each night. */
    nightly: boolean
    /** When the last complete backup was made. */
    last: Date | null
    isRecent: boolean
  }
}

/** What a new admin should do first. Steps that are done are ticked. */
export function firstStepsPage(page: Page, { name, boards, mail, backup }: FirstSteps): Html {
  const { t } = page
  const mailWorks = mail.toServer && mail.test?.state === 'sent'
  return layout(
    page,
    { title: t('admin.title'), unlisted: true },
    html`<h1>${t('admin.title')}</h1>
${adminTabs(page, 'first_steps')}
<p class="lead">${t('first_steps.lead')}</p>
<ol class="steps">
${step(page, 'name', name, html`<a href="/admin/settings">${t('first_steps.name')}</a>`, t('first_steps.name_hint'))}
${step(page, 'boards', boards, html`<a href="/admin/boards">${t('first_steps.boards')}</a>`, t('first_steps.boards_hint'))}
${step(page, 'mail', mailWorks, html`<a href="/admin/outbox#test-mail">${t('first_steps.mail')}</a>`, mailHint(page, mail))}
${step(page, 'backup', backup.isRecent, html`${t('first_steps.backup')}`, backupHint(page, backup))}
</ol>`,
  )
}

const step = ({ t }: Page, name: string, done: boolean, whatHtml: Html, hint: string | Html): Html =>
  html`<li data-step="${name}"><strong>${whatHtml}</strong> <span class="hint">${t(done ? 'first_steps.done' : 'first_steps.open')}</span>
<p class="hint">${hint}</p></li>`

function mailHint(page: Page, { toServer, test }: FirstSteps['mail']): string | Html {
  const { t } = page
  if (!toServer) return t('first_steps.mail_to_folder')
  return test ? html`${t('outbox.last_test')} ${mailFate(page, test)}` : t('first_steps.mail_hint')
}

function backupHint(page: Page, { nightly, last }: FirstSteps['backup']): string | Html {
  const { t } = page
  if (!nightly) return t('first_steps.backup_off')
  return last ? html`${t('first_steps.backup_last')} ${time(last, page)}` : t('first_steps.backup_none')
}
