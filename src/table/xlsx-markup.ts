const around = /<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g
const rootPrefix = /<([^\s<>/:!?]+):(?:worksheet|sst|styleSheet|workbook|Relationships)[\s>]/

/** The bytes of a part as text, one letter a byte: whoever only looks for markup need not know the other letters. */
export function markupOf(part: Uint8Array): string {
  return Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('latin1')
}

/** Markup as Excel writes it: without comments, with texts in place of CDATA, and without the prefix that other programs put before each element. */
export function plainMarkup(xml: string): string {
  const texts = xml.includes('<!') ? xml.replace(around, (_, text?: string) => escaped(text ?? '')) : xml
  const prefix = rootPrefix.exec(texts.slice(0, 2_000))?.[1]
  return prefix ? texts.replaceAll(`<${prefix}:`, '<').replaceAll(`</${prefix}:`, '</') : texts
}

/** The attributes of each element of that name, without their prefixes. */
export function elements(part: Uint8Array, name: string): Record<string, string | undefined>[] {
  const text = plainMarkup(Buffer.from(part).toString('utf8'))
  return [...text.matchAll(new RegExp(`<(?:[^\\s<>/:]+:)?${name}(\\s[^<>]*)>`, 'g'))].map(([, attributes]) =>
    Object.fromEntries(
      [...attributes!.matchAll(attribute)].map(([, key, double, single]) => [key, unescaped(double ?? single!)]),
    ),
  )
}

const attribute = /\s(?:[^\s=:"']+:)?([^\s=:"']+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

const unescaped = (text: string) =>
  text.replace(/&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\da-f]{1,6}));/gi, (all, name, decimal, hex) => {
    if (name) return entities[name.toLowerCase()]!
    const point = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return point <= 0x10ffff ? String.fromCodePoint(point) : all
  })
