import { strToU8 } from 'fflate'
import { describe, expect, test } from 'vitest'
import { parseTable } from '../../src/table/parse-table.ts'
import { tableLimits } from '../../src/table/table.ts'
import { zipped } from './make-xlsx.ts'

type Parts = Record<string, string>

const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const head = '<?xml version="1.0" encoding="UTF-8"?>'
const rels = (inside: string) =>
  `${head}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inside}</Relationships>`
const relation = (id: string, kind: string, target: string) =>
  `<Relationship Id="${id}" Type="${office}/${kind}" Target="${target}"/>`

/** A workbook as Excel writes it: a shared text, a text in its cell, a number, a day. */
const usual: Parts = {
  '_rels/.rels': rels(relation('rId1', 'officeDocument', 'xl/workbook.xml')),
  'xl/workbook.xml': `${head}<workbook xmlns="${main}" xmlns:r="${office}"><workbookPr/><sheets><sheet name="Blad &amp; O'Neill &#38;" sheetId="1" r:id="rId1"/></sheets></workbook>`,
  'xl/_rels/workbook.xml.rels': rels(
    relation('rId1', 'worksheet', 'worksheets/sheet1.xml') +
      relation('rId2', 'sharedStrings', 'sharedStrings.xml') +
      relation('rId3', 'styles', 'styles.xml'),
  ),
  'xl/worksheets/sheet1.xml': `${head}<worksheet xmlns="${main}"><dimension ref="A1:D2"/><cols><col min="1" max="1" width="9"/></cols><sheetData><row r="1" spans="1:4"><c r="A1" t="s"><v>0</v></c><c r="B1" t="inlineStr"><is><t>Kod</t></is></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="str"><v>Dag</v></c></row><row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2" t="inlineStr"><is><t xml:space="preserve">1234 5678 </t></is></c><c r="C2"><v>7</v></c><c r="D2" s="1"><v>46082</v></c></row></sheetData></worksheet>`,
  'xl/sharedStrings.xml': `${head}<sst xmlns="${main}" count="3" uniqueCount="3"><si><t>Enhet</t></si><si><r><rPr><b/></rPr><t>Ant</t></r><r><t>al</t></r></si><si><t xml:space="preserve"> Åsa &lt;norr&gt; </t></si></sst>`,
  'xl/styles.xml': `${head}<styleSheet xmlns="${main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>`,
}
const cells = [
  ['Enhet', 'Kod', 'Antal', 'Dag'],
  ['Åsa <norr>', '1234 5678', '7', '2026-03-01'],
]

const each = (parts: Parts, change: (text: string, name: string) => string): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, change(text, name)]))
const without = (parts: Parts, ...names: string[]): Parts =>
  Object.fromEntries(Object.entries(parts).filter(([name]) => !names.includes(name)))
const renamed = (parts: Parts, change: (name: string) => string): Parts =>
  Object.fromEntries(Object.entries(parts).map(([name, text]) => [change(name), text]))
const swap = (from: string | RegExp, to: string) => (text: string) => text.replaceAll(from as string, to)

/** Every element of the spreadsheet's own namespace with a prefix, as OpenXML SDK and some others write. */
const prefixed = (prefix: string) => (text: string, name: string) =>
  name.endsWith('.rels')
    ? text
    : text.replace(/<(\/?)(?=[a-z])/gi, `<$1${prefix}:`).replace(`xmlns="${main}"`, `xmlns:${prefix}="${main}"`)

