import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { createRoundKey, sealTo } from '../../src/round/round-key.ts'
import { ballotLength, decodeBallot, encodeBallot } from '../../src/urn/ballot.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'

const stratumId = '0123456789abcdef'
const someBallot = fc.record({
  stratumId: fc.stringMatching(/^[0-9a-f]{16}$/),
  language: fc.constantFrom(...loadLanguages().all.map(({ code }) => code), 'en-XA', 'sr-Latn'),
  answers: someAnswers,
})

describe('a ballot', () => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(someBallot, (ballot) => {
        expect(decodeBallot(encodeBallot(ballot))).toEqual(ballot)
      }),
    )
  })

  test('is equally long whatever was answered, before it is sealed and after', () => {
    const { publicKey } = createRoundKey('2026')
    fc.assert(
      fc.property(someBallot, (ballot) => {
        expect(encodeBallot(ballot)).toHaveLength(ballotLength)
        expect(sealTo(publicKey, encodeBallot(ballot))).toHaveLength(112) // what the urn's check demands
      }),
    )
  })

  test('has the same bytes for the same answers, so that nothing else is in it', () => {
    const bytes = encodeBallot({ stratumId, language: 'sv', answers: { contact: 'very_easy', gender: 'other' } })
    expect(Buffer.from(bytes).toString('hex')).toBe(
      `01${stratumId}${'7376'.padEnd(16, '0')}0100000000000003${'00'.repeat(39)}`,
    )
  })
})

describe('what is not a ballot', () => {
  const bytes = encodeBallot({ stratumId, language: 'sv', answers: { contact: 'very_easy' } })
  const changed = (place: number, value: number) => {
    const copy = Buffer.from(bytes)
    copy[place] = value
    return copy
  }

  test.each([
    ['another version', changed(0, 2)],
    ['an option that does not exist', changed(17, 6)],
    ['a gender that does not exist', changed(24, 4)],
    ['something in the padding', changed(25, 1)],
    ['something at the very end', changed(ballotLength - 1, 1)],
    ['a byte too few', bytes.subarray(1)],
    ['a byte too many', Buffer.concat([bytes, Buffer.alloc(1)])],
    ['nothing', Buffer.alloc(0)],
    ['zeros', Buffer.alloc(ballotLength)],
  ])('is refused: %s', (_what, wrong) => {
    expect(() => decodeBallot(wrong)).toThrow(RangeError)
  })

  test.each(['', '0123', '0123456789abcdeg', 'not a stratum id'])('cannot be made for the stratum %j', (wrong) => {
    expect(() => encodeBallot({ stratumId: wrong, language: 'sv', answers: {} })).toThrow(RangeError)
  })

  test.each(['', 's', 'swedish-language', 'sv\0', '12'])('cannot be made in the language %j', (wrong) => {
    expect(() => encodeBallot({ stratumId, language: wrong, answers: {} })).toThrow(RangeError)
  })
})
