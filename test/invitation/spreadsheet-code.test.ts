import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readWrittenCode } from '../../src/invitation/spreadsheet-code.ts'
import { codeLength, completeCode, inFours, isWellFormed } from '../../src/invitation/survey-code.ts'
import { mergeRows } from '../../src/print/print-order.ts'

const aCode = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: codeLength - 1, maxLength: codeLength - 1 })
  .map((digits) => completeCode(digits.join('')))
const withoutZeros = (code: string) => code.replace(/^0{1,4}/, '')
const expectCode = (written: string, code: string) => {
  const { digits, problem } = readWrittenCode(written)
  expect({ written, digits, problem }).toEqual({ written, digits: code, problem: undefined })
}

/** How programs write a whole number with all its digits. */
const wholeForms = [
  (number: string) => number,
  (number: string) => `'${number}`,
  (number: string) => `="${number}"`,
  (number: string) => `${number}.0`,
  (number: string) => `${number},00`,
  (number: string) => number.replace(/\B(?=(\d{3})+$)/g, '\u00a0'),
  (number: string) => `${number.replace(/\B(?=(\d{3})+$)/g, '.')},00`,
  (number: string) => `${number[0]}.${number.slice(1).replace(/0$/, '')}E${number.length - 1}`,
  (number: string) => `${number[0]},${number.slice(1)}E+${number.length - 1}`,
]

describe('a code that a spreadsheet made a number of', () => {
  test('is read where all its digits stand, however the number is written', () => {
    fc.assert(
      fc.property(aCode, fc.integer({ min: 0, max: 4 }), fc.constantFrom(...wholeForms), (some, zeros, write) => {
        const code = completeCode('0'.repeat(zeros) + some.slice(zeros, -1).replace(/^0/, '1'))
        const number = withoutZeros(code)
        expectCode(write(number), code)
        expect('lacksZeros' in readWrittenCode(write(number))).toBe(number.length < codeLength)
      }),
      { numRuns: 2_000 },
    )
  })

  test('is never guessed where digits are gone, and always said to be eaten', () => {
    const rounded = fc.tuple(aCode, fc.integer({ min: 0, max: 12 }), fc.constantFrom('.', ','))
    fc.assert(
      fc.property(rounded, ([some, decimals, point]) => {
        const code = `1${some.slice(1)}`
        const written = Number(code).toExponential(decimals).replace('.', point).replace('e', 'E')
        const { problem } = readWrittenCode(written)
        // Nothing but zeros may have been rounded away.
        if (problem) expect(problem).toBe('eaten')
        else expect(/0{2,}$/.test(code)).toBe(true)
      }),
      { numRuns: 2_000 },
    )
    fc.assert(
      fc.property(aCode, (some) => {
        const code = completeCode(`1${some.slice(1, -1)}`)
        const kept = `${code.slice(0, -1)}0`
        if (kept === code) expectCode(kept, code)
        else expect(readWrittenCode(kept).problem).toBe('eaten')
      }),
    )
  })

  test.each(['4,41066E+15', '4.41066e15', ' 4,41066 E+15 ', "'4,41066E+15", '٤٫٤١٠٦٦E+15'.replace('٫', ','), '1E+16'])(
    'is eaten as %s',
    (written) => expect(readWrittenCode(written).problem).toBe('eaten'),
  )
})

test('a code that no program made a number of is read as it was typed, scanned or linked to', () => {
  const arabic = (text: string) => text.replace(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))
  fc.assert(
    fc.property(aCode, (code) => {
      for (const written of [inFours(code), inFours(code, '-'), inFours(code, '\u00a0'), arabic(inFours(code))])
        expectCode(written, code)
      for (const link of ['https://svar.example.se/#', 'http://10.0.0.7:3000/#', 'https://svar24.example.se/sv/#'])
        for (const shown of [code, inFours(code).replaceAll(' ', '%20'), inFours(code)]) expectCode(link + shown, code)
      expectCode(`${inFours(code)}\thttps://svar.example.se/#${code}`, code)
      expectCode(`1,23457E+15\thttps://svar.example.se/#${code}`, code)
    }),
  )
})

test.each([
  ['1234 5678 9012 345', 'short'],
  ['1234 5678 9012 3460', 'check'],
  ['12345', 'short'],
  ['3', 'short'],
  ['', 'missing'],
  ['E', 'missing'],
  ['1,5', 'short'],
])('what is typed wrongly is not blamed on a spreadsheet: %j', (written, problem) => {
  expect(isWellFormed(written)).toBe(false)
  expect(readWrittenCode(written).problem).toBe(problem)
})

test('what is written for a program of letters has each code in four groups, which no program takes for a number', () => {
  fc.assert(
    fc.property(aCode, (code) => {
      const [[written]] = mergeRows([code], 'https://svar.example.se') as [[string, string]]
      expect(written).toMatch(/^\d{4} \d{4} \d{4} \d{4}$/)
      expectCode(written, code)
    }),
  )
})
