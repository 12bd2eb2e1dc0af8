import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import t from 'tap'
import { hashPassword, needsRehash, passwordMatches, passwordProblem } from '../../../src/forum/members/passwords.ts'

const LIST = new URL('../../../src/forum/members/common-passwords.txt', import.meta.url)
const COMMON = readFileSync(LIST, 'utf8')
  .split('\n')
  .filter((password) => /\p{L}$/u.test(password))

const problem = (password: string, username = 'Zoé') => passwordProblem(password, username)?.key ?? null

t.test('a few unrelated words make a good password', async (t) => {
  for (const good of [
    'quatre mots sans rapport',
    'cheval pile agrafe',
    'Tz7!kQ-e92',
    'ключ от двери',
    '天地玄黄宇宙洪荒',
  ]) {
    t.equal(problem(good), null, good)
  }
})

t.test('what everybody uses is refused, whatever stands at its end to please a form', async (t) => {
  const sign = fc.constantFrom(...'0123456789!?.-_*@#$ ')
  const dressed = fc.tuple(fc.constantFrom(...COMMON), fc.string({ unit: sign, maxLength: 6 }), fc.boolean())
  const refused = fc.property(dressed, ([word, end, capital]) => {
    const password = (capital ? word.replace(/^./u, (first) => first.toUpperCase()) : word) + end
    return problem(password) === 'accounts.password_common'
  })
  t.doesNotThrow(() => fc.assert(refused, { seed: 1, numRuns: 2_000 }))
})

t.test('words, runs of keys, dates and repetitions are refused, also dressed up', async (t) => {
  for (const password of [
    ...['P@ssw0rd123', 'marie12345678', 'forumforum1', '0123456789a', 'abcdefghij', '19851203aa', 'azertyuiop12'],
    ...['Soleil2024!!', 'julien1990.', '12/03/1985aa', 'qsdfghjklm1', 'M4r5eille2024', '0612345678a', 'drowssap123'],
    ...['nicolas&marie', '1q2w3e4r5t', 'Technopolice75', 'jetaimemaman', 'contrechamp1', '8301947265', 'zyxwvutsrq1'],
  ]) {
    t.equal(problem(password), 'accounts.password_common', password)
  }
})

t.test('a few letters over and over are refused', async (t) => {
  for (const password of ['aaaaaaaaaaaa', 'abababababab', 'zyzyzyzyzyzy', '....----....']) {
    t.equal(problem(password), 'accounts.password_common', password)
  }
})

t.test('the name itself is refused, however it is written and with a year', async (t) => {
  for (const password of [
    ...['jeandupont', 'Jean-Dupont', 'JEANDUPONT!', 'Jean.Dupont1', 'jeandupont2026', '1987jeandupont', 'jèandupönt'],
    ...['jeandupontjeandupont', 'jeаnduрont'],
  ]) {
    t.equal(problem(password, 'JeanDupont'), 'accounts.password_is_name', password)
  }
})

t.test('a password may speak of the name, and of a short one', async (t) => {
  t.equal(problem('jeandupont mange une poire', 'JeanDupont'), null)
  t.equal(problem('zoé et le cheval', 'Zoé'), null)
})

t.test('the problem stands beside the field that was filled in', async (t) => {
  t.equal(passwordProblem('motdepasse', 'Zoé', 'new_password')?.field, 'new_password')
})

t.test('a password opens what it closed, and nothing else does', async (t) => {
  const stored = await hashPassword('quatre mots sans rapport')
  t.ok(await passwordMatches('quatre mots sans rapport', stored))
  t.notOk(await passwordMatches('quatre mots sans rappor', stored))
  t.notOk(await passwordMatches('', stored))
  t.notOk(await passwordMatches('quatre mots sans rapport', null), 'nobody has no password')
  t.notOk(needsRehash(stored))
  t.ok(needsRehash(stored.replace('t=2', 't=1')))
  t.not(stored, await hashPassword('quatre mots sans rapport'), 'two members with the same one have different hashes')
})
