import { formData, parsed } from './parsed.ts'

type Fields = Record<string, string | string[]>

/** Longer than any answer takes on the slowest machine: who waits longer waits for nothing. */
const LONGEST_ANSWER_MILLISECONDS = 60_000

/** What somebody got for asking: an answer, and the page in it. */
export class Visit {
  readonly status: number
  readonly location: string | null
  readonly headers: Headers
  readonly body: string
  private page: Document | null = null

  constructor(response: Response, body: string) {
    this.status = response.status
    this.headers = response.headers
    this.location = response.headers.get('location')
    this.body = body
  }

  get document(): Document {
    this.page ??= parsed(this.body)
    return this.page
  }

  /** The text of the first element that fits, on one line; no-break spaces stay. */
  text(selector: string): string {
    return (this.document.querySelector(selector)?.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim()
  }

  /** The same of each that fits. */
  texts(selector: string): string[] {
    return [...this.document.querySelectorAll(selector)].map((one) =>
      (one.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim(),
    )
  }

  /** What a form of the page would send as it stands. */
  fields(selector: string): Record<string, string[]> {
    const form = this.document.querySelector(selector)
    if (form?.tagName !== 'FORM') throw new Error(`No form ${selector} on this page`)
    const fields: Record<string, string[]> = {}
    for (const [name, value] of formData(form as HTMLFormElement)) {
      fields[name] = [...(fields[name] ?? []), String(value)]
    }
    return fields
  }
}

/** Somebody with a browser: keeps cookies, and sends forms as a page of the forum's would. */
export class Person {
  readonly origin: string
  private readonly cookies = new Map<string, string>()
  language = 'fr'

  constructor(origin: string) {
    this.origin = origin
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Visit> {
    return this.ask(path, { method: 'GET', headers })
  }

  /** Follows what a page says to go to, as far as it goes. */
  async follow(path: string): Promise<Visit> {
    const visit = await this.get(path)
    return visit.location ? this.follow(visit.location) : visit
  }

  post(path: string, fields: Fields = {}, headers: Record<string, string> = {}): Promise<Visit> {
    const body = new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((one): [string, string] => [name, one])),
    )
    return this.ask(path, { method: 'POST', body, headers: { origin: this.origin, ...headers } })
  }

  /** Fills in a form of a page and sends it: what is not given stays as the page has it. */
  submit(visit: Visit, selector: string, fields: Fields): Promise<Visit> {
    const form = visit.document.querySelector(selector)
    return this.post(form?.getAttribute('action') ?? '', { ...visit.fields(selector), ...fields })
  }

  /** A browser with the same cookies. */
  copy(): Person {
    const copy = new Person(this.origin)
    copy.language = this.language
    for (const [name, value] of this.cookies) copy.setCookie(name, value)
    return copy
  }

  get cookieHeader(): string {
    return [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name)
  }

  setCookie(name: string, value: string): void {
    this.cookies.set(name, value)
  }

  private async ask(
    path: string,
    { headers, ...options }: RequestInit & { headers: Record<string, string> },
  ): Promise<Visit> {
    const response = await fetch(new URL(path, this.origin), {
      ...options,
      redirect: 'manual',
      signal: AbortSignal.timeout(LONGEST_ANSWER_MILLISECONDS),
      headers: {
        accept: 'text/html',
        // To compress pages, and read them again, takes as long as to make them.
        'accept-encoding': 'identity',
        'accept-language': this.language,
        cookie: this.cookieHeader,
        ...headers,
      },
    })
    for (const cookie of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
      if (value) this.cookies.set(name, value)
      else this.cookies.delete(name)
    }
    return new Visit(response, await response.text())
  }
}
