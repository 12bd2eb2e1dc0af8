import { type Html, html } from '../../src/platform/text/html.ts'

export interface Field {
  name: string
  label: string
  /** The label is for screen readers only: a heading already shows it. */
  labelHidden?: boolean
  /** What the field is for, below the label. */
  hint?: string | undefined
  /** The error of the value that was sent. */
  problem?: string | undefined
}

/** The attributes that link a control to its hint and error. An error also gets the focus. */
export function fieldAttributes({ name, hint, problem }: Field): Html {
  const described = [hint ? `${name}-hint` : '', problem ? `${name}-problem` : ''].filter(Boolean).join(' ')
  return html`id="field-${name}" name="${name}"${described ? html` aria-describedby="${described}"` : ''}${problem ? html` aria-invalid="true" autofocus` : ''}`
}

/** Label, hint, control and error, in reading order. */
export function field(shown: Field, controlHtml: Html): Html {
  const { name, label, labelHidden = false, hint, problem } = shown
  return html`<div class="field">
<label for="field-${name}"${labelHidden ? html` class="hidden"` : ''}>${label}</label>
${hint ? html`<p class="hint" id="${name}-hint">${hint}</p>` : ''}
${problem ? html`<p class="problem" id="${name}-problem">${problem}</p>` : ''}
${controlHtml}
</div>`
}

interface TextInput extends Field {
  value: string
  type?: 'text' | 'password' | 'email' | 'url'
  autocomplete?: string
  longest?: number
  required?: boolean
  autofocus?: boolean
  /** A name or address: phones must not correct or capitalise it. */
  verbatim?: boolean
}

/** Tells a password manager which account the form belongs to (WHATWG, autocomplete `username`). */
export const accountName = (username: string): Html =>
  html`<span class="hidden" aria-hidden="true"><input type="text" value="${username}" autocomplete="username" readonly tabindex="-1"></span>`

/** A field of one line. */
export function textField(input: TextInput): Html {
  const {
    value,
    type = 'text',
    autocomplete = 'off',
    longest,
    required = false,
    autofocus = false,
    verbatim = false,
  } = input
  return field(
    input,
    html`<input ${fieldAttributes(input)} type="${type}" value="${value}" autocomplete="${autocomplete}"${longest ? html` maxlength="${longest}"` : ''}${verbatim ? html` autocapitalize="none" autocorrect="off" spellcheck="false"` : ''}${required ? ' required' : ''}${autofocus && !input.problem ? ' autofocus' : ''}>`,
  )
}

interface TextArea extends Field {
  value: string
  longest: number
  rows?: number
  required?: boolean
}

/** A field of several lines. */
export function textArea(input: TextArea): Html {
  const { value, longest, rows = 4, required = false } = input
  return field(
    input,
    html`<textarea ${fieldAttributes(input)} rows="${rows}" maxlength="${longest}" dir="auto"${required ? ' required' : ''}>
${value}</textarea>`,
  )
}
