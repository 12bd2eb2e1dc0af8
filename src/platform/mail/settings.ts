/** How a process sends and receives mail. */
export interface MailSettings {
  /** Null: mails are written to files in `dataDir`. */
  smtpUrl: string | null
  /** Absolute path. */
  dataDir: string
  /** The address of the site, without a slash at the end: links to unsubscribe lead there. */
  origin: string
  /** Whom mails are from: «Name <name@domain>». */
  mailFrom: string
  /** Mails a second, at the most. */
  mailRate: number
  /** Connections on which this process hands mails over. */
  mailConnections: number
  /** The file with the private key that signs mails (DKIM); null: they are not signed. */
  dkimKey: string | null
  dkimSelector: string
  /** Where mail that cannot be delivered comes back to; something to know it by is put before its @. */
  bounceAddress: string
  /** Where this process takes that in; null: nowhere. */
  bounceListen: InboundAddress | null
}

/** Where mail arrives, by LMTP or SMTP. */
export interface InboundAddress {
  lmtp: boolean
  host: string
  port: number
}
