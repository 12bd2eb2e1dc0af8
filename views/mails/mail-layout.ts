import { type Html, html } from '../../src/platform/text/html.ts'
import type { Language } from '../../src/platform/text/i18n/languages.ts'
import { translator } from '../../src/platform/text/i18n/translate.ts'
import type { Wording } from '../page.ts'

const fontHtml = html`font-family:Georgia,'Times New Roman',serif;font-size:16px;line-height:1.5;`
const plainHtml = html`font-family:Verdana,Geneva,sans-serif;`
/** Tables that are there for mail programs that place nothing else; screen readers pass over them. */
const tableHtml = html`role="presentation" cellpadding="0" cellspacing="0" border="0"`

/** How a mail speaks, and for which forum. */
export interface MailWording extends Wording {
  forumName: string
}

/** @param name what the admin calls the forum; empty: its usual name. */
export function mailWording(language: Language, name: string): MailWording {
  const t = translator(language)
  return { language, t, forumName: name || t('site.name') }
}

export interface MailSheet {
  title: string
  mainHtml: Html
  /** Why it was sent, and how to stop it. */
  footHtml: Html
}

/**
 * A mail's HTML form: one column of tables, because mail programs know little else, and the style in each cell, because
 * Outlook inherits none and Gmail keeps no other. Outlook knows no greatest width either: it gets a table of its own.
 * Colours stand on light and dark, and there is no image.
 */
export function mailLayout({ language, forumName }: MailWording, { title, mainHtml, footHtml }: MailSheet): Html {
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
<tr><td style="padding:0 0 8px;border-bottom:3px double #8a8578;${fontHtml}font-weight:bold;font-size:20px;"><span style="color:#da3100;">◉</span> ${forumName}</td></tr>
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

/** One of several things, set apart by a line at its side. */
export const mailEntry = (entryHtml: Html): Html =>
  html`<table ${tableHtml} width="100%"><tr><td style="padding:0 0 0 12px;border-left:3px solid #da3100;${fontHtml}">
${entryHtml}
</td></tr><tr><td height="18" style="font-size:0;line-height:18px;">&nbsp;</td></tr></table>`

/** A link that looks like a button: its colour is the cell's, because Outlook gives links no room. */
export const mailButton = (address: string, label: string): Html =>
  html`<table ${tableHtml} style="margin:20px 0;"><tr><td bgcolor="#a81900" style="padding:10px 18px;${plainHtml}font-size:15px;"><a href="${address}" style="color:#ffffff;font-weight:bold;text-decoration:none;">${label}</a></td></tr></table>`
