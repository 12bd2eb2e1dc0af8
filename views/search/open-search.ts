import { type Html, html } from '../../src/platform/text/html.ts'
import { shortened } from '../../src/platform/text/shortened.ts'
import type { Page } from '../page.ts'

/**
 * Describes the search for browsers (OpenSearch 1.1, draft 6). Its addresses must be absolute, so they use the host of
 * the request.
 */
export function openSearch(
  { t, language, assets, name }: Pick<Page, 't' | 'language' | 'assets'> & { name: string },
  origin: string,
): Html {
  return html`<?xml version="1.0" encoding="UTF-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>${shortened(name, LONGEST_NAME)}</ShortName>
<Description>${t('search.description')}</Description>
<InputEncoding>UTF-8</InputEncoding>
<Language>${language}</Language>
<Image height="16" width="16" type="image/svg+xml">${origin}${assets.icon}</Image>
<Url type="text/html" template="${origin}/search?q={searchTerms}"/>
<Url type="application/opensearchdescription+xml" rel="self" template="${origin}/opensearch.xml?lang=${language}"/>
</OpenSearchDescription>
`
}

/** The limit of the specification. */
const LONGEST_NAME = 16
