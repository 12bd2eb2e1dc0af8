import { Secret, TOTP } from 'otpauth'
import { PASSWORD, type TestForum } from './forum.ts'
import type { Person, Visit } from './person.ts'

const HALF_MINUTE = 30_000

/** An authenticator app that has read a member’s secret. Each of its codes opens once, so it begins with that of now. */
export class Authenticator {
  private readonly app: TOTP
  private next = 0

  constructor(base32: string) {
    this.app = new TOTP({ secret: Secret.fromBase32(base32) })
  }

  /** A code that has not been said before: two at the most, as a third is not good yet. */
  code(): string {
    const timestamp = Date.now() + this.next * HALF_MINUTE
    this.next += 1
    return this.app.generate({ timestamp })
  }
}

/** Switches a member's second factor on, as they do on its page. */
export async function withSecondFactor(person: Person): Promise<{ app: Authenticator; codes: string[]; shown: Visit }> {
  const page = await person.get('/settings/security/totp')
  const app = new Authenticator(page.text('[data-secret]'))
  const shown = await person.submit(page, 'form.sheet', { code: app.code() })
  return { app, shown, codes: shown.texts('.codes code') }
}

/** Says name and password in a browser, and no code yet. */
export async function sayPassword(forum: TestForum, username: string): Promise<{ person: Person; asked: Visit }> {
  const person = forum.passerBy()
  const asked = await person.post('/login', { username, password: PASSWORD, next: '/notifications' })
  return { person, asked }
}
