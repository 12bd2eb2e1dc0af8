import t from 'tap'
import { named } from '../../../support/named.ts'
import { markup, rendered, shown } from '../../../support/shown.ts'

/** No post may have these; whoever names them in a sentence means what they typed (GFM §6.11). */
const NAMED = [
  ...['script', 'style', 'iframe', 'object', 'embed', 'svg', 'math', 'template', 'video', 'audio', 'noscript'],
  ...['noembed', 'noframes', 'xmp', 'title', 'textarea', 'canvas', 'plaintext', 'foreignObject', 'mglyph'],
  ...['div', 'span', 'font', 'center', 'form', 'button', 'label', 'fieldset', 'select', 'main', 'header', 'footer'],
  ...['nav', 'article', 'aside', 'section', 'figure', 'picture', 'map', 'dialog', 'menu', 'address', 'marquee'],
  ...['body', 'html', 'head', 'slot', 'output', 'meter', 'progress', 'big', 'tt', 'a', 'input', 'td', 'tr', 'caption'],
  ...['base', 'link', 'meta', 'param', 'source', 'track', 'area', 'col', 'frame', 'frameset', 'wbr'],
]

for (const tag of NAMED) {
  t.test(`<${tag}> is shown as it was typed, and so is all around it`, async (t) => {
    for (const [written = '', said = ''] of [
      [`avant <${tag}> milieu\n\naprès *la* fin`, `avant <${tag}> milieu après la fin`],
      [`avant\n<${tag} x=">">\nmilieu\n\naprès`, `avant <${tag} x=">"> milieu après`],
      [`avant\n\n<${tag}>\n\naprès`, `avant <${tag}> après`],
      [`avant <${tag}/> milieu </${tag}> après`, `avant <${tag}/> milieu </${tag}> après`],
      [`<b>avant <${tag}> milieu</b> <code><${tag}></code>`, `avant <${tag}> milieu <${tag}>`],
      [`<p>avant <${tag}> milieu\n<!-- a --> après</p>`, `avant <${tag}> milieu après`],
    ]) {
      t.equal(rendered(written, { language: 'en' }).excerpt, said, written)
      t.equal(shown(written).querySelector(tag), null, written)
    }
  })
}

const NO_TAGS = [
  ...['<?php echo 1; ?>', '<?php echo 1;', '<!DOCTYPE html>', '<!ENTITY x "y">', '<![CDATA[ x ]]>', '<![CDATA[ x'],
  ...[
    '<!-- b',
    '<!--',
    '</b>',
    '</p>',
    '</section>',
    '<b title="x',
    '<p',
    '<p title="x" y=',
    '<',
    '</',
    '</ b>',
    '<!x>',
  ],
]

for (const typed of NO_TAGS) {
  t.test(`${named(typed)} is shown as it was typed, and so is all behind it`, async (t) => {
    for (const written of [`avant ${typed} milieu\n\naprès`, `avant\n\n${typed} milieu\n\naprès`]) {
      t.equal(rendered(written, { language: 'en' }).excerpt, `avant ${typed} milieu après`)
    }
  })
}

t.test('of several comments only those that end are taken out', async (t) => {
  t.equal(shown('avant <!-- a --> milieu <!-- b').textContent?.trim(), 'avant  milieu <!-- b')
  t.equal(markup('<!-- a -->\n\nun\n\n<!-- b\n\n*deux*'), '<p>un</p><p>&lt;!-- b</p><p><em>deux</em></p>')
})

t.test('what was forgotten to be closed hides nothing that follows', async (t) => {
  t.equal(shown('la balise <details> plie\n\nsuite').querySelector('details'), null)
  t.ok(shown('<details><summary>a</summary>b</details> puis <details>').querySelector('details'))
})

const ATTRIBUTES = [
  ...[
    'onclick',
    'onerror',
    'ONLOAD',
    'onfocus',
    'onbeforetoggle',
    'style',
    'class',
    'name',
    'role',
    'tabindex',
    'slot',
  ],
  ...['aria-label', 'aria-hidden', 'data-draft', 'hidden', 'contenteditable', 'accesskey', 'autofocus', 'draggable'],
  ...['popover', 'popovertarget', 'itemprop', 'part', 'nonce', 'inert', 'target', 'download', 'ping', 'rel'],
  ...[
    'srcset',
    'sizes',
    'loading',
    'usemap',
    'ismap',
    'formaction',
    'form',
    'action',
    'method',
    'background',
    'poster',
  ],
  ...['cite', 'data', 'code', 'codebase', 'longdesc', 'lowsrc', 'xlink:href', 'xmlns', 'bgcolor', 'width', 'height'],
  ...['href', 'src', 'alt', 'data-footnotes', 'id'],
]

