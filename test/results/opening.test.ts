import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Channel } from '../../src/invitation/disposition.ts'
import { type Answers, isEmpty } from '../../src/questionnaire/answers.ts'
import { openCounts, sealCounts } from '../../src/results/opening.ts'
import { makeTally } from '../../src/results/tally.ts'
import { createRoundKey, sealTo } from '../../src/round/round-key.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'
import { openUrn } from '../support/open-urn.ts'

const key = createRoundKey('2026')
const here = '0000000000000001'
const elsewhere = '0000000000000002'

const row = (answers: Answers, { stratumId = here, language = 'sv' } = {}) => ({
  stratumId,
  channel: 'letter' as Channel,
  sealed: sealTo(key.publicKey, encodeBallot({ stratumId, language, answers })),
})
const good = row({ overall: 'very_satisfied' })

describe('the opening of the urn', () => {
  test('counts what people answered, and in which languages', () => {
    const response = fc.record({
      answers: someAnswers.filter((answers) => !isEmpty(answers)),
      stratumId: fc.constantFrom(here, elsewhere),
      language: fc.constantFrom('sv', 'ar', 'ti'),
    })
    fc.assert(
      fc.property(fc.array(response, { maxLength: 30, size: 'max' }), (responses) => {
        const opened = openUrn(
          responses.map(({ answers, ...where }) => row(answers, where)),
          key,
        )
        const tally = makeTally()
        for (const { stratumId, answers } of responses) tally.add(stratumId, answers, 'letter')
        expect(opened.ballots).toBe(responses.length)
        expect(opened.counts).toEqual(tally.counts())
        expect(opened.responses).toEqual(tally.responses())
        for (const language of ['sv', 'ar', 'ti'])
          expect(opened.languages.get(language) ?? 0).toBe(responses.filter((one) => one.language === language).length)
      }),
    )
  })

  const plain = encodeBallot({ stratumId: here, language: 'sv', answers: { overall: 'very_satisfied' } })
  const damaged = { ...good, sealed: Buffer.from(good.sealed) }
  damaged.sealed[60]! ^= 1

  test.each([
    ['was moved to another stratum', { ...good, stratumId: elsewhere }],
    ['is damaged', damaged],
    ['is cut short', { ...good, sealed: good.sealed.subarray(0, 100) }],
    ['is no ballot at all', { ...good, sealed: sealTo(key.publicKey, Buffer.alloc(64)) }],
    ['holds no answer', row({})],
    ['was sealed to another key', { ...good, sealed: sealTo(createRoundKey('2026').publicKey, plain) }],
  ])('counts nothing when one ballot %s', (_what, wrong) => {
    expect(openUrn([good, good], key).ballots).toBe(2)
    expect(() => openUrn([good, wrong, good], key)).toThrow(/^1 ballots cannot be opened.* Nothing was counted/)
    const ofTablet = { ...wrong, channel: 'tablet' as const }
    expect(openUrn([good, ofTablet, good], key)).toMatchObject({ ballots: 2, unreadable: 1 }) // sealed by a device, not by us
  })

  test('of an empty urn finds nothing', () => {
    expect(openUrn([], key)).toMatchObject({ ballots: 0, counts: [] })
  })

  test('says how far it has come, ballot by ballot', () => {
    const seen: number[] = []
    openUrn([good, good, good], key, { onProgress: (opened) => seen.push(opened) })
    expect(seen).toEqual([1, 2, 3])
  })
})

describe('the counts that are kept', () => {
  const opened = openUrn([good, row({ contact: 'dont_know', gender: 'man' }, { language: 'uk' })], key)

  test('come back to the holder of the key', () => {
    expect(openCounts(key, sealCounts(key.publicKey, opened))).toEqual({
      counts: opened.counts,
      responses: opened.responses,
      languages: [
        ['sv', 1],
        ['uk', 1],
      ],
    })
  })

  test('are closed to everybody else', () => {
    const sealed = sealCounts(key.publicKey, opened)
    expect(() => openCounts(createRoundKey('2026'), sealed)).toThrow(/does not open the counts/)
    expect(sealed.includes('very_satisfied')).toBe(false)
  })
})
