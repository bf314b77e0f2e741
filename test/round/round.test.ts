import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Database, openDatabase } from '../../src/database/connection.ts'
import { addStrata, addUnit } from '../../src/organisation/store.ts'
import { changePlan, moveLastDay, setPaused } from '../../src/round/plan-store.ts'
import { phaseOf, roundStates } from '../../src/round/round.ts'
import { createRoundKey } from '../../src/round/round-key.ts'
import { createRound, getRound, listRounds, moveRound } from '../../src/round/store.ts'

test('a code is met only while its round collects, and not in a break', () => {
  expect(roundStates.map((state) => `${state}: ${phaseOf({ state, isPaused: false })}`)).toEqual([
    'draft: not-open',
    'enrolling: not-open',
    'collecting: collecting',
    'closed: closed',
    'released: closed',
    'published: closed',
  ])
  const inABreak = roundStates.filter((state) => phaseOf({ state, isPaused: true }) === 'paused')
  expect(inABreak).toEqual(['collecting'])
})

describe('a round', () => {
  let db: Database
  beforeEach(() => {
    db = openDatabase(':memory:')
  })
  afterEach(() => db.$client.close())

  const { publicKey } = createRoundKey('2026')
  const round = { id: '2026', year: 2026, opensOn: '2026-09-01', closesOn: '2026-10-31', publicKey }

  test('is kept as it was made, in draft', async () => {
    await createRound(db, { ...round, targetGroups: ['youth', 'guardian'] })
    expect(await getRound(db, '2026')).toEqual({
      ...{
        ...round,
        state: 'draft',
        isPaused: false,
        isPractice: false,
        targetGroups: ['guardian', 'youth'],
        languages: [],
      },
      ...{ lateUntil: undefined, registrationOpensOn: undefined, registrationClosesOn: undefined },
    })
  })

  test('is not made twice, and nothing of the second is kept', async () => {
    await createRound(db, { ...round, targetGroups: ['youth'] })
    const again = createRound(db, { ...round, year: 2027, targetGroups: ['addiction'] })
    await expect(again).rejects.toMatchObject({ code: 'conflict' })
    expect(await getRound(db, '2026')).toMatchObject({ year: 2026, targetGroups: ['youth'] })
  })

  test('moves only from where it is', async () => {
    await createRound(db, { ...round, targetGroups: ['youth'] })
    await moveRound(db, '2026', ['draft', 'enrolling'], 'collecting')
    await expect(moveRound(db, '2026', ['draft', 'enrolling'], 'closed')).rejects.toMatchObject({ code: 'conflict' })
    expect((await getRound(db, '2026')).state).toBe('collecting')
  })

  test('that does not exist is said not to exist', async () => {
    await expect(getRound(db, '1999')).rejects.toMatchObject({ code: 'not-found' })
    await expect(moveRound(db, '1999', ['draft'], 'closed')).rejects.toMatchObject({ code: 'not-found' })
  })

  test('changes its plan until it collects, and only then its last day and its breaks', async () => {
    const plan = { opensOn: '2026-09-07', closesOn: '2026-11-01', registrationClosesOn: '2026-06-01' }
    await createRound(db, { ...round, targetGroups: ['youth'], languages: ['sv', 'ar'] })
    await expect(setPaused(db, '2026', true)).rejects.toMatchObject({ code: 'conflict' })
    await changePlan(db, '2026', { ...plan, targetGroups: ['guardian'], languages: ['so'] })
    expect(await getRound(db, '2026')).toMatchObject({ ...plan, targetGroups: ['guardian'], languages: ['so'] })

    await moveRound(db, '2026', ['draft'], 'collecting')
    const late = changePlan(db, '2026', { ...plan, targetGroups: ['youth'], languages: [] })
    await expect(late).rejects.toMatchObject({ code: 'conflict' })
    await setPaused(db, '2026', true)
    await moveLastDay(db, '2026', '2026-11-15')
    expect(await getRound(db, '2026')).toMatchObject({ isPaused: true, closesOn: '2026-11-15', languages: ['so'] })
  })

  test('keeps a group that a unit has', async () => {
    await createRound(db, { ...round, targetGroups: ['youth', 'guardian'] })
    const { id } = await addUnit(db, { municipalityCode: '1489', name: 'Enheten' })
    await addStrata(db, '2026', id, ['youth'])
    const days = { opensOn: '2026-09-01', closesOn: '2026-10-31', languages: [] }
    const without = changePlan(db, '2026', { ...days, targetGroups: ['guardian'] })
    await expect(without).rejects.toMatchObject({ messageKey: 'groupInUse' })
    expect((await getRound(db, '2026')).targetGroups).toEqual(['guardian', 'youth'])
  })

  test('stands before those of earlier years', async () => {
    for (const year of [2025, 2027, 2026])
      await createRound(db, { ...round, id: String(year), year, targetGroups: ['youth'] })
    expect((await listRounds(db)).map(({ id }) => id)).toEqual(['2027', '2026', '2025'])
  })
})
