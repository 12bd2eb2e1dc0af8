import type { Person } from './person.ts'

/** What a program is answered. */
export interface ProgramAnswer {
  status: number
  headers: Headers
  text: string
  /** The JSON in it; an empty object where there is none. */
  json: Record<string, unknown>
}

/** A program that acts for a member, or for nobody: without cookies, without an Origin. */
export class Program {
  private readonly origin: string
  private readonly token: string | null

  constructor(origin: string, token: string | null = null) {
    this.origin = origin
    this.token = token
  }

  async ask(
    method: string,
    path: string,
    sent?: unknown,
    headers: Record<string, string> = {},
  ): Promise<ProgramAnswer> {
    const body = sent === undefined ? null : typeof sent === 'string' ? sent : JSON.stringify(sent)
    const response = await fetch(new URL(path, this.origin), {
      method,
      body,
      redirect: 'manual',
      headers: {
        ...(this.token === null ? {} : { authorization: `Bearer ${this.token}` }),
        ...(body === null ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
    })
    const text = await response.text()
    const isJson = /json/.test(response.headers.get('content-type') ?? '')
    return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : {} }
  }

  get(path: string, headers: Record<string, string> = {}): Promise<ProgramAnswer> {
    return this.ask('GET', path, undefined, headers)
  }

  post(path: string, sent?: unknown, headers: Record<string, string> = {}): Promise<ProgramAnswer> {
    return this.ask('POST', path, sent, headers)
  }
}

/** Makes a token on the page of a member's settings, and answers it. */
export async function tokenOf(member: Person, ...scopes: string[]): Promise<string> {
  const made = await member.post('/settings/tokens', { name: 'Essai', scopes })
  const token = made.text('[data-token]')
  if (!token) throw new Error(`No token: ${made.status} ${made.text('main')}`)
  return token
}
