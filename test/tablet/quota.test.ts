import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { fewestQuota } from '../../src/disclosure/thresholds.ts'
import { deliveryLength, padded, paddedReply } from '../../src/tablet/padding.ts'
import { allowanceOn, isSilent, mayHoldBallots, type SeenTablet } from '../../src/tablet/tablet.ts'

describe('what a tablet may bring', () => {
  const of = (day: string, allowance: number) =>
    allowanceOn(day, { dailyQuota: 200, allowance, allowanceDay: '2026-09-15' })

  test.each([
    ['on the same day what is left of it', '2026-09-15', 3],
    ['where its clock stood ahead, too', '2026-09-14', 3],
    ['on the next day a quota', '2026-09-16', 200],
    ['after two weeks one for each of their days', '2026-09-29', 14 * 200],
    ['after two months no more', '2026-11-15', 14 * 200],
  ])('is %s', (_, day, ballots) => {
    expect(of(day, 3)).toBe(ballots)
  })

  test('is twenty a day at least: every answer of one’s own that fills it up stays', () => {
    expect(fewestQuota).toBe(20)
  })
})

test('a tablet is silent that was not heard of for a day, and not one that is out of use', () => {
  const now = new Date('2026-09-16T12:30:00Z')
  const of = (lastContactHour: string | undefined, state: 'active' | 'revoked' = 'active') =>
    isSilent({ state, lastContactHour }, now)
  expect([of('2026-09-15T11'), of('2026-09-15T12'), of('2026-09-16T12'), of(undefined)]).toEqual([
    true,
    false,
    false,
    false,
  ])
  expect(of('2026-09-01T00', 'revoked')).toBe(false)
})

test('a tablet may hold answers that was not heard of for an hour, or not since it was revoked', () => {
  const now = new Date('2026-09-16T12:30:00Z')
  const of = (state: SeenTablet['state'], lastContactHour?: string) =>
    mayHoldBallots({ state, lastContactHour } as SeenTablet, now)
  expect([of('active', '2026-09-16T10'), of('active', '2026-09-16T11'), of('active', '2026-09-16T12')]).toEqual([
    true,
    false,
    false,
  ])
  expect([of('revoked'), of('revoked', '2026-09-16T10')]).toEqual([true, false])
  expect([of('invited'), of('stolen'), of('stolen', '2026-09-01T00')]).toEqual([false, false, false])
})

describe('what goes over the network', () => {
  const bytes = (text: string) => new TextEncoder().encode(text).length
  const ids = (number: number) => Array.from({ length: number }, (_, nth) => `${nth}==`.padStart(24, '0'))

  test('has one length, whatever is in it, also where it is compressed on the way', () => {
    const [none, many] = [{ ballots: [] }, { ballots: ids(100), name: 'Väntrum å' }].map((body) =>
      padded(body, deliveryLength),
    )
    expect([bytes(none!), bytes(many!)]).toEqual([deliveryLength, deliveryLength])
    const packed = gzipSync(none!).length
    expect(packed).toBeGreaterThan(deliveryLength * 0.7)
    expect(padded({ ballots: [] }, deliveryLength)).not.toBe(none)
  })

  test('comes back at one length too, however many ids it has', () => {
    const lengths = [0, 1, 50, 100].map((number) => bytes(paddedReply({ stored: ids(number), refused: [] })))
    expect(new Set(lengths).size).toBe(1)
    expect(bytes(paddedReply({ stored: ids(30), refused: ids(70) }))).toBe(lengths[0])
  })
})
