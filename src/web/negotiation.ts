import type { IncomingHttpHeaders } from 'node:http'
import Negotiator from 'negotiator'
import { defaultLanguage, type Language, type Languages } from '../language/languages.ts'

/** The language a browser asks for, or Swedish. Danes and Norwegians read Swedish; Dari is written as Persian. */
export function preferredLanguage(headers: IncomingHttpHeaders, languages: Languages): Language {
  const wanted = new Negotiator({ headers }).languages().map((tag) => tag.toLowerCase().split('-')[0]!)
  const found = wanted.map((code) => languages.find(relatives[code] ?? code)).find(Boolean)
  return found ?? languages.find(defaultLanguage)!
}

const relatives: Record<string, string> = { prs: 'fa', da: 'sv', nb: 'sv', nn: 'sv', no: 'sv' }

export type Encoding = 'br' | 'gzip' | 'identity'

const known = new Map<string, Encoding>()

/** The best encoding a browser accepts. Browsers send few different headers, so the answers are kept. */
export function preferredEncoding(header: string | undefined): Encoding {
  if (header === undefined) return 'identity'
  const cached = known.get(header)
  if (cached) return cached

  const negotiator = new Negotiator({ headers: { 'accept-encoding': header } })
  const encoding = (['br', 'gzip'] as const).find((name) => negotiator.encodings([name]).length > 0) ?? 'identity'
  if (known.size < 100) known.set(header, encoding)
  return encoding
}
