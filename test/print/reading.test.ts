import { describe, expect, test } from 'vitest'
import { printPdf } from '../../src/print/print-process.ts'
import type { Rich } from '../../src/print/rich-text.ts'
import { loadLanguages } from '../../src/web/languages.ts'
import { asCopied, hasPdftotext, textOf } from '../support/pdf.ts'
import { everySheet } from './some-sheets.ts'

const languages = loadLanguages()

describe.skipIf(!hasPdftotext)('what is printed is read by a machine', () => {
  const read = (parts: unknown) => asCopied((parts as Rich).map(({ text }) => text).join(''))

  test.each(languages.all.map((language) => [language.code, language] as const))(
    'in %s: headings and sentences, each as one string',
    async (_code, language) => {
      const sheets = everySheet(languages, language)
      const slips = sheets.get('slips')!
      const letters = sheets.get('letters guardian')!
      const forms = sheets.get('forms guardian')!
      const [own] = letters.content.texts as Record<string, Rich>[]

      expect(textOf(await printPdf(slips))).toContain(read(slips.content.heading))
      const letter = textOf(await printPdf(letters))
      expect(letter).toContain(read(own!.heading))
      expect(letter).toContain('karin.lindqvist@alingsas.se')
      const form = textOf(await printPdf(forms))
      expect(form).toContain(read(forms.content.heading))
      const labels = (forms.content.questions as { options: { label: Rich }[] }[]).flatMap(({ options }) =>
        options.map(({ label }) => label),
      )
      // A letter with a vowel sign is two glyphs, and poppler copies it twice.
      const plain = labels.filter((parts) => !/[\u064b-\u065f]/.test(parts.map(({ text }) => text).join('')))
      expect(plain.length).toBeGreaterThan(20)
      for (const label of plain) expect(form).toContain(read(label))
    },
    60_000,
  )
})
