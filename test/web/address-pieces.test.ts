import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { addressPieces } from '../../src/text/address-pieces.ts'
import { textsOf } from '../../src/web/views.ts'

const languages = loadLanguages()
const { address } = textsOf(languages, languages.find('sv')!)

test.each([
  ['dataskyddsombud@social-namnden.se', 'dataskyddsombud@|social-|namnden.|se'],
  ['https://www.kommun.se/om/dso.', 'https://|www.|kommun.|se/|om/|dso.'],
  ['www.kommun.se', 'www.|kommun.|se'],
  [
    'Storgatan 1-3, 441 81 Alingsås. Tel. 0322-61 60 00, kl. 8.30',
    'Storgatan 1-3, 441 81 Alingsås. Tel. 0322-61 60 00, kl. 8.30',
  ],
  ['Skriv till a@b.se, 24/7', 'Skriv till a@|b.|se, 24/7'],
  ['', ''],
])('%s breaks behind the signs of its addresses only', (text, pieces) => {
  expect(addressPieces(text).join('|')).toBe(pieces)
})

test('a contact is shown whole, whatever stands in it, and nothing of it is mark-up', () => {
  const part = fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('@', '://', '<b>', '"', '&', '.', 'www.', ' '))
  fc.assert(
    fc.property(fc.array(part, { size: 'max', maxLength: 60 }), (parts) => {
      const text = parts.join('').replaceAll('\u200b', '')
      const html = address(text)
      const shown = html.replaceAll('<wbr>', '')
      expect(shown).not.toMatch(/[<>"']/)
      expect(shown.replace(/&#(\d+);/g, (_, sign) => String.fromCharCode(sign))).toBe(text)
    }),
  )
})
