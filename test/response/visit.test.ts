import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { invitationChannels } from '../../src/invitation/disposition.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { newBallotId, openVisit, sealVisit } from '../../src/pages/respondent/visit.ts'
import type { Answering, Visit } from '../../src/pages/respondent/visit-format.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { someAnswers } from '../questionnaire/some-answers.ts'

const key = randomBytes(32)
const now = new Date('2026-09-15T09:00:00Z')
const later = new Date('2026-09-15T11:00:00Z')
const languages = loadLanguages().all.map(({ code }) => code)

const someAnswering: fc.Arbitrary<Answering> = fc.record(
  {
    kind: fc.constant('answering' as const),
    spentTag: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((tag) => Buffer.from(tag)),
    ballotId: fc.nat().map(newBallotId),
    stratumId: fc.stringMatching(/^[0-9a-f]{16}$/),
    roundId: fc.stringMatching(/^[a-z0-9-]{1,20}$/, { size: 'max' }),
    channel: fc.constantFrom(...invitationChannels),
    targetGroup: fc.constantFrom(...targetGroups),
    language: fc.constantFrom(...languages),
    draft: someAnswers,
  },
  { requiredKeys: ['kind', 'spentTag', 'ballotId', 'stratumId', 'roundId', 'channel', 'targetGroup', 'language'] },
)
const someTyped = fc
  .oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
  .map((text) => text.slice(0, 40)) // in the middle of a character too
const someVisit: fc.Arbitrary<Visit> = fc.oneof(
  someAnswering,
  someAnswering.map(({ draft, ...visit }) => ({ ...visit, problem: 'empty' as const })),
  fc.record(
    {
      kind: fc.constant('entering' as const),
      problem: fc.constantFrom('missing', 'short', 'long', 'check', 'time-passed'),
      typed: someTyped,
      draft: someAnswers,
    },
    { requiredKeys: ['kind'] },
  ),
  fc.record({
    kind: fc.constant('thanked' as const),
    language: fc.constantFrom(...languages),
    register: fc.constantFrom('adult', 'young'),
  }),
)

const visit: Visit = { kind: 'thanked', language: 'sv', register: 'adult' }
const cookie = sealVisit(key, visit, later)

describe('a sealed visit', () => {
  test('opens as it was sealed', () => {
    fc.assert(
      fc.property(someVisit, (any) => {
        expect(openVisit(key, sealVisit(key, any, later), now)).toEqual({ ...any, expired: false })
      }),
    )
  })

  test('is of one length, whoever answers and whatever is chosen', () => {
    const lengths = new Set<number>()
    fc.assert(
      fc.property(someVisit, (any) => {
        lengths.add(sealVisit(key, any, later).length)
      }),
      { numRuns: 2000 },
    )
    expect([...lengths]).toHaveLength(1)
  })

  test('is of that length too with the longest of everything in it, and takes nothing longer', () => {
    const longest = (words: readonly string[]) => words.reduce((a, b) => (b.length > a.length ? b : a))
    const [answering] = fc.sample(someAnswering, 1)
    const draft = Object.fromEntries(questions.map(({ id, options }) => [id, longest(options)]))
    const words = { channel: longest(invitationChannels), targetGroup: longest(targetGroups), draft }
    const full = { ...answering!, ...words, roundId: 'a'.repeat(20), language: 'a-bcdefg' } as Visit
    expect(sealVisit(key, full, later)).toHaveLength(cookie.length)
    const entering = { kind: 'entering', problem: 'time-passed', typed: '\u{10ffff}'.repeat(20), draft } as const
    expect(sealVisit(key, entering, later)).toHaveLength(cookie.length)
    for (const tooLong of [
      { ...full, roundId: 'a'.repeat(21) },
      { ...full, language: 'a-bcdefgh' },
      { ...entering, typed: '1'.repeat(41) },
    ])
      expect(() => sealVisit(key, tooLong as Visit, later)).toThrow(RangeError)
  })

  test('looks different each time and shows nothing of what is in it', () => {
    fc.assert(
      fc.property(someAnswering, (any) => {
        const [one, other] = [sealVisit(key, any, later), sealVisit(key, any, later)].map((text) =>
          Buffer.from(text, 'base64url'),
        )
        for (const mark of [any.spentTag, any.ballotId, Buffer.from(any.stratumId, 'hex')])
          expect(one!.includes(mark)).toBe(false)
        const alike = one!.filter((byte, place) => byte === other![place]).length
        expect(alike).toBeLessThan(one!.length / 4)
      }),
    )
  })

  test('can stand in a cookie as it is, and fits', () => {
    expect(cookie).toMatch(/^[A-Za-z0-9_-]+$/)
    expect(cookie.length).toBeLessThan(3800)
    expect(cookie.length % 4).toBe(0) // no bits are left over: there is one way to write it
  })

  test('says so when its time is over, to the millisecond, and still what was in it', () => {
    expect(openVisit(key, cookie, new Date(later.getTime() - 1))).toEqual({ ...visit, expired: false })
    expect(openVisit(key, cookie, later)).toEqual({ ...visit, expired: true })
  })
})

describe('a cookie that this server did not seal', () => {
  const bytes = Buffer.from(cookie, 'base64url')

  test('does not open with any one bit changed', () => {
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      expect(openVisit(key, changed.toString('base64url'), now), `bit ${bit}`).toBeUndefined()
    }
  })

  test('does not open when it is cut short at any place, or made longer', () => {
    for (let length = 0; length < bytes.length; length++)
      expect(openVisit(key, bytes.subarray(0, length).toString('base64url'), now), `${length} bytes`).toBeUndefined()
    expect(openVisit(key, Buffer.concat([bytes, bytes]).toString('base64url'), now)).toBeUndefined()
    expect(openVisit(key, Buffer.concat([bytes, Buffer.alloc(1)]).toString('base64url'), now)).toBeUndefined()
  })

  test('does not open when it was put together from two', () => {
    const other = Buffer.from(sealVisit(key, visit, later), 'base64url')
    for (const cut of [24, 40, 100]) {
      const mixed = Buffer.concat([bytes.subarray(0, cut), other.subarray(cut)])
      expect(openVisit(key, mixed.toString('base64url'), now)).toBeUndefined()
    }
  })

  test('does not open when another key sealed it', () => {
    expect(openVisit(randomBytes(32), cookie, now)).toBeUndefined()
  })

  test('does not open, and does not fail, when it is anything else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.json()), (garbage) => {
        expect(openVisit(key, garbage, now)).toBeUndefined()
      }),
      { numRuns: 1000 },
    )
  })
})

test('a ballot id is 16 random bytes, never the same twice', () => {
  const ids = Array.from({ length: 10_000 }, newBallotId)
  expect(new Set(ids.map((id) => id.toString('hex'))).size).toBe(ids.length)
  for (const id of ids.slice(0, 100)) expect(id).toHaveLength(16)
})
