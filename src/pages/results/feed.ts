import { createHash } from 'node:crypto'
import { escaped } from '../../text/escaped.ts'

/** Something that a feed tells of, newest first. All texts are plain. */
export interface FeedEntry {
  /** What it is known by for ever, whatever the address of the service: words that say it and nothing else. */
  is: string
  title: string
  summary: string
  /** Where it is read. */
  href: string
  /** ISO instant. */
  at: string
}

export interface Feed {
  is: string
  title: string
  subtitle: string
  author: string
  /** A tag such as `sv`. */
  language: string
  /** Where the feed itself lies, and the pages that it is about. */
  self: string
  home: string
  entries: readonly FeedEntry[]
}

/** A feed of which nothing was told yet was last changed at the beginning of computers' time: the format wants an instant. */
const never = new Date(0).toISOString()

/** A feed as Atom (RFC 4287). */
export function atomFeed({ is, title, subtitle, author, language, self, home, entries }: Feed): string {
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${inXml(language)}">`,
    ...[element('id', idOf(is)), element('title', title), element('subtitle', subtitle)],
    element('updated', entries[0]?.at ?? never),
    `<author>${element('name', author)}</author>`,
    ...[link('self', 'application/atom+xml', self), link('alternate', 'text/html', home)],
    ...entries.map(entryOf),
    '</feed>\n',
  ].join('\n')
}

const entryOf = ({ is, title, summary, href, at }: FeedEntry) =>
  [
    '<entry>',
    ...[element('id', idOf(is)), element('title', title), element('updated', at), element('published', at)],
    ...[link('alternate', 'text/html', href), element('summary', summary)],
    '</entry>',
  ].join('\n')

const element = (name: string, text: string) => `<${name}>${inXml(text)}</${name}>`

const link = (rel: string, type: string, href: string) => `<link rel="${rel}" type="${type}" href="${inXml(href)}"/>`

/** Without the signs that no XML may hold, however they are written. */
const inXml = (text: string) => escaped(text.replace(/[^\t\n\r -\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '\ufffd'))

/** A UUID of what something is (RFC 9562, version 8: of our own making). */
function idOf(is: string): string {
  const digits = createHash('sha256').update(is).digest('hex').slice(0, 32)
  const marked = `${digits.slice(0, 12)}8${digits.slice(13, 16)}8${digits.slice(17)}`
  return `urn:uuid:${marked.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')}`
}
