import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { asciiDigits, withAsciiDigits } from '../src/text/digits.ts'

const zeros = { European: 0x30, 'Arabic-Indic': 0x660, Persian: 0x6f0, Devanagari: 0x966, Bengali: 0x9e6, Thai: 0xe50 }
const more = { 'full-width': 0xff10, 'mathematical bold': 0x1d7ce, 'mathematical monospace': 0x1d7f6, Adlam: 0x1e950 }
const scripts = Object.entries({ ...zeros, ...more })
const written = (digits: string, zero: number) =>
  [...digits].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')

describe('digits', () => {
  test.each(scripts)('are read in %s', (_name, zero) => {
    expect(asciiDigits(written('0123456789', zero))).toBe('0123456789')
    expect(withAsciiDigits(`a${written('09', zero)} b`)).toBe('a09 b')
  })

  test('of every script there is have a value, and each value as often as the others', () => {
    const counts = Array<number>(10).fill(0)
    for (let place = 0; place <= 0x10ffff; place++) {
      const sign = String.fromCodePoint(place)
      if (/\p{Nd}/u.test(sign)) counts[Number(asciiDigits(sign))]!++
    }
    expect(new Set(counts).size).toBe(1)
    expect(counts[0]).toBeGreaterThan(60)
  })

  test('are all that changes in a text', () => {
    expect(withAsciiDigits('½ ② Ⅳ ³ 12, å')).toBe('½ ② Ⅳ ³ 12, å')
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200, size: 'max' }), (text) => {
        const read = withAsciiDigits(text)
        expect(read.replace(/[0-9]/g, '')).toBe(text.replace(/\p{Nd}/gu, ''))
        expect(withAsciiDigits(read)).toBe(read)
      }),
    )
  })
})
