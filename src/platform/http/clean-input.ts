import type { App } from './app.ts'

/**
 * Makes every text that people send storable and comparable before it is validated: line ends as `\n` (forms send
 * `\r\n`), composed accents (Unicode NFC), and without the two things that PostgreSQL's UTF-8 cannot hold, NUL
 * and half a surrogate pair.
 */
export function cleanInput(app: App): void {
  app.addHook('preValidation', async (request) => {
    request.body = clean(request.body)
    request.query = clean(request.query)
    request.params = clean(request.params)
  })
}

function clean(value: unknown): unknown {
  if (typeof value === 'string') return cleanText(value)
  if (Array.isArray(value)) return value.map(clean)
  if (value !== null && typeof value === 'object' && !Buffer.isBuffer(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [cleanText(name), clean(inner)]))
  }
  return value
}

function cleanText(text: string): string {
  return text.replaceAll('\0', '').replace(/\r\n?/g, '\n').toWellFormed().normalize('NFC')
}
