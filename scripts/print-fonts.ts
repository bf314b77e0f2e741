/**
 * Builds the fonts that letters, slips and pictures are set with into dist/fonts, as the TrueType files that typst reads. Each part
 * of a family gets a name of its own: parts that share one hide each other, and no font of the machine may step in.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import subsetFont from 'subset-font'

/** Name -> package and part. The names stand in views/print/common.typ too, and in src/chart/png-thread-program.ts. */
const families: Record<string, [family: string, part: string]> = {
  'Brukarsvar Latin': ['noto-sans', 'latin'],
  'Brukarsvar Latin Extended': ['noto-sans', 'latin-ext'],
  'Brukarsvar Vietnamese': ['noto-sans', 'vietnamese'],
  'Brukarsvar Cyrillic': ['noto-sans', 'cyrillic'],
  'Brukarsvar Ethiopic': ['noto-sans-ethiopic', 'ethiopic'],
  'Brukarsvar Arabic': ['vazirmatn', 'arabic'],
}

/** Writes every font in two weights, each with all its letters: names of people and places may hold any. */
export async function buildPrintFonts(folder: string, fontFile: (path: string) => Buffer): Promise<void> {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const [name, [family, part]] of Object.entries(families)) {
    for (const weight of [400, 600]) {
      const path = `@fontsource/${family}/files/${family}-${part}-${weight}-normal.woff2`
      const options = { keepAllGlyphs: true, targetFormat: 'truetype' } as Parameters<typeof subsetFont>[2]
      const font = await subsetFont(fontFile(path), '', options)
      writeFileSync(join(folder, `${name.toLowerCase().replaceAll(' ', '-')}-${weight}.ttf`), renamed(font, name))
    }
  }
}

/** The same font with a name table of one family name. Table checksums are left: readers of fonts ignore them. */
function renamed(font: Buffer, name: string): Buffer {
  const table = nameTable(name)
  const count = font.readUInt16BE(4)
  const directory = Buffer.from(font.subarray(0, 12 + 16 * count))
  const at = Math.ceil(font.length / 4) * 4
  for (let entry = 12; entry < directory.length; entry += 16) {
    if (directory.toString('latin1', entry, entry + 4) !== 'name') continue
    directory.writeUInt32BE(at, entry + 8)
    directory.writeUInt32BE(table.length, entry + 12)
  }
  return Buffer.concat([directory, font.subarray(directory.length), Buffer.alloc(at - font.length), table])
}

/** Records 1 (family), 2 (style), 4 (whole name) and 6 (PostScript name), in English for Windows. */
function nameTable(name: string): Buffer {
  const texts = { 1: name, 2: 'Regular', 4: name, 6: name.replaceAll(' ', '') }
  const records = Object.entries(texts).map(([id, text]) => ({
    id: Number(id),
    bytes: Buffer.from(text, 'utf16le').swap16(),
  }))
  const header = Buffer.alloc(6 + 12 * records.length)
  header.writeUInt16BE(records.length, 2)
  header.writeUInt16BE(header.length, 4)
  let offset = 0
  records.forEach(({ id, bytes }, index) => {
    const record = [3, 1, 0x409, id, bytes.length, offset]
    for (const [field, value] of record.entries()) header.writeUInt16BE(value, 6 + 12 * index + 2 * field)
    offset += bytes.length
  })
  return Buffer.concat([header, ...records.map(({ bytes }) => bytes)])
}
