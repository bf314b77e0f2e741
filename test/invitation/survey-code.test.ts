import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { codeLength, completeCode, inFours, isWellFormed, readTypedCode } from '../../src/invitation/survey-code.ts'
import { asciiDigits } from '../../src/text/digits.ts'

const aCode = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: codeLength - 1, maxLength: codeLength - 1 })
  .map((digits) => completeCode(digits.join('')))

/** Every code that differs from this one in a single digit: 16 places, 9 other digits. */
function* withOneWrongDigit(code: string) {
  for (let place = 0; place < code.length; place++) {
    for (const digit of '0123456789') {
      if (digit !== code[place]) yield code.slice(0, place) + digit + code.slice(place + 1)
    }
  }
}

/** Every code with two different neighbours swapped. */
function* withNeighboursSwapped(code: string) {
  for (let place = 0; place < code.length - 1; place++) {
    const [left, right] = [code[place]!, code[place + 1]!]
    if (left !== right) yield code.slice(0, place) + right + left + code.slice(place + 2)
  }
}

describe('the check digit', () => {
  const codes = Array.from({ length: 500 }, drawCode)

  test('finds every single wrong digit', () => {
    const wrong = codes.flatMap((code) => [...withOneWrongDigit(code)])
    expect(wrong).toHaveLength(codes.length * codeLength * 9)
    expect(wrong.filter(isWellFormed)).toEqual([])
  })

  test('finds every swap of neighbours', () => {
    const swapped = codes.flatMap((code) => [...withNeighboursSwapped(code)])
    expect(swapped.length).toBeGreaterThan(codes.length * 10) // equal neighbours cannot be swapped
    expect(swapped.filter(isWellFormed)).toEqual([])
  })

  test('finds both for every pair of digits at every place', () => {
    const pairs = Array.from({ length: 100 }, (_, pair) => String(pair).padStart(2, '0'))
    for (let place = 0; place < codeLength - 2; place++) {
      const withPair = pairs.map((pair) => {
        const around = drawCode()
        return completeCode(around.slice(0, place) + pair + around.slice(place + 2, -1))
      })
      expect(withPair.filter((code) => !isWellFormed(code))).toEqual([])
      const wrong = withPair.flatMap((code) => [...withOneWrongDigit(code), ...withNeighboursSwapped(code)])
      expect(wrong.filter(isWellFormed)).toEqual([])
    }
  })

  test('finds both in any code', () => {
    fc.assert(
      fc.property(aCode, (code) => {
        expect(isWellFormed(code)).toBe(true)
        expect([...withOneWrongDigit(code), ...withNeighboursSwapped(code)].filter(isWellFormed)).toEqual([])
      }),
    )
  })

  test("is Damm's: his own example 572 gets the digit 4", () => {
    expect(completeCode('572')).toBe('5724')
  })
})

