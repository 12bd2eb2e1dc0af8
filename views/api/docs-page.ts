import { type Html, html } from '../../src/platform/text/html.ts'
import { layout } from '../layout.ts'
import type { Page } from '../page.ts'

/** The parts of JSON Schema that the API's description uses. */
export interface DescribedSchema {
  $ref?: string
  description?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  anyOf?: DescribedSchema[]
  items?: DescribedSchema
  properties?: Record<string, DescribedSchema>
  required?: string[]
  minProperties?: number
}

interface Described {
  content?: Record<string, { schema: DescribedSchema }>
}

export interface DescribedOperation {
  operationId: string
  summary: string
  tags: string[]
  /** The scopes that a token needs; an empty object when no token is needed. */
  security: Record<string, string[]>[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: DescribedSchema }[]
  requestBody?: { required?: boolean; content: Record<string, { schema: DescribedSchema }> }
  responses: Record<string, Described & { description: string }>
}

/** The parts of the OpenAPI document that the page shows. */
export interface DescribedApi {
  paths: Record<string, Record<string, DescribedOperation>>
  components: { schemas: Record<string, DescribedSchema> }
}

const EXAMPLE = `curl -H "Authorization: Bearer contrechamp_…" \\
     -H "Content-Type: application/json" \\
     -d '{"body": "…"}' \\
     /api/v1/threads/1/replies`

/** The API for developers, made from its OpenAPI document, without scripts or requests to elsewhere. */
export function apiDocsPage(page: Page, { paths, components }: DescribedApi): Html {
  const { t } = page
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
  )
  const tags = [...new Set(operations.flatMap(({ operation }) => operation.tags))]
  return layout(
    page,
    { title: t('api.title'), description: t('api.lead'), canonical: '/api/docs', kind: 'api' },
    html`<header class="head"><h1>${t('api.title')}</h1><p class="lead">${t('api.lead')}</p>
<p><a href="/api/openapi.json">${t('api.document')}</a></p></header>
<div class="prose">
<h2>${t('api.tokens')}</h2><p>${t('api.about_tokens')} <a href="/settings/tokens">${t('api.make_token')}</a></p>
<p>${t('api.never_by_token')}</p>
<h2>${t('api.lists')}</h2><p>${t('api.about_lists')}</p>
<h2>${t('api.writing')}</h2><p>${t('api.about_writing')}</p>
<h2>${t('api.problems')}</h2><p>${t('api.about_problems')}</p>
<h2>${t('api.example')}</h2><pre tabindex="0"><code>${EXAMPLE}</code></pre>
</div>
<section class="prose operations"><h2>${t('api.operations')}</h2>
${tags.map(
  (tag) =>
    html`<h3 id="${tag}">${tag}</h3>
${operations.filter(({ operation }) => operation.tags.includes(tag)).map((one) => operationDetails(page, one.method, one.path, one.operation))}`,
)}
</section>
<section class="prose operations"><h2>${t('api.objects')}</h2>
${Object.entries(components.schemas).map(
  ([name, schema]) =>
    html`<details id="${name}"><summary><code>${name}</code></summary>${schema.properties ? fieldsTable(page, schema) : html`<p>${typeOf(schema)}</p>`}</details>`,
)}
</section>`,
  )
}

function operationDetails(page: Page, method: string, path: string, operation: DescribedOperation): Html {
  const { t } = page
  const { security, parameters = [], requestBody, responses, operationId, summary } = operation
  const scope = security.flatMap((one) => Object.values(one).flat())[0] ?? ''
  const isOpen = security.some((one) => Object.keys(one).length === 0)
  const body = requestBody && schemaOf(requestBody)
  return html`<details id="${operationId}"><summary><code>${method.toUpperCase()} ${path}</code> <span>${summary}</span></summary>
<p>${isOpen ? t('api.public') : t('api.needs_scope', { scope })}</p>
${parameters.length > 0 ? html`<h4>${t('api.parameters')}</h4>${parametersTable(page, parameters)}` : ''}
${body ? html`<h4>${t('api.sent')}</h4>${body.properties ? fieldsTable(page, body) : html`<p>${typeOf(body)}</p>`}` : ''}
<h4>${t('api.answers')}</h4>
<dl>${Object.entries(responses).map(([status, answer]) => {
    const schema = schemaOf(answer)
    return html`<div><dt><code>${status}</code></dt><dd>${schema ? (schema.properties ? fieldsTable(page, schema) : typeOf(schema)) : answer.description}</dd></div>`
  })}</dl>
</details>`
}

const schemaOf = ({ content }: Described): DescribedSchema | undefined => Object.values(content ?? {})[0]?.schema

function parametersTable(page: Page, parameters: NonNullable<DescribedOperation['parameters']>): Html {
  const { t } = page
  return table(
    page,
    parameters.map(({ name, in: place, required, description = '', schema }) => ({
      name,
      type: html`${typeOf(schema)} <span class="when">${place}${required ? html`, ${t('api.required')}` : ''}</span>`,
      meaning: description,
    })),
  )
}

function fieldsTable(page: Page, { properties = {}, required = [] }: DescribedSchema): Html {
  return table(
    page,
    Object.entries(properties).map(([name, schema]) => ({
      name,
      type: html`${typeOf(schema)}${required.includes(name) ? '' : html` <span class="when">?</span>`}`,
      meaning: schema.description ?? schema.anyOf?.find(({ description }) => description)?.description ?? '',
    })),
  )
}

/** Meanings of fields are in English only, as the names are. */
const table = ({ t }: Page, rows: { name: string; type: Html; meaning: string }[]): Html =>
  html`<table>
<thead><tr><th scope="col">${t('api.field')}</th><th scope="col">${t('api.kind')}</th></tr></thead>
<tbody>${rows.map(({ name, type, meaning }) => html`<tr><th scope="row"><code>${name}</code></th><td>${type}${meaning ? html`<p lang="en">${meaning}</p>` : ''}</td></tr>`)}</tbody>
</table>`

/** The type of a value in short: `string`, `Post[]`, `"active" | "new"`. */
function typeOf(schema: DescribedSchema): Html {
  const { $ref, anyOf, enum: values, items, type, format } = schema
  if ($ref) {
    const name = $ref.split('/').at(-1) ?? ''
    return html`<a href="#${name}"><code>${name}</code></a>`
  }
  if (anyOf) return html`${anyOf.map((one, index) => html`${index > 0 ? ' | ' : ''}${typeOf(one)}`)}`
  if (values) return html`<code>${values.map((value) => JSON.stringify(value)).join(' | ')}</code>`
  if (items) return html`${typeOf(items)}<code>[]</code>`
  return html`<code>${[type ?? 'object'].flat().join(' | ')}${format ? ` (${format})` : ''}</code>`
}
