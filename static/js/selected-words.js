/**
 * Turns the selected part of a post into Markdown that shows the same words. Without it, a triple click would add what
 * follows the text, and `2*3*4` or code would become something else.
 *
 * Listens to `forum:quoting` on the document, and puts the Markdown into it.
 */
const BLOCKS = 'p, h1, h2, h3, h4, h5, h6, pre, blockquote, ul, ol, li, table'

document.addEventListener('forum:quoting', (event) => {
  const { detail } = /** @type {CustomEvent} */ (event)
  detail.markdown = markdownOf(detail.range, detail.prose)
})

/** @param {Range} selected @param {Element} prose */
function markdownOf(selected, prose) {
  const range = document.createRange()
  range.selectNodeContents(prose)
  if (!selected.intersectsNode(prose)) return ''
  if (selected.compareBoundaryPoints(Range.START_TO_START, range) > 0) {
    range.setStart(selected.startContainer, selected.startOffset)
  }
  if (selected.compareBoundaryPoints(Range.END_TO_END, range) < 0)
    range.setEnd(selected.endContainer, selected.endOffset)
  if (range.collapsed || !range.toString().trim()) return ''
  const { commonAncestorContainer: common } = range
  const within = common instanceof Element ? common : common.parentElement
  const code = within?.closest('pre, code')
  if (code && prose.contains(code)) return within?.closest('pre') ? fenced(range.toString()) : inCode(range.toString())
  const fragment = range.cloneContents()
  if (within?.matches('ol, ul')) {
    const list = /** @type {Element} */ (within.cloneNode(false))
    list.append(fragment)
    countOn(list, within, range)
    return items(list)
  }
  const begun = outermostList(range.startContainer, within)
  if (begun) countOn(fragment.querySelector('ol'), begun, range)
  const words = blocks(fragment).trim()
  return fragment.querySelector(BLOCKS) ? words : startsLine(words)
}

/**
 * The outermost numbered list that the selection begins inside; null without one. @param {Node} node @param {Element |
 * null} within
 */
function outermostList(node, within) {
  let found = null
  for (let one = node.parentElement; one && one !== within; one = one.parentElement) {
    if (one.localName === 'ol') found = one
  }
  return found
}

/**
 * Numbers the copy of a list from the first selected item on. @param {Element | null} copy @param {Element} list @param
 * {Range} range
 */
function countOn(copy, list, range) {
  let number = Number(list.getAttribute('start') ?? 1) - 1
  for (const item of list.children) {
    number = Number(item.getAttribute('value') ?? number + 1)
    if (range.intersectsNode(item)) break
  }
  copy?.setAttribute('start', String(number))
}

/** @param {Node} parent @returns {string} */
function blocks(parent) {
  return [...parent.childNodes]
    .map(block)
    .join('')
    .replace(/\n{3,}/g, '\n\n')
}

/** @param {Node} node @returns {string} */
function block(node) {
  // Whitespace between two blocks.
  if (node instanceof Text && node.data.includes('\n') && !node.data.trim()) return ''
  if (!(node instanceof Element)) return inline(node)
  switch (node.localName) {
    case 'div':
    case 'section':
      return `\n\n${blocks(node).trim()}\n\n`
    case 'p':
      return `\n\n${startsLine(blocks(node).trim())}\n\n`
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6':
      return `\n\n${'#'.repeat(Number(node.localName[1]))} ${inlines(node).trim()}\n\n`
    case 'pre':
      return `\n\n${fenced(node.textContent ?? '')}\n\n`
    case 'blockquote':
      return `\n\n${blocks(node).trim().replace(/^/gm, '> ')}\n\n`
    case 'ul':
    case 'ol':
      return `\n\n${items(node)}\n\n`
    case 'table':
      return `\n\n${rows(node)}\n\n`
    case 'li':
      return `\n- ${blocks(node).trim()}`
    default:
      return inline(node)
  }
}

/** @param {Element} list */
function items(list) {
  let number = Number(list.getAttribute('start') ?? 1) - 1
  return [...list.children]
    .map((item) => {
      number = Number(item.getAttribute('value') ?? number + 1)
      const mark = list.localName === 'ol' ? `${number}. ` : '- '
      const text = blocks(item)
        .trim()
        .replace(/(?<!\n)\n{2,}(?=[-\d])/g, '\n')
      return mark + text.replaceAll('\n', `\n${' '.repeat(mark.length)}`)
    })
    .join('\n')
}

/** @param {Element} table */
function rows(table) {
  const lines = [...table.querySelectorAll('tr')].map((row) => [...row.children].map((cell) => inlines(cell).trim()))
  const [head = [], ...rest] = lines
  return [head, head.map(() => '---'), ...rest].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}

/** @param {Node} parent @returns {string} */
function inlines(parent) {
  return [...parent.childNodes].map(inline).join('')
}

/** @param {Node} node @returns {string} */
function inline(node) {
  if (node instanceof Text) return escaped(node.data)
  if (!(node instanceof Element)) return ''
  const text = () => blocks(node)
  switch (node.localName) {
    case 'br':
      return '\n'
    case 'code':
      return inCode(node.textContent ?? '')
    case 'strong':
    case 'b':
      return around('**', text())
    case 'em':
    case 'i':
      return around('*', text())
    case 'del':
    case 's':
      return around('~~', text())
    case 'input':
      return /** @type {HTMLInputElement} */ (node).checked ? '[x] ' : '[ ] '
    case 'a': {
      const href = node.getAttribute('href') ?? ''
      // Names, post numbers and addresses become links again by themselves.
      return /^https?:/.test(href) && node.textContent !== href ? `[${text()}](<${href}>)` : (node.textContent ?? '')
    }
    default:
      return text()
  }
}

/**
 * Puts signs around the words, not around the spaces beside them, where Markdown ignores the signs. @param {string} sign
 * @param {string} text
 */
function around(sign, text) {
  const words = text.trim()
  return words ? text.replace(words, () => sign + words + sign) : text
}

/** Escapes signs that Markdown would interpret. @param {string} text */
function escaped(text) {
  return text
    .replace(/\s+/g, (gap) => (gap.includes('\n') ? ' ' : gap))
    .replace(/[\\`*[\]~|]/g, '\\$&')
    .replace(/<(?=[a-z/!?])/giu, '\\$&')
    .replace(/&(?=#?\w+;)/giu, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/giu, '\\$&')
}

/** Escapes signs that make a heading, list or quote at the start of a line. @param {string} text */
function startsLine(text) {
  return text.replace(/^( {0,3})(#{1,6}(?=\s|$)|[-+=>]|\d{1,9}(?=[.)]))/gm, (_, spaces, sign) =>
    /\d/.test(sign) ? `${spaces}${sign}\\` : `${spaces}\\${sign}`,
  )
}

/** @param {string} code */
function fenced(code) {
  const fence = '`'.repeat(Math.max(3, longestTicks(code) + 1))
  return `${fence}\n${code.replace(/\n$/, '')}\n${fence}`
}

/** @param {string} code */
function inCode(code) {
  const ticks = '`'.repeat(longestTicks(code) + 1)
  const space = /^`|`$|^ .* $/.test(code) ? ' ' : ''
  return `${ticks}${space}${code.replaceAll('\n', ' ')}${space}${ticks}`
}

/** @param {string} code */
function longestTicks(code) {
  return Math.max(0, ...(code.match(/`+/g) ?? []).map(({ length }) => length))
}
