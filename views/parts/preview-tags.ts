import { type Html, html } from '../../src/platform/text/html.ts'
import type { Page } from '../page.ts'

/** A picture for link previews; width and height in pixels. */
export interface PreviewPicture {
  path: string
  width: number
  height: number
}

export interface Preview {
  title: string
  description?: string | undefined
  path: string
  picture?: PreviewPicture | undefined
}

/** Metadata for link previews (ogp.me); nothing on the onion address, which no page may name. */
export function previewTags({ site, origin }: Page, { title, description, path, picture }: Preview): Html {
  if (origin === null) return html``
  const tag = (property: string, content: string | number) =>
    html`<meta property="og:${property}" content="${content}">\n`
  return html`${tag('site_name', site.name)}${tag('type', picture ? 'article' : 'website')}${tag('title', title)}${
    description ? tag('description', description) : ''
  }${tag('url', origin + path)}${
    picture
      ? html`${tag('image', origin + picture.path)}${tag('image:width', picture.width)}${tag('image:height', picture.height)}${tag('image:alt', title)}<meta name="twitter:card" content="summary_large_image">\n`
      : ''
  }`
}