const variants: [string, Parts][] = [
  ['as Excel does', usual],
  ['with a prefix before each element', each(usual, prefixed('x'))],
  ['with a longer prefix', each(usual, prefixed('ss-1.a'))],
  [
    'with a prefix in the relationships',
    each(usual, (text, name) =>
      name.endsWith('.rels') ? text.replace(/<(\/?)R/g, '<$1p:R').replace('xmlns=', 'xmlns:p=') : text,
    ),
  ],
  ['with another prefix for the relationship of a sheet', each(usual, swap('r:id', 'd3p1:id'))],
  [
    'with absolute paths',
    each(usual, (text) => text.replace(/Target="(?=w|s)/g, 'Target="/xl/').replace('Target="xl/', 'Target="/xl/')),
  ],
  ['with paths that go up and down', each(usual, (text) => text.replace(/Target="(?=w|s)/g, 'Target="../xl/./'))],
  [
    'by the strict standard',
    each(usual, (text) =>
      text
        .replaceAll(office, 'http://purl.oclc.org/ooxml/officeDocument/relationships')
        .replaceAll(main, 'http://purl.oclc.org/ooxml/spreadsheetml/main')
        .replace('<c r="D2" s="1"><v>46082</v>', '<c r="D2" s="1" t="d"><v>2026-03-01T00:00:00</v>'),
    ),
  ],
  [
    'without styles',
    each(without(usual, 'xl/styles.xml'), (text) =>
      text
        .replace(/<Relationship Id="rId3"[^>]*>/, '')
        .replace('<c r="D2" s="1"><v>46082</v>', '<c r="D2" t="d"><v>2026-03-01</v>'),
    ),
  ],
  [
    'without the shared texts it does not need',
    each(without(usual, 'xl/sharedStrings.xml'), (text) =>
      text
        .replace(/<Relationship Id="rId2"[^>]*>/, '')
        .replace('t="s"><v>0</v>', 't="inlineStr"><is><t>Enhet</t></is>')
        .replace('t="s"><v>1</v>', 't="inlineStr"><is><r><t>Ant</t></r><r><rPr/><t>al</t></r></is>')
        .replace('t="s"><v>2</v>', 't="str"><v>Åsa &#60;norr></v>'),
    ),
  ],
  ['without cell addresses', each(usual, swap(/ r="[A-Z]\d"/g, ''))],
  ['without addresses of cells or rows', each(usual, swap(/(?<=<row|<c) r="[A-Z]?\d"/g, ''))],
  ['with single quotes', each(usual, (text) => text.replaceAll('"', "'"))],
  ['with spaces around', each(usual, (text) => text.replaceAll('/>', ' />').replaceAll('></', '>\n</'))],
  ['with a byte order mark', each(usual, (text) => `\ufeff${text}`)],
  ['without an XML declaration', each(usual, swap(head, ''))],
  [
    'with its workbook elsewhere',
    each(
      renamed(usual, (name) => name.replace(/^xl\//, 'book/')),
      swap('xl/workbook.xml', '/book/workbook.xml'),
    ),
  ],
  [
    'with its workbook at the root',
    each(
      renamed(usual, (name) => name.replace(/^xl\//, '')),
      swap('xl/workbook.xml', 'workbook.xml'),
    ),
  ],
  [
    'with capitals in the names of its parts',
    renamed(usual, (name) => name.replace('sharedStrings', 'SharedStrings').replace('workbook.xml', 'Workbook.xml')),
  ],
  ['with backslashes in the names of its parts', renamed(usual, (name) => name.replaceAll('/', '\\'))],
  [
    'with a percent code in the name of a part',
    each(renamed(usual, swap('sheet1', 'Blad 1')), swap('worksheets/sheet1', 'worksheets/Blad%201')),
  ],
  [
    'with comments',
    each(usual, (text) =>
      text.replace(/<sheetData>/, '<!-- <row r="9"><c r="A9"><v>1</v></c></row> --><sheetData><!-- x -->'),
    ),
  ],
  ['with CDATA', each(usual, swap('<t>Enhet</t>', '<t><![CDATA[Enhet]]></t>'))],
  [
    'with extensions',
    each(usual, (text) =>
      text
        .replace(
          '<dimension',
          '<mc:AlternateContent xmlns:mc="a"><mc:Choice Requires="x"/></mc:AlternateContent><dimension',
        )
        .replace('</sheetData>', '</sheetData><extLst><ext xmlns:x14="b"><x14:row/><x14:c r="B7"/></ext></extLst>'),
    ),
  ],
  [
    'with sound of the letters',
    each(usual, swap('<t>Enhet</t>', '<t>Enhet</t><rPh sb="0" eb="1"><t>enhet</t></rPh><phoneticPr fontId="1"/>')),
  ],
]

describe('a workbook is read as other programs write it', () => {
  test.each(variants)('%s', async (_, parts) => {
    const files = Object.fromEntries(Object.entries(parts).map(([name, text]) => [name, strToU8(text)]))
    const { header, rows } = await parseTable(zipped(files), tableLimits)
    expect([header, ...rows.map((row) => row.cells)]).toEqual(cells)
  })
})
