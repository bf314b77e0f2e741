import { cleanText } from '../table/clean-text.ts'
import type { FigureReport } from './figure-report.ts'
import { inXml, withParts } from './office-parts.ts'

const core = 'docProps/core.xml'
const landscape = '<pageSetup paperSize="9" orientation="landscape" fitToWidth="1" fitToHeight="0"/>'

/** An Excel file whose sheets are printed one page wide, and that says what it is called and what it comes from. */
export const printedWorkbook = (file: Uint8Array, report: FigureReport): Buffer =>
  withParts(file, printedPart, { [core]: propertiesOf(report) })

function printedPart(path: string, xml: string): string {
  if (path.startsWith('xl/worksheets/') && path.endsWith('.xml'))
    return xml
      .replace(/<worksheet[^<>]*>/, (start) => `${start}<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>`)
      .replace('</worksheet>', `${landscape}</worksheet>`)
  if (path === '_rels/.rels')
    return xml.replace(
      '</Relationships>',
      `<Relationship Id="rId-core" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="${core}"/></Relationships>`,
    )
  if (path === '[Content_Types].xml')
    return xml.replace(
      '</Types>',
      `<Override PartName="/${core}" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>`,
    )
  return xml
}

const propertiesOf = ({ title, subtitle, lang }: FigureReport): string =>
  [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">',
    `<dc:title>${inXml(cleanText(title))}</dc:title><dc:creator>${inXml(cleanText(subtitle))}</dc:creator><dc:language>${lang}</dc:language>`,
    '</cp:coreProperties>',
  ].join('')
