import { readFileSync } from 'node:fs'
import { Resvg } from '@resvg/resvg-js'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'

// The program that comes with the library: without it one would be fetched from somewhere.
const wasmBinary = readFileSync(new URL(import.meta.resolve('zxing-wasm/reader/zxing_reader.wasm')))
prepareZXingModule({ overrides: { wasmBinary: wasmBinary.buffer as ArrayBuffer } })

/** What the QR codes of a page say to a reader of phones, in the order in which it finds them. @param svg pages as typst draws them, one below the other */
export async function codesOnPage(svg: string, dotsPerInch = 150): Promise<string[]> {
  const points = Number(/^<svg[^>]* width="([\d.]+)/.exec(svg)![1])
  const width = Math.round((points / 72) * dotsPerInch)
  const picture = new Resvg(svg, { fitTo: { mode: 'width', value: width }, background: 'white' }).render()
  const found = await readBarcodes(new Uint8Array(picture.asPng()), { formats: ['QRCode'], maxNumberOfSymbols: 255 })
  return found.filter(({ isValid }) => isValid).map(({ text }) => text)
}
