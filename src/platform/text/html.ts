const MARKUP = Symbol('markup')

/**
 * HTML that is safe to stand in a page: a template made it, or the sanitiser let it through. No other string becomes one by
 * mistake, so what a person wrote is escaped wherever a template forgets to think of it.
 */
export interface Html {
  readonly [MARKUP]: string
  /** The markup itself, for whoever sends it. */
  toString(): string
}

type Value = Html | string | number | boolean | null | undefined | readonly Html[]

const SIGNS: Record<string, string> = { '&': '&#38;', '<': '&#60;', '>': '&#62;', '"': '&#34;', "'": '&#39;' }

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)

/** A template: HTML stays as it is, a list of HTML is joined, all else is escaped, and nothing stands for null. */
export function html(literals: TemplateStringsArray, ...values: readonly Value[]): Html {
  let markup = literals[0] ?? ''
  values.forEach((value, index) => {
    markup += shown(value) + (literals[index + 1] ?? '')
  })
  return safeHtml(markup)
}

function shown(value: Value): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return escaped(value)
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  return MARKUP in value ? value[MARKUP] : value.map((one) => one[MARKUP]).join('')
}

/** Markup that the sanitiser has let through, or that stands in our own code. Whoever calls this vouches for it. */
export const safeHtml = (markup: string): Html => ({ [MARKUP]: markup, toString: () => markup })
