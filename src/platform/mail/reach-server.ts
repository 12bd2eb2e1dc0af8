const PATIENCE_MILLISECONDS = 10_000

/**
 * Greets the mail server, and logs in where its address has a name; sends nothing. Answers what it did not take; null: it
 * would take mails.
 */
export async function mailServerProblem(url: string): Promise<string | null> {
  const { createTransport } = await import('nodemailer')
  const transport = createTransport({
    url,
    connectionTimeout: PATIENCE_MILLISECONDS,
    greetingTimeout: PATIENCE_MILLISECONDS,
    socketTimeout: PATIENCE_MILLISECONDS,
  })
  try {
    await transport.verify()
    return null
  } catch (error) {
    // Its words may quote the name and address in the settings.
    return error instanceof Error && 'code' in error ? String(error.code) : 'no answer'
  } finally {
    transport.close()
  }
}
