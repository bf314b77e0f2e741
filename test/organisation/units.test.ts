import { describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/enrolment/places-store.ts'
import { findEnrolment } from '../../src/enrolment/store.ts'
import { addUnitsWithGroups, mergeUnits } from '../../src/enrolment/units-store.ts'
import { addStrata, addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { getPerson } from '../../src/people/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { runIn } from '../support/rows.ts'
import { drawCodes, makeEnrolment, openRound, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const alingsas = '1489'
const at = { roundId: '2026', municipalityCode: alingsas }

/** A collecting round of all groups at Enheten, and a coordinator. */
async function startCollecting() {
  const service = await startService()
  const round = await openRound(service.db)
  const browser = await staffBrowser(service, { role: 'coordinator' })
  const add = (name: string) => addUnit(service.db, { municipalityCode: alingsas, name })
  const unit = await add('Enheten')
  const names = async () => (await listUnits(service.db, { municipalityCode: alingsas })).map(({ name }) => name)
  return { service, db: service.db, round, unit, add, names, ...browser }
}

describe('the units of a municipality', () => {
  test('are added, with the groups they meet', async () => {
    const { db, post, get } = await startCollecting()
    const added = await post('/staff/units', { name: '  Ung\u0000  på\u202e <i>väg</i> ', groups: ['youth'] })
    expect(added.headers.location).toBe('/staff/units?done=units.added')
    const { body } = await get('/staff/units?done=units.added')
    expect(body).toContain('Ung på &lt;i&gt;väg&lt;/i&gt;')
    expect(body).toContain('Enheten är tillagd.')
    expect((await listStrata(db, '2026')).filter(({ unit }) => unit.startsWith('Ung'))).toHaveLength(1)
  })

  test.each(['ENHETEN', ' enheten ', 'Enh\u200beten'])('have no two of one name: %j', async (name) => {
    const { post, names } = await startCollecting()
    const refused = await post('/staff/units', { name })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('Det finns redan en enhet med det namnet.')
    expect(await names()).toEqual(['Enheten'])
  })

  test('have no two of one name, also where somebody else added the first after this one was typed', async () => {
    const { db, names } = await startCollecting()
    const add = (...added: string[]) =>
      addUnitsWithGroups(
        db,
        alingsas,
        added.map((name) => ({ name, groups: [] })),
        undefined,
      )
    await add('Vuxenenheten')
    await expect(add('Barnenheten', 'VUXENENHETEN')).rejects.toMatchObject({ code: 'conflict' })
    await expect(add('Barnenheten', 'barnenheten')).rejects.toMatchObject({ code: 'conflict' })
    expect(await names()).toEqual(['Enheten', 'Vuxenenheten'])
  })

  test('have names of 1 to 100 characters, composed letters alike', async () => {
    const { post, names } = await startCollecting()
    expect((await post('/staff/units', { name: 'x'.repeat(101) })).statusCode).toBe(400)
    expect((await post('/staff/units', { name: ' \u0000 ' })).statusCode).toBe(400)
    expect((await post('/staff/units', { name: 'O\u0308' })).statusCode).toBe(303)
    expect((await post('/staff/units', { name: 'ö' })).statusCode).toBe(400)
    expect(await names()).toEqual(['Enheten', 'Ö'])
  })

  test('get another name, but not that of another unit', async () => {
    const { post, add, names, unit } = await startCollecting()
    await add('Andra')
    expect((await post(`/staff/units/${unit.id}`, { name: 'andra' })).statusCode).toBe(400)
    expect((await post(`/staff/units/${unit.id}`, { name: 'ENHETEN' })).statusCode).toBe(303)
    expect(await names()).toEqual(['Andra', 'ENHETEN'])
  })

  test('are nobody else’s', async () => {
    const { service, unit, names } = await startCollecting()
    const { get, post } = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1480' })
    const own = await addUnit(service.db, { municipalityCode: '1480', name: 'Centrum' })
    expect((await get(`/staff/units/${unit.id}`)).statusCode).toBe(404)
    for (const deed of ['', '/groups', '/merging', '/removal'])
      expect((await post(`/staff/units/${unit.id}${deed}`, { name: 'Vår', into: own.id })).statusCode).toBe(404)
    expect((await post(`/staff/units/${own.id}/merging`, { into: unit.id })).statusCode).toBe(404)
    expect((await get('/staff/units')).body).not.toContain('Enheten')
    await expect(mergeUnits(service.db, unit, own)).rejects.toMatchObject({ code: 'invalid' }) // whoever asks
    expect(await names()).toEqual(['Enheten'])
  })
})

describe('the groups of a unit', () => {
  test('come and go while nothing has happened there', async () => {
    const { db, post, unit } = await startCollecting()
    await post(`/staff/units/${unit.id}/groups`, { groups: ['youth', 'guardian'] })
    expect((await listStrata(db, '2026')).map(({ targetGroup }) => targetGroup)).toEqual(['guardian', 'youth'])
    await post(`/staff/units/${unit.id}/groups`, { groups: ['youth', 'addiction'] })
    expect((await listStrata(db, '2026')).map(({ targetGroup }) => targetGroup)).toEqual(['addiction', 'youth'])
  })

  test.each(['a code', 'a tally', 'a tablet'])('stay where there was %s, and nothing else is changed', async (what) => {
    const { service, db, post, unit, round } = await startCollecting()
    const stratumId = round.strata.addiction
    if (what === 'a code') await drawCodes(service, round, { group: 'addiction' })
    if (what === 'a tablet') await makeEnrolment(db, stratumId, service.clock.now)
    if (what === 'a tally') await runIn(db, "insert into tallies values (?, 'handout', 'declined', 1)", stratumId)
    const refused = await post(`/staff/units/${unit.id}/groups`, { groups: ['youth'] })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('Målgruppen går inte att ta bort')
    expect(await listStrata(db, '2026')).toHaveLength(5)
  })

  test('go where a tally went back to nothing', async () => {
    const { db, post, unit, round } = await startCollecting()
    await runIn(db, "insert into tallies values (?, 'handout', 'declined', 0)", round.strata.addiction)
    await post(`/staff/units/${unit.id}/groups`, { groups: ['youth'] })
    expect(await listStrata(db, '2026')).toHaveLength(1)
  })

  test('are only registered until the municipality is approved, and closed to it after the deadline', async () => {
    const service = await startService({ now: '2026-04-10T09:00:00Z' })
    const { db, clock } = service
    await createRound(db, {
      ...{ id: '2026', year: 2026, opensOn: '2026-09-01', closesOn: '2026-10-31', publicKey: Buffer.alloc(32) },
      ...{ registrationClosesOn: '2026-04-30', targetGroups: [...targetGroups] },
    })
    await moveRound(db, '2026', ['draft'], 'enrolling')
    const unit = await addUnit(db, { municipalityCode: alingsas, name: 'Enheten' })
    const { post } = await staffBrowser(service, { role: 'coordinator' })
    await post(`/staff/units/${unit.id}/groups`, { groups: ['youth'] })
    expect(await listStrata(db, '2026')).toEqual([])
    expect(await listPlaces(db, at)).toEqual([{ unitId: unit.id, targetGroup: 'youth', expected: 0 }])
    expect(await findEnrolment(db, at)).toBeUndefined()
    clock.now = new Date('2026-05-01T09:00:00Z')
    const late = await staffBrowser(service, { role: 'coordinator' })
    expect((await late.post(`/staff/units/${unit.id}/groups`, { groups: ['guardian'] })).statusCode).toBe(400)
    expect(await listPlaces(db, at)).toHaveLength(1)
  })

  test('are those made on the command line as well, also after the approval', async () => {
    const { db, add, get } = await startCollecting()
    await runIn(
      db,
      "insert into enrolments (round_id, municipality_code, state, submitted_on) values ('2026', '1489', 'approved', '2026-04-01')",
    )
    const late = await add('Sen')
    await addStrata(db, '2026', late.id, ['youth'])
    expect((await get(`/staff/units/${late.id}`)).body).toMatch(/value="youth" checked/)
  })

  test('can be those of last year, with one press', async () => {
    const { db, post, get, add } = await startCollecting()
    const other = await add('Andra')
    await createRound(db, {
      ...{ id: '2025', year: 2025, opensOn: '2025-09-01', closesOn: '2025-10-31', publicKey: Buffer.alloc(32) },
      targetGroups: ['youth', 'guardian'],
    })
    await addStrata(db, '2025', other.id, ['youth', 'guardian'])
    await post('/staff/units/copy')
    const copied = (await listStrata(db, '2026')).filter(({ unitId }) => unitId === other.id)
    expect(copied.map(({ targetGroup }) => targetGroup)).toEqual(['guardian', 'youth'])
    expect((await get('/staff/units')).statusCode).toBe(200)
  })
})

describe('a merge', () => {
  test('takes strata, expected numbers and staff along, and leaves nothing behind', async () => {
    const { service, db, round, unit, add, names, post } = await startCollecting()
    const into = await add('Stora enheten')
    await drawCodes(service, round, { group: 'addiction' })
    const { id: staffId } = await newStaff(service, { role: 'caseworker', unitIds: [unit.id, into.id] })
    for (const [unitId, number] of [
      [unit.id, 3],
      [into.id, 4],
    ] as const)
      await runIn(db, "insert into enrolment_places values ('2026', ?, 'youth', ?)", unitId, number)
    const merged = await post(`/staff/units/${unit.id}/merging`, { into: into.id })
    expect(merged.headers.location).toBe(`/staff/units/${into.id}?done=units.merged`)
    expect(await names()).toEqual(['Stora enheten'])
    const strata = await listStrata(db, '2026')
    expect(strata.map(({ id }) => id).sort()).toEqual(Object.values(round.strata).sort())
    expect(new Set(strata.map(({ unitId }) => unitId))).toEqual(new Set([into.id]))
    expect((await getPerson(db, {}, staffId)).unitIds).toEqual([into.id])
    expect((await listPlaces(db, at)).find(({ targetGroup }) => targetGroup === 'youth')?.expected).toBe(7)
  })

  test.each(['the one', 'the other'])(
    'is refused in words where both have a group and something happened at %s',
    async (which) => {
      const { service, db, round, unit, add, names, post } = await startCollecting()
      const other = await add('Andra')
      await addStrata(db, '2026', other.id, ['addiction'])
      await drawCodes(service, round, { group: 'addiction' })
      const [from, into] = which === 'the one' ? [unit, other] : [other, unit]
      const refused = await post(`/staff/units/${from.id}/merging`, { into: into.id })
      expect(refused.statusCode).toBe(400)
      expect(refused.body).toContain('Svaren är låsta till sin enhet och målgrupp')
      expect(await names()).toEqual(['Andra', 'Enheten'])
      expect(await listStrata(db, '2026')).toHaveLength(6)
    },
  )

  test('drops one of two strata where nothing has happened', async () => {
    const { db, round, unit, add, post } = await startCollecting()
    const other = await add('Andra')
    await addStrata(db, '2026', other.id, ['addiction'])
    await post(`/staff/units/${other.id}/merging`, { into: unit.id })
    expect((await listStrata(db, '2026')).map(({ id }) => id).sort()).toEqual(Object.values(round.strata).sort())
  })

  test.each(['', 'none', 'itself'])('needs another unit: %j', async (into) => {
    const { post, unit, names } = await startCollecting()
    const { statusCode } = await post(`/staff/units/${unit.id}/merging`, { into: into === 'itself' ? unit.id : into })
    expect(statusCode).toBe(into === 'none' ? 404 : 400)
    expect(await names()).toEqual(['Enheten'])
  })
})

describe('a unit', () => {
  test('is removed when nothing has happened there', async () => {
    const { post, unit, names, service } = await startCollecting()
    await newStaff(service, { role: 'caseworker', unitIds: [unit.id] })
    expect((await post(`/staff/units/${unit.id}/removal`)).headers.location).toBe('/staff/units?done=units.removed')
    expect(await names()).toEqual([])
  })

  test('stays when somebody was offered the survey there', async () => {
    const { service, db, post, unit, round, names } = await startCollecting()
    await drawCodes(service, round)
    const refused = await post(`/staff/units/${unit.id}/removal`)
    expect(refused.body).toContain('Enheten går inte att ta bort')
    expect(await names()).toEqual(['Enheten'])
    expect(await listStrata(db, '2026')).toHaveLength(5)
  })

  test('stays as it is once the round is closed', async () => {
    const { db, post, get, unit, add, names } = await startCollecting()
    const other = await add('Andra')
    await moveRound(db, '2026', ['collecting'], 'closed')
    expect((await post(`/staff/units/${unit.id}/groups`, { groups: ['youth'] })).statusCode).toBe(400)
    expect((await post(`/staff/units/${unit.id}/merging`, { into: other.id })).statusCode).toBe(400)
    expect((await post(`/staff/units/${unit.id}/removal`)).statusCode).toBe(400)
    expect((await get(`/staff/units/${unit.id}`)).body).toContain('Insamlingen är stängd')
    expect(await names()).toEqual(['Andra', 'Enheten'])
    expect(await listStrata(db, '2026')).toHaveLength(5)
  })
})
