import { lightened } from '../../src/platform/colours.ts'
import { type Html, html } from '../../src/platform/text/html.ts'
import { showWeekday } from '../../src/platform/text/i18n/formats.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { type MessageKey, type Translate, translator } from '../../src/platform/text/i18n/translate.ts'
import type { Wording } from '../page.ts'
import { PAPER } from '../parts/paper.ts'

const fontHtml = html`font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;`
const plainHtml = html`font-family:Verdana,Geneva,sans-serif;`
/** The style of secondary text: dates, places, links. */
export const mailSmall = html`${plainHtml}font-size:13px;line-height:1.6;`
/** Tables only for layout, because mail programs know nothing else. Screen readers ignore them. */
const tableHtml = html`role="presentation" cellpadding="0" cellspacing="0" border="0"`

/** The forum's own name and signal colour (`#rrggbb`); empty for the defaults. */
export interface Letterhead {
  name: string
  signal: string
}

/** The language of a mail, and the forum that sends it. */
export interface MailWording extends Wording {
  forumName: string
  colours: MailColours
}

interface MailColours {
  /** Visible on light and on dark. */
  mark: string
  /** The background of white words. */
  button: string
}

const USUAL: MailColours = { mark: '#da3100', button: '#a81900' }
/** Least contrast of signs with their background (WCAG 2.2, 1.4.11). */
const LEAST_CONTRAST = 3

export function mailWording(language: Language, { name, signal }: Letterhead): MailWording {
  const t = translator(language)
  return { language, t, forumName: name || t('site.name'), colours: signal ? coloursOf(signal) : USUAL }
}

const coloursOf = (signal: string): MailColours => ({
  mark: lightened(signal, PAPER.dark, LEAST_CONTRAST),
  button: signal,
})

export interface MailSheet {
  title: string
  /** The date at the top; absent without one. */
  at?: Date
  mainHtml: Html
  /** Why the mail was sent, and how to stop it. */
  footHtml: Html
}

/**
 * The HTML form of a mail: one column of tables, because mail programs support little else. Each cell has its style,
 * because Outlook inherits none and Gmail removes style sheets. Outlook ignores `max-width`, so it gets a table of fixed
 * width. The colours work on light and dark, and there is no image.
 */
export function mailLayout(wording: MailWording, { title, at, mainHtml, footHtml }: MailSheet): Html {
  const { language, forumName, colours } = wording
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${title}</title>
</head>
<body style="margin:0;padding:0;">
<table ${tableHtml} width="100%" lang="${language}"><tr><td align="center" style="padding:16px;">
<!--[if mso]><table ${tableHtml} width="600"><tr><td><![endif]-->
<table ${tableHtml} width="100%" style="max-width:600px;text-align:left;overflow-wrap:anywhere;">
<tr><td style="padding:0 0 8px;border-bottom:3px double #8a8578;${fontHtml}font-weight:bold;font-size:20px;"><span style="color:${colours.mark};">◉</span> ${forumName}${at ? html`<span style="${mailSmall}font-weight:normal;"> · ${dayOf(wording, at)}</span>` : ''}</td></tr>
<tr><td style="padding:20px 0;${fontHtml}">
${mainHtml}
</td></tr>
<tr><td style="padding:12px 0;border-top:1px solid #8a8578;${plainHtml}font-size:13px;line-height:1.6;">${footHtml}</td></tr>
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body>
</html>`
}

const dayOf = ({ language, timeZone = null }: Wording, at: Date): string => showWeekday(at, language, timeZone)

/** «Répondre :», before an address in a mail's text form. */
export const labelled = (t: Translate, key: MessageKey): string => t('mails.labelled', { label: t(key) })

/** The first line of a mail's text form: «Contrechamp · mercredi 25 novembre». */
export const mailFolio = (wording: MailWording, at: Date): string => `${wording.forumName} · ${dayOf(wording, at)}`

/** One of several items. A line at its side marks what is meant for the reader. */
export const mailEntry = ({ colours }: MailWording, entryHtml: Html, kind: 'for you' | 'news'): Html =>
  html`<table ${tableHtml} width="100%"><tr><td style="${kind === 'for you' ? html`padding:0 0 0 12px;border-left:3px solid ${colours.mark};` : ''}${fontHtml}">
${entryHtml}
</td></tr><tr><td height="18" style="font-size:0;line-height:18px;">&nbsp;</td></tr></table>`

/** A link that looks like a button. The cell has the colour, because Outlook ignores a link's padding. */
export const mailButton = ({ colours }: MailWording, address: string, label: string): Html =>
  html`<table ${tableHtml} style="margin:20px 0;"><tr><td bgcolor="${colours.button}" style="padding:10px 18px;${plainHtml}font-size:15px;"><a href="${address}" style="color:#ffffff;font-weight:bold;text-decoration:none;">${label}</a></td></tr></table>`
