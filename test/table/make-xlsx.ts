import { strToU8, type Zippable, zipSync } from 'fflate'

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

/** Styles 0 to 3: general, a day, a day with a time, a time. */
const styles = `${head}<styleSheet xmlns="${main}"><cellXfs count="4"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="20"/></cellXfs></styleSheet>`

export interface SheetParts {
  /** What stands in `sheetData`. */
  rows?: string
  /** What stands after it, such as merged cells. */
  after?: string
  shared?: string[]
  /** Sheets before and after ours. */
  hiddenBefore?: boolean
  others?: number
  /** Parts to add or to put in place of ours. */
  parts?: Record<string, string | Uint8Array>
}

/** An XLSX file written by hand, so that it can be as strange as other programs make them, or worse. */
export function makeXlsx({
  rows = '',
  after = '',
  shared = [],
  hiddenBefore = false,
  others = 0,
  parts = {},
}: SheetParts): Buffer {
  const names = [
    ...(hiddenBefore ? ['hidden'] : []),
    'sheet1',
    ...Array.from({ length: others }, (_, i) => `other${i}`),
  ]
  const sheet = (name: string) => (name === 'sheet1' ? rows : row(1, [text('A1', `Från ${name}`)]))
  const files: Record<string, string | Uint8Array> = {
    'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><sheets>${names
      .map(
        (name, i) =>
          `<sheet name="${name}" sheetId="${i + 1}"${name === 'hidden' ? ' state="hidden"' : ''} r:id="rId${i + 1}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${names
      .map((name, i) => `<Relationship Id="rId${i + 1}" Type="${office}/worksheet" Target="worksheets/${name}.xml"/>`)
      .join(
        '',
      )}<Relationship Target="styles.xml" Type="${office}/styles" Id="s1"/><Relationship Id="s2" Type="${office}/sharedStrings" Target="/xl/sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': styles,
    'xl/sharedStrings.xml': `${head}<sst xmlns="${main}">${shared.map((value) => `<si><t xml:space="preserve">${value}</t></si>`).join('')}</sst>`,
    ...Object.fromEntries(
      names.map((name) => [
        `xl/worksheets/${name}.xml`,
        `${head}<worksheet xmlns="${main}"><sheetData>${sheet(name)}</sheetData>${name === 'sheet1' ? after : ''}</worksheet>`,
      ]),
    ),
    ...parts,
  }
  return zipped(files)
}

export function zipped(files: Record<string, string | Uint8Array>): Buffer {
  const contents = Object.entries(files).map(([name, content]) => [
    name,
    typeof content === 'string' ? strToU8(content) : content,
  ])
  return Buffer.from(zipSync(Object.fromEntries(contents) as Zippable, { level: 6 }))
}

export const row = (number: number | string, cells: string[]) => `<row r="${number}">${cells.join('')}</row>`
export const text = (at: string, value: string) =>
  `<c r="${at}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`
export const shared = (at: string, index: number) => `<c r="${at}" t="s"><v>${index}</v></c>`
export const number = (at: string, value: string, style = 0) => `<c r="${at}" s="${style}"><v>${value}</v></c>`
