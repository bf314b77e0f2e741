import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldToAscii, foldTyped } from '../../src/text/typed-text.ts'

/** Any character, and those that change others. */
const binary = fc.string({ unit: 'binary', minLength: 1, maxLength: 1 })

describe('a text, on whatever keyboard it was typed', () => {
  test.each([
    [
      'quotation marks',
      `it's "so"`,
      'it\u2019s \u201dso\u201d',
      'it\u2018s \u201cso\u201d',
      'it\u2032s \u00abso\u00bb',
    ],
    ['dashes', 'a-b', 'a\u2013b', 'a\u2014b', 'a--b', 'a\u2212b', 'a\u2011b'],
    ['spaces', 'a b', 'a\u00a0b', 'a\u202fb', 'a\u2009b'],
    ['points', 'wait...', 'wait\u2026'],
    ['what has no shape', 'abc', '\ufeffa\u200bb\u00adc\u200e', 'abc\u2069'],
    ['letters in two parts', 'å', 'a\u030a'],
  ])('has the same %s', (_what, plain, ...typed) => {
    for (const text of typed) expect(foldTyped(text)).toBe(plain)
  })

  test('is left alone where it is plain, and folding twice is folding once', () => {
    fc.assert(
      fc.property(
        fc.string({
          unit: fc.oneof(fc.constantFrom(...'a\u030a\u200b\u00b4-\u2013\u00a0\u1fef'), binary),
          maxLength: 50,
          size: 'max',
        }),
        (text) => {
          expect(foldTyped(foldTyped(text))).toBe(foldTyped(text))
          expect(foldToAscii(foldToAscii(text))).toBe(foldToAscii(text))
        },
      ),
    )
    fc.assert(
      fc.property(fc.stringMatching(/^[!-,.-_a-~åäöÅÄÖ ]{0,200}$/, { size: 'max' }), (text) => {
        expect(foldTyped(text)).toBe(text)
      }),
    )
  })

  test('keeps every other letter as it is', () => {
    expect(foldTyped('Ärter & ﬁsk ½ ＡＢ!?')).toBe('Ärter & ﬁsk ½ ＡＢ!?')
  })

  test('has the digits 0 to 9 in every script', () => {
    const digits = Array.from({ length: 0x11_0000 }, (_, place) => place).filter(
      (place) => (place < 0xd800 || place > 0xdfff) && /\p{Nd}/u.test(String.fromCodePoint(place)),
    )
    expect(digits.length % 10).toBe(0)
    expect(digits.length).toBeGreaterThan(600)
    for (const [index, place] of digits.entries())
      expect(foldToAscii(String.fromCodePoint(place)), place.toString(16)).toBe(String(index % 10))
  })
})
