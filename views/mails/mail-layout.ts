import { html } from 'ghtml'
import type { Wording } from '../page.ts'

const FONT = "font-family:Georgia,'Times New Roman',serif"
const PLAIN = 'font-family:Verdana,Geneva,sans-serif'

export interface MailSheet {
  title: string
  mainHtml: string
  /** Why it was sent, and how to stop it. */
  footHtml: string
}

/**
 * A mail's HTML form: one column of tables with its style in it, because mail programs know little else; colours that
 * stand on light and dark, and no image.
 */
export function mailLayout({ language, t }: Wording, { title, mainHtml, footHtml }: MailSheet): string {
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
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px;">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:left;font-size:16px;line-height:1.5;${FONT}">
<tr><td style="padding:0 0 8px;border-bottom:3px double #8a8578;font-weight:bold;font-size:20px;"><span style="color:#c4320a;">◉</span> ${t('site.name')}</td></tr>
<tr><td style="padding:20px 0;">
!${mainHtml}
</td></tr>
<tr><td style="padding:12px 0;border-top:1px solid #8a8578;font-size:13px;${PLAIN}">!${footHtml}</td></tr>
</table>
</td></tr></table>
</body>
</html>`
}

/** A link that looks like a button, in mail programs that know colours. */
export const mailButton = (address: string, label: string): string =>
  html`<p style="margin:20px 0;"><a href="${address}" style="display:inline-block;padding:10px 18px;background:#b32d08;color:#ffffff;font-weight:bold;text-decoration:none;${PLAIN}">${label}</a></p>`
