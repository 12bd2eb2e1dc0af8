import { isAddressFailure } from './delivery-problem.ts'

/**
 * Whether a returned mail says that it could not be delivered, for good, and because of its address: a delivery status
 * notification (RFC 3464) of a failed delivery. Delays, notes of absence and everything else say nothing of the kind.
 */
export async function saysUndeliverable(source: Buffer): Promise<boolean> {
  const { simpleParser } = await import('mailparser')
  const { attachments } = await simpleParser(source, {
    keepDeliveryStatus: true,
    skipHtmlToText: true,
    skipTextToHtml: true,
  })
  return attachments
    .filter(({ contentType }) => contentType === 'message/delivery-status')
    .flatMap(({ content }) => content.toString('utf8').split(/\r?\n\r?\n/))
    .some((group) => fieldOf(group, 'Action') === 'failed' && isAddressFailure(fieldOf(group, 'Status')))
}

/** The first word of a field, in small letters. */
function fieldOf(group: string, name: string): string | null {
  return new RegExp(`^${name}:[ \\t]*([^\\s;(]+)`, 'im').exec(group)?.[1]?.toLowerCase() ?? null
}