for (const name of ATTRIBUTES) {
  t.test(`${name} is taken off`, async (t) => t.equal(markup(`<p ${name}="/x">mot</p>`), '<p>mot</p>'))
}

t.test('an element that says it is another is taken out', async (t) => {
  t.equal(markup('un <b is="x-y">mot</b> ici'), '<p>un  ici</p>')
})

t.test('a link has only its address and what we say of it', async (t) => {
  const link = shown('<a href="/x" target="_blank" rel="opener" download ping="/y" class="button main">mot</a>')
  t.same(link.querySelector('a')?.getAttributeNames(), ['href', 'rel'])
})

/** Each in a spelling that some browser, or some filter, has taken for an address of ours. */
const ADDRESSES = [
  ...['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java&#115;cript:alert(1)', 'javascript&colon;alert(1)'],
  ...['java\tscript:alert(1)', 'java\nscript:alert(1)', 'java&Tab;script:alert(1)', 'java&NewLine;script:alert(1)'],
  ...[' javascript:alert(1)', '&#1;javascript:alert(1)', '&#xA0;javascript:alert(1)', '\u200bjavascript:alert(1)'],
  ...['data:text/html,x', 'DATA:text/html;base64,eA==', 'vbscript:x', 'VBScript&#58;x', 'blob:https://x.fr/y'],
  ...['file:///etc/passwd', 'ftp://exemple.fr', 'tel:+33123456789', 'view-source:https://x.fr', 'feed:https://x.fr'],
  ...['//ailleurs.fr', '/\\ailleurs.fr', '\\\\ailleurs.fr', '\\/ailleurs.fr', '/\t/ailleurs.fr', '/\n/ailleurs.fr'],
  ...['&#9;//ailleurs.fr', '&#47;&#47;ailleurs.fr', '/&#92;ailleurs.fr', ' //ailleurs.fr', '/&Tab;\\ailleurs.fr'],
  ...['https:ailleurs.fr', 'https:/ailleurs.fr', 'http:\\\\ailleurs.fr', 'rapport.pdf', '../admin', '?page=2'],
]

for (const address of ADDRESSES) {
  t.test(`no link leads to ${named(address)}`, async (t) => {
    const text = shown(`<a href="${address}">mot</a>`, { language: 'en' })
    t.equal(text.querySelector('a'), null)
    t.match(text.textContent, /^mot \([^)]+/, 'the words stay, and so does the address')
  })

  t.test(`no picture's link leads to ${named(address)}`, async (t) => {
    const text = shown(`une <img alt="vue" src="${address}">`)
    t.equal(text.querySelector('a'), null)
    t.match(text.textContent, /^une vue \(image/)
  })
}

t.test('a link in Markdown may lead no further than one in HTML', async (t) => {
  for (const address of [
    'javascript:alert(1)',
    'data:text/html,x',
    '//ailleurs.fr',
    '<java\tscript:alert(1)>',
    'tel:1',
  ]) {
    for (const written of [`[mot](${address})`, `[mot][1]\n\n[1]: ${address}`, `<a href='${address}'>mot</a>`]) {
      t.equal(shown(written).querySelector('[href]'), null, written)
    }
  }
  t.equal(shown('[mot](/\\ailleurs.fr)').querySelector('a')?.getAttribute('href'), '/%5Cailleurs.fr')
})

t.test('a field can be neither filled in nor sent', async (t) => {
  for (const type of ['text', 'submit', 'image', 'hidden', 'file', 'radio', 'password', '']) {
    t.equal(shown(`mot <input type="${type}" value="x" src="/x">`).querySelector('input'), null, type)
  }
  t.equal(shown('mot <input value="x">').querySelector('input'), null)
})

t.test('comments are not shown, nor in the page', async (t) => {
  t.equal(markup('avant <!-- secret --> après'), '<p>avant  après</p>')
  t.equal(markup('<!-- secret -->\n\naprès'), '<p>après</p>')
})
