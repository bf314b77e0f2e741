import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addUnit, listStrata } from '../../src/organisation/store.ts'
import { readMatrix } from '../../src/pages/staff/units/matrix.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { rowsIn } from '../support/rows.ts'
import { drawCodes, openRound, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

test('ticks are told from what was ticked before, unit by unit', () => {
  const some = fc.subarray([...targetGroups])
  const unit = fc.record({ unitId: fc.uuid(), before: some, after: some })
  fc.assert(
    fc.property(fc.uniqueArray(unit, { selector: ({ unitId }) => unitId, maxLength: 50, size: 'max' }), (units) => {
      const shown = units.map(({ unitId, before }) => `${unitId}:${before.join(',')}`)
      const at = units.flatMap(({ after }, number) => after.map((group) => `${number}.${group}`))
      const read = new Map(readMatrix({ shown, at }).map(({ unitId, ...change }) => [unitId, change]))
      for (const { unitId, before, after } of units) {
        const { added = [], removed = [] } = read.get(unitId) ?? {}
        const is = [...before.filter((group) => !removed.includes(group)), ...added]
        expect(is.sort()).toEqual([...after].sort())
        expect(read.has(unitId)).toBe(before.length !== after.length || before.some((group) => !after.includes(group)))
      }
    }),
  )
})

test.each([
  undefined,
  {},
  { shown: 'x' },
  { shown: ['x:pope'], at: ['0.pope', '7.youth', '', '.'] },
  { shown: { a: 1 } },
])('nothing is read of %j', (body) => expect(readMatrix(body)).toEqual([]))

async function place() {
  const service = await startService()
  const { db } = service
  const round = await openRound(db)
  const [own] = (await rowsIn(db, "select id from units where municipality_code = '1489'")) as { id: string }[]
  const more = await addUnit(db, { municipalityCode: '1489', name: 'Nya' })
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const groupsOf = async (name: string) =>
    (await listStrata(db, '2026')).filter(({ unit }) => unit === name).map(({ targetGroup }) => targetGroup)
  const before = (await groupsOf('Enheten')) as TargetGroup[]
  const deeds = () => rowsIn(db, "select subject from audit where action = 'units.grouped'")
  return { service, round, own: own!.id, more: more.id, coordinator, groupsOf, before, deeds }
}

test('groups of many units are saved by one form, each unit a deed, and others stay as they are', async () => {
  const { own, more, coordinator, groupsOf, before, deeds } = await place()
  const shown = [`${own}:${before.join(',')}`, `${more}:`]
  const kept = before.map((group) => `0.${group}`)
  const saved = await coordinator.post('/staff/units/groups', { shown, at: [...kept, '1.youth', '1.guardian'] })
  expect(saved.headers.location).toBe('/staff/units?done=units.someGrouped-1')
  expect(await groupsOf('Enheten')).toEqual(before)
  expect((await groupsOf('Nya')).sort()).toEqual(['guardian', 'youth'])
  expect(await deeds()).toEqual([{ subject: 'Nya' }])

  // Somebody who still sees the page of before ticks one more: what was saved meanwhile stays.
  await coordinator.post('/staff/units/groups', { shown, at: [...kept, '1.addiction'] })
  expect((await groupsOf('Nya')).sort()).toEqual(['addiction', 'guardian', 'youth'])
})

test('a group that was offered to stays, it is said why, and nothing else is saved', async () => {
  const { service, round, own, more, coordinator, groupsOf, before } = await place()
  await drawCodes(service, round, { group: 'youth' })
  const shown = [`${own}:${before.join(',')}`, `${more}:`]
  const at = [...before.filter((group) => group !== 'youth').map((group) => `0.${group}`), '1.guardian']
  const refused = await coordinator.post('/staff/units/groups', { shown, at })
  expect(refused.statusCode).toBe(400)
  expect(refused.body).toContain('Enheten, Unga 13 år och äldre: målgruppen går inte att ta bort')
  expect(refused.body).toMatch(/value="\d\.guardian" aria-label="Vårdnadshavare, Nya" checked/)
  expect(refused.body).not.toMatch(/aria-label="Unga 13 år och äldre, Enheten" checked/)
  expect(await groupsOf('Nya')).toEqual([])
  expect(await groupsOf('Enheten')).toEqual(before)
})

test('units of another municipality are passed over', async () => {
  const { service, own, before, groupsOf } = await place()
  const stranger = await staffBrowser(service, { role: 'coordinator', municipalityCode: '1480' })
  await stranger.post('/staff/units/groups', { shown: `${own}:`, at: '0.unaccompanied' })
  expect(await groupsOf('Enheten')).toEqual(before)
})
