import t from 'tap'
import { named } from '../../support/named.ts'
import { markup, shown } from '../../support/shown.ts'

/** Gone with all that they hold, which is not text for readers. */
const GONE = [
  ...['script', 'style', 'iframe', 'object', 'embed', 'svg', 'math', 'template', 'video', 'audio', 'noscript'],
  ...['noembed', 'noframes', 'xmp', 'title', 'textarea', 'canvas'],
]

/** Gone while their text stays. */
const UNWRAPPED = [
  ...['div', 'span', 'font', 'center', 'form', 'button', 'label', 'fieldset', 'select', 'main', 'header', 'footer'],
  ...['nav', 'article', 'aside', 'section', 'figure', 'picture', 'map', 'dialog', 'menu', 'address', 'marquee'],
  ...['body', 'html', 'slot', 'output', 'meter', 'progress', 'big', 'tt'],
]

const EMPTY = ['base', 'link', 'meta', 'param', 'source', 'track', 'area', 'col', 'frame', 'wbr']

for (const tag of GONE) {
  t.test(`<${tag}> is taken out`, async (t) => {
    const text = shown(`avant\n\n<${tag}>alert(1)</${tag}>\n\naprès`)
    t.equal(text.querySelector(tag), null)
    t.match(text.textContent, /avant/)
  })
}

for (const tag of [...UNWRAPPED, ...EMPTY]) {
  t.test(`<${tag}> is taken out, and what is around it stays`, async (t) => {
    const text = shown(`avant <${tag}>dedans</${tag}> après`)
    t.equal(text.querySelector(tag), null)
    t.equal(text.textContent?.trim(), 'avant dedans après')
  })
}

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
  ...['https:ailleurs.fr', 'https:/ailleurs.fr', 'http:\\\\ailleurs.fr', 'ailleurs.fr', '../admin', '?page=2'],
]

for (const address of ADDRESSES) {
  t.test(`no link leads to ${named(address)}`, async (t) => {
    const link = shown(`<a href="${address}">mot</a>`).querySelector('a')
    t.same(link?.getAttributeNames(), [])
    t.equal(link?.textContent, 'mot', 'the words stay')
  })

  t.test(`no picture's link leads to ${named(address)}`, async (t) => {
    t.equal(markup(`une <img alt="vue" src="${address}">`), '<p>une <span>vue (image)</span></p>')
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

t.test('comments and instructions are not shown, nor in the page', async (t) => {
  t.equal(markup('avant <!-- secret --> après'), '<p>avant  après</p>')
  t.equal(markup('<!-- secret -->\n\naprès'), '<p>après</p>')
  t.notMatch(markup('<?php secret ?> <![CDATA[secret]]> <!DOCTYPE secret>'), 'secret')
})

t.test('a text that is nothing but a frameset is nothing', async (t) => {
  t.equal(markup('<frameset onload="alert(1)"><frame src="/x"></frameset>'), '')
})
