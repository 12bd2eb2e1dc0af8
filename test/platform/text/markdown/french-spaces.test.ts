import t from 'tap'
import { shown } from '../../../support/shown.ts'

const said = (body: string, language: 'fr' | 'en' = 'fr') => shown(body, { language }).textContent?.trim()

t.test('the spaces of French typography become narrow, and break no line', async (t) => {
  t.equal(said('Quoi ? Oui ! Ceci ; cela : « là »'), 'Quoi\u202f? Oui\u202f! Ceci\u202f; cela\u202f: «\u202flà\u202f»')
  t.equal(said('Quoi\u00a0? «\u2009là\u00a0»'), 'Quoi\u202f? «\u202flà\u202f»', 'those that were typed no-break too')
  t.equal(said('**Quoi** ? « *là* »'), 'Quoi\u202f? «\u202flà\u202f»', 'around other signs')
  t.equal(said('[Quoi ?](/x)'), 'Quoi\u202f?')
  t.equal(
    said('12 450,00 € pour 1 234 567 images, 90 %'),
    '12\u202f450,00\u202f€ pour 1\u202f234\u202f567 images, 90\u202f%',
  )
  t.equal(said('En 2024 150 caméras'), 'En 2024 150 caméras', 'but not those between two numbers')
})

t.test('none is added where none was typed', async (t) => {
  for (const text of ['12:30', 'https://exemple.fr?a=b', 'Non!', '«là»', ':)']) t.equal(said(text), text)
})

t.test('code, keys and answers of programs stay to the letter', async (t) => {
  const pieces = [
    '`a : b`',
    '    a : b',
    '```\na : b\n```',
    '<kbd>a : b</kbd>',
    '<samp>a : b</samp>',
    '<pre>a : b</pre>',
  ]
  for (const text of [...pieces, '<kbd><b>a : b</b></kbd>']) t.equal(said(text), 'a : b', text)
})

t.test('a text in another language keeps its spaces', async (t) => {
  t.equal(said('Why ? « there »', 'en'), 'Why ? « there »')
})
