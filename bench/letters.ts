import { drawCode } from '../src/invitation/draw-code.ts'
import { loadLanguages } from '../src/language/languages.ts'
import { letterSheet } from '../src/print/letters.ts'
import { printPdf } from '../src/print/print-process.ts'

/** Letters to a thousand people, in a language and in Swedish, as one PDF: in milliseconds. What is printed is what staff get. */
export async function timeLetters(code: string, count = 1000): Promise<number> {
  const languages = loadLanguages()
  const letters = Array.from({ length: count }, (_, index) => ({
    code: drawCode(),
    address: ['Fatuma Åkesson Öberg', `Storgatan ${index + 1}`, '441 30 Alingsås'],
  }))
  const started = performance.now()
  const pdf = await printPdf(
    letterSheet({
      ...{
        letters,
        group: 'guardian',
        lastDay: '2026-10-31',
        municipality: { code: '1489', name: 'Alingsås' },
        publicUrl: 'https://undersokning.alingsas.se',
      },
      sender: ['Alingsås kommun', 'Enheten för barn och unga'],
      contact: ['Karin Lindqvist, 0322-61 60 00'],
      ...{ language: languages.find(code)!, languages },
    }),
  )
  const milliseconds = performance.now() - started
  if (!pdf.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('no letters were printed')
  return milliseconds
}
