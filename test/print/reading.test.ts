import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { printPdf } from '../../src/print/print-process.ts'
import type { Rich } from '../../src/print/rich-text.ts'
import { asCopied, hasPdftotext, textOf, wordsOf } from '../support/pdf.ts'
import { everySheet, printedProtocol, someProtocol } from './some-sheets.ts'

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
      expect(letter).toContain(`/${language.code}/about/1489`)
      expect(textOf(await printPdf(slips))).toContain(`/${language.code}/about/1489`)
      expect(letter).toContain('karin.lindqvist@alingsas.se')
      const form = textOf(await printPdf(forms))
      expect(form).toContain(`/${language.code}/about/1489`)
      expect(form).toContain(read(forms.content.heading))
      const labels = (forms.content.questions as { options: { label: Rich }[] }[]).flatMap(({ options }) =>
        options.map(({ label }) => label),
      )
      // A letter with a vowel sign is two glyphs, and both tell the sign: it comes twice, and parts the word.
      const plain = labels.filter((parts) => !/[\u064b-\u065f]/.test(parts.map(({ text }) => text).join('')))
      expect(plain.length).toBeGreaterThan(20)
      for (const label of plain) expect(form).toContain(read(label))
    },
  )

  test.each(['youth', 'unaccompanied'] as const)('for %s leads to the notice for thirteen-year-olds', async (group) => {
    for (const language of [languages.find('sv')!, languages.find('ar')!]) {
      const sheets = everySheet(languages, language)
      for (const name of [`letters ${group}`, `forms ${group}`])
        expect(textOf(await printPdf(sheets.get(name)!)), name).toContain(`/${language.code}/about/young/1489`)
    }
  })

  test.each(languages.all.map((language) => [language.code, language] as const))(
    'in %s: no word is nearer than 10 mm to an edge',
    async (_code, language) => {
      const sheets = everySheet(languages, language)
      for (const name of ['slips', 'letters guardian', 'forms guardian', 'letters youth', 'forms youth']) {
        for (const { left, top, right, bottom } of wordsOf(await printPdf(sheets.get(name)!)))
          expect(Math.min(left, top, 210 - right, 297 - bottom), name).toBeGreaterThan(10)
      }
    },
  )

  test('a day is written as the language writes it; in Arabic and Persian in figures, in order', async () => {
    const lastDayIn = (code: string) => {
      const [own] = everySheet(languages, languages.find(code)!).get('letters guardian')!.content.texts as [
        { lastDay: Rich },
      ]
      return own.lastDay.map(({ text }) => text).join('')
    }
    expect(lastDayIn('sv')).toBe('Svara senast den 31 oktober 2026')
    expect(lastDayIn('en')).toContain('31 October 2026')
    for (const code of ['ar', 'fa']) expect(lastDayIn(code)).toContain('\u20662026-10-31\u2069')
  })

  test('a protocol says all that was signed, and how it is checked', async () => {
    const read = textOf(await printPdf(printedProtocol(languages, languages.find('sv')!)))
    const { facts, indicators, destroyed } = JSON.parse(someProtocol.signed)
    for (const text of [indicators.sha256, facts.offers, destroyed.decision, 'Ada Ek', 'Bo Dal', facts.strata[29].unit])
      expect(read.replaceAll(/[\u2066-\u2069]/g, '')).toContain(text)
    for (const text of ['färre än tio', '15 december 2026', 'De går inte att räkna igen', '0123456789abcdef'])
      expect(read).toContain(text)
    expect(read).toContain('brukarsvar results verify protocol-2026-2.json')
    expect(read.replaceAll(' ', '')).toContain(someProtocol.signature)
    expect(read.replaceAll(' ', '')).toContain(someProtocol.publicKey)
  })
})
