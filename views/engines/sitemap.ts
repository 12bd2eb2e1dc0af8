import { type Html, html } from '../../src/platform/text/html.ts'

export interface SitemapEntry {
  /** Absolute. */
  address: string
  changedAt?: Date | null
}

const NAMESPACE = 'http://www.sitemaps.org/schemas/sitemap/0.9'

/** The addresses of sitemaps (sitemaps.org, «Sitemap index files»). */
export const sitemapIndex = (addresses: readonly string[]): Html =>
  html`<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="${NAMESPACE}">
${addresses.map((address) => html`<sitemap><loc>${address}</loc></sitemap>\n`)}</sitemapindex>
`

/** The addresses of pages, and when each last changed. */
export const sitemap = (entries: readonly SitemapEntry[]): Html =>
  html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="${NAMESPACE}">
${entries.map(
  ({ address, changedAt }) =>
    html`<url><loc>${address}</loc>${changedAt ? html`<lastmod>${changedAt.toISOString()}</lastmod>` : ''}</url>\n`,
)}</urlset>
`