describe('a code that is typed', () => {
  const digitSets = { european: 0x30, 'Arabic-Indic': 0x660, Persian: 0x6f0 }
  const written = (code: string, zero: number) =>
    [...code].map((digit) => String.fromCharCode(zero + Number(digit))).join('')
  const separator = fc.stringMatching(
    /^[ \t\n\u00a0\u2000-\u200f\u2066-\u2069\u202a-\u202e.,:;/#|_\u2013\u2014\u060c\u066b-]{0,3}$/,
  )

  test.each(Object.entries(digitSets))('is read in %s digits', (_name, zero) => {
    for (let round = 0; round < 100; round++) {
      const code = drawCode()
      expect(readTypedCode(written(code, zero))).toEqual({ digits: code })
    }
    expect(asciiDigits(written('0123456789', zero))).toBe('0123456789')
  })

  test('is read whatever stands between the digits, also when the digit sets are mixed', () => {
    const zeros = fc.constantFrom(...Object.values(digitSets))
    const typing = fc.array(fc.tuple(zeros, separator), { minLength: codeLength, maxLength: codeLength })
    fc.assert(
      fc.property(aCode, separator, typing, (code, before, keys) => {
        const typed = before + keys.map(([zero, after], place) => written(code[place]!, zero) + after).join('')
        expect(readTypedCode(typed)).toEqual({ digits: code })
      }),
    )
  })

  test('is read from its link, and as it is printed', () => {
    const code = drawCode()
    for (const typed of [
      `https://svar.example.se/#${code}`,
      inFours(code),
      inFours(code, '\u00a0'),
      inFours(code, '-'),
    ])
      expect(readTypedCode(typed), typed).toEqual({ digits: code })
  })

  const code = '4410661934258072'.slice(0, 15)
  const whole = completeCode(code)
  const fours = inFours(whole)
  test.each([
    `#${fours.replaceAll(' ', '%20')}`,
    `#${whole}&fbclid=IwAR0x5s3kq7Zb1a`,
    `#${fours.replaceAll(' ', '%20')}&utm_source=1&utm_id=20261031`,
    `#${whole.slice(0, 8)}\u200b${whole.slice(8)}`,
    `#${whole.slice(0, 8)}%E2%80%8B${whole.slice(8)}&gclid=77`,
    `#${whole}%20`,
    `https://svar2026.example.se/#${whole.slice(0, 8)}=\r\n${whole.slice(8)}`,
    `https://svar2026.example.se/#${whole.slice(0, 5)}%3D%0A${whole.slice(5)}`,
    `https://svar2026.example.se/#${whole.slice(0, 5)}%253D%250A${whole.slice(5)}`,
    `#${whole}%E2%80%AC`,
    `#${whole}%23`,
    `https://svar.example.se/%2523${whole}`,
    `#${whole}%`,
    `#${whole}%E2%8`,
    `https://svar2026.example.se/#${whole}`,
    `http://10.0.0.7:3000/#${whole}`,
    `<https://svar2026.example.se/#${whole}>.`,
    `${whole}${whole}`,
    `${fours}${fours}`,
    `${fours} ${fours} ${fours}`,
    `Kod ${whole} gäller till 31 oktober 2026`,
    `Hej! Svara senast 31/10 på https://svar.example.se/#${whole} eller skriv koden ${fours}. Frågor: 0322-61 60 00`,
    `31/10 2026: ${fours}, 0322-61 60 00`,
    `Koden: ${fours}\n0322-61 60 00`,
    `http://svar24.example.se/3${whole}`,
    `x${'０'.repeat(3)}x ${[...whole].map((digit) => String.fromCodePoint(0xff10 + Number(digit))).join(' ')}`,
  ])('is found in %s', (typed) => {
    expect(readTypedCode(typed)).toEqual({ digits: whole })
  })

  test('is found in any message that holds it once or more, with other numbers before and after', () => {
    const words = fc.stringMatching(/^[a-zåäö ,.!:/-]{0,30}[a-zåäö] ?$/)
    const other = fc.oneof(
      words,
      fc.tuple(words, fc.integer({ min: 0, max: 99_999_999 }), words).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(aCode, fc.boolean(), other, other, (code, isInFours, before, after) => {
        const shown = isInFours ? inFours(code) : code
        expect(readTypedCode(`${before}a ${shown} a${after}`)).toEqual({ digits: code })
        expect(readTypedCode(`${before}a ${shown} a${after} ${code}`)).toEqual({ digits: code })
      }),
    )
  })

  test('is not chosen where two stand in a text, and what is wrong with one in a message is said of that one', () => {
    const [one, other] = [drawCode(), drawCode()]
    expect(readTypedCode(`${one} och ${other}`)).toEqual({ digits: one + other, problem: 'long' })
    const wrong = one.slice(0, -1) + ((Number(one.at(-1)) + 1) % 10)
    expect(readTypedCode(`https://svar2026.example.se/#${wrong}`)).toEqual({ digits: wrong, problem: 'check' })
    expect(readTypedCode(`https://svar2026.example.se/#${one.slice(0, 14)}`)).toEqual({
      digits: one.slice(0, 14),
      problem: 'short',
    })
  })

  test('is told apart from too few digits, too many, none and a wrong one', () => {
    fc.assert(
      fc.property(aCode, fc.integer({ min: 1, max: codeLength - 1 }), (code, length) => {
        expect(readTypedCode(code.slice(0, length))).toEqual({ digits: code.slice(0, length), problem: 'short' })
        expect(readTypedCode(code + code.slice(0, length)).problem).toBe('long')
        const wrong = code.slice(0, -1) + ((Number(code.at(-1)) + 1) % 10)
        expect(readTypedCode(wrong)).toEqual({ digits: wrong, problem: 'check' })
      }),
    )
    for (const nothing of ['', '   ', 'hej', '\u2066\u2069', '①②③', 'Ⅳ½']) {
      expect(readTypedCode(nothing), nothing).toEqual({ digits: '', problem: 'missing' })
    }
  })

  test('never makes the reader fail, and never becomes a code by accident', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60, size: 'max' }), (typed) => {
        const { digits, problem } = readTypedCode(typed)
        expect(digits).toMatch(/^[0-9]*$/)
        if (!problem) expect(isWellFormed(digits)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('is shown in groups of four', () => {
    expect(inFours('1234567890123456')).toBe('1234 5678 9012 3456')
    expect(inFours('123456')).toBe('1234 56')
    expect(inFours('1234')).toBe('1234')
  })
})

describe('a code that is drawn', () => {
  const drawn = Array.from({ length: 100_000 }, drawCode)

  test('has 16 digits and the right check digit', () => {
    expect(drawn.filter((code) => !/^[0-9]{16}$/.test(code) || !isWellFormed(code))).toEqual([])
  })

  test('is never drawn twice: 100 000 draws, no duplicate', () => {
    expect(new Set(drawn).size).toBe(drawn.length) // by chance once in 200 000 runs: 100 000² / 2 / 10¹⁵
  })

  test('has every digit at every place equally often', () => {
    for (let place = 0; place < codeLength; place++) {
      const counts = Array.from({ length: 10 }, () => 0)
      for (const code of drawn) counts[Number(code[place])]!++
      const expected = drawn.length / 10
      const chiSquare = counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
      expect(chiSquare, `place ${place + 1}: ${counts}`).toBeLessThan(50) // 9 degrees of freedom: p = 1e-7
    }
  })
})
