import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { codeTag } from '../../src/invitation/code-tag.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { prepareFindInvitation } from '../../src/invitation/store.ts'
import { valuesIn } from '../support/rows.ts'
import { drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

const live = 25_000
const guesses = 1_000_000

let service: Service
let round: TestRound
let codes: string[]

beforeAll(async () => {
  service = await startService()
  round = await openRound(service.db)
  codes = await drawCodes(service, round, { count: live })
})
afterAll(() => service.close())

/** The tags of the live table, in memory: the same comparison as the lookup's, some hundred times as fast. */
async function liveTags(): Promise<Set<string>> {
  const rows = await valuesIn<Buffer>(service.db, 'select code_tag from invitations')
  return new Set(rows.map((tag) => tag.toString('latin1')))
}

const isHit = (tags: Set<string>, code: string) =>
  tags.has(codeTag(service.keys.codePepper, round.id, code).toString('latin1'))

describe('somebody who guesses codes', () => {
  // 1 000 000 guesses at 25 000 codes among 10^15: one hit is to be expected in 40 000 such attacks.
  test('hits none of 25 000 in 1 000 000 well-formed guesses', async () => {
    const tags = await liveTags()
    expect(tags.size).toBe(live)
    let hits = 0
    for (let guess = 0; guess < guesses; guess++) if (isHit(tags, drawCode())) hits++
    expect(hits).toBe(0)
  })

  test('would be seen to hit: every live code is found in the same way', async () => {
    const tags = await liveTags()
    expect(codes.filter((code) => !isHit(tags, code))).toEqual([])
  })

  test('gets the same from the lookup that the pages use', async () => {
    const find = prepareFindInvitation(service.db, service.keys.codePepper)
    for (let guess = 0; guess < 5_000; guess++) expect(await find(drawCode())).toBeUndefined()
    for (const code of codes.slice(0, 1_000)) expect(await find(code)).toMatchObject({ roundId: round.id })
  })

  test('gains nothing from a live code: its neighbours are not live', async () => {
    const tags = await liveTags()
    for (const code of codes.slice(0, 1_000)) {
      const next = (BigInt(code) + 1n).toString().padStart(16, '0')
      expect(isHit(tags, next)).toBe(false)
    }
  })
})
