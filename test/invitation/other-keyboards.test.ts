import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAnyKeyboard } from '../../src/invitation/other-keyboards.ts'
import { readScannedCodes } from '../../src/invitation/scanned-codes.ts'
import { readWrittenCode } from '../../src/invitation/spreadsheet-code.ts'
import { codeLength, completeCode, readTypedCode } from '../../src/invitation/survey-code.ts'

const digit = fc.integer({ min: 0, max: 9 })
const codeOf = (digits: number[]) => completeCode(digits.join(''))
const anyCode = fc
  .array(digit, { minLength: codeLength - 1, maxLength: codeLength - 1 })
  .map(codeOf)
  .filter((code) => new Set(code).size >= 4)

/** One in which every digit stands: its signs are those of one row of keys only. */
const [ten, all] = [[0, 1, 2, 3, 4, 5, 6, 7, 8, 9], codeLength - 1]
const aCode = fc
  .array(digit, { minLength: all - ten.length, maxLength: all - ten.length })
  .chain((more) => fc.shuffledSubarray([...ten, ...more], { minLength: all, maxLength: all }))
  .map(codeOf)

/** The digits 0 to 9 as they are typed, and what stands before them of a link. */
const countries: Record<string, { digits: string; before: string }> = {
  'a Swedish computer': { digits: '0123456789', before: 'httpsÖ--svar2026.example.se-#' },
  'an American computer, of a Swedish scanner': { digits: '0123456789', before: 'https>&&svar2026.example.se&#' },
  'a Ukrainian computer': { digits: '0123456789', before: 'реезыЖ..ымфк.учфьздую.№' },
  'an Arabic computer': { digits: '٠١٢٣٤٥٦٧٨٩', before: 'اففحسك//سرشق.ثءشةحمث.سث/#' },
  'a French computer': { digits: 'à&é"\'(-è_ç', before: 'httpsM!!svqréàé-:exq,ple:se!3' },
  'a Belgian computer': { digits: 'à&é"\'(§è!ç', before: 'httpsM==svqréàé§:exq,ple:se=3' },
  'a Czech computer': { digits: 'é+ěščřžýáí', before: 'https"--svarěéěž.example.se-3' },
  'a Slovak computer': { digits: 'é+ľščťžýáí', before: 'https"--svar.example.se-3' },
  'a Lithuanian computer': { digits: '0ąčęėįšųū9', before: 'https:--svar.example.se-Ę' },
  'a Hungarian computer': { digits: 'ö123456789', before: 'httpsÉ--svar.example.se-+' },
  'a Swedish computer, of a Hungarian scanner': { digits: '§123456789', before: 'https>&&svar.example.se' },
  'a Swedish computer, of a French scanner': { digits: '=!"#¤%&/()', before: 'httpsö::svar;exaple;se:£' },
  'a German computer, of a French scanner': { digits: '=!"§$%&/()', before: 'httpsö::svar;exaple;se:' },
  'a British computer, of a French scanner': { digits: ')!"£$%^&*(', before: 'https;>>svar<example<se>' },
  'an American computer, of a French scanner': { digits: ')!@#$%^&*(', before: 'https;>>svar<example<se>' },
}

const typedBy = (digits: string, code: string) => [...code].map((digit) => [...digits][Number(digit)]).join('')

describe('a code that a scanner has typed', () => {
  test.each(Object.entries(countries))('at %s is read, alone and in its link', (_, { digits, before }) => {
    fc.assert(
      fc.property(aCode, fc.constantFrom('', before), fc.constantFrom('', '\n', ' '), (code, start, after) => {
        const typed = start + typedBy(digits, code) + after
        expect(readAnyKeyboard(typed)).toEqual({ digits: code })
        expect(readAnyKeyboard(typed.normalize('NFD'))).toEqual({ digits: code })
        expect(readWrittenCode(typed)).toMatchObject({ digits: code })
        expect(readScannedCodes(`${typed.trim()}\n${typed}`).map(({ problem }) => problem)).toEqual([
          undefined,
          'repeated',
        ])
      }),
    )
  })

  test.each(Object.entries(countries))('at %s is read as itself or not at all, whichever it is', (_, { digits }) => {
    fc.assert(
      fc.property(anyCode, (code) => {
        const read = readAnyKeyboard(typedBy(digits, code)) // where few digits are in it, it may be a code of two rows
        if (!read.problem) expect(read.digits).toBe(code)
      }),
    )
  })

  test.each(Object.entries(countries))('at %s with one sign wrong, or cut, is none', (_, { digits, before }) => {
    fc.assert(
      fc.property(aCode, fc.nat(codeLength - 1), fc.integer({ min: 1, max: 9 }), (code, at, more) => {
        const wrong = code.slice(0, at) + ((Number(code[at]) + more) % 10) + code.slice(at + 1)
        for (const typed of [before + typedBy(digits, wrong), typedBy(digits, code.slice(0, at))])
          expect(readAnyKeyboard(typed).problem).toBeDefined()
      }),
    )
  })

  test('is all that is read beside what readTypedCode reads: no line, no border and no word becomes one', () => {
    for (const drawn of ['=', '-', '&', '_', '*', '()', '!"', '=-', 'é', 'à&é'].map((sign) => sign.repeat(20)))
      expect(readAnyKeyboard(drawn), drawn).toEqual({ digits: '', problem: 'missing' })
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60, size: 'max' }), (typed) => {
        const read = readAnyKeyboard(typed)
        if (read.problem || !readTypedCode(typed).problem) expect(read).toEqual(readTypedCode(typed))
      }),
    )
  })
})

test('a digit too many makes no other code of those that are left, whichever they are', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^\d{17,31}$/, { size: 'max' }), (typed) => {
      expect(readAnyKeyboard(typed)).toEqual(readTypedCode(typed))
    }),
    { numRuns: 2_000 },
  )
})
