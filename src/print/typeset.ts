import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../project-folder.ts'
import { qrDrawing } from './qr.ts'
import type { Sheet } from './sheet.ts'
import { withSides } from './sides.ts'

const templates = inProject('views/print')
const fonts = inProject('dist/fonts')

/** Something to look at (`svg`: all pages as one drawing, for tests) or to print (`pdf`). */
export type Format = 'pdf' | 'svg'

/**
 * Sets a sheet with typst, here and now: it is meant for a process of its own, see print-process.ts.
 * The PDF keeps to PDF/UA-1, or for an archive to PDF/A-2a: it is tagged, and any letter without a glyph is an error.
 * @param onProgress is told how many of the QR codes are drawn, the longer half of the work
 * @throws Error with what typst has to say
 */
export async function typeset(sheet: Sheet, format: Format, onProgress = (_done: number) => {}): Promise<Buffer> {
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const { links, template, ...rest } = sheet
  const qrs = links.map((link, index) => {
    if (index % 100 === 0) onProgress(index)
    return qrDrawing(link)
  })
  onProgress(links.length)
  const fontBlobs = readdirSync(fonts).map((file) => readFileSync(join(fonts, file)))
  const compiler = NodeCompiler.create({ workspace: templates, fontArgs: [{ fontBlobs }] })
  const compiled = compiler.compile({
    mainFilePath: join(templates, `${template}.typ`),
    inputs: { sheet: JSON.stringify({ ...rest, qrs }) },
  })
  if (!compiled.result) throw new Error(JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics))
  if (format === 'svg') return Buffer.from(compiler.plainSvg(compiled.result))
  return withSides(compiler.pdf(compiled.result, { pdfStandard: sheet.archivedOf ? 'a-2a' : 'ua-1' }), sheet.sides)
}
