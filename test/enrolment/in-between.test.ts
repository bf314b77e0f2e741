import { describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/enrolment/places-store.ts'
import { abstain, findEnrolment } from '../../src/enrolment/store.ts'
import { setGroups } from '../../src/enrolment/units-store.ts'
import { addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { board } from '../support/board.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { formIn } from '../support/page-form.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const at = { roundId: '2026', municipalityCode: '1489' }
const contact = { ...board, contactName: 'Eva Ek', contactEmail: 'eva@example.se', contactPhone: '', note: '' }

/** A round that municipalities register for, with a unit of Alingsås that was registered, and last year's. */
async function startTwo() {
  const service = await startService({ now: '2026-04-10T09:00:00Z' })
  const { db } = service
  for (const year of [2025, 2026])
    await createRound(db, {
      ...{ id: String(year), year, opensOn: `${year}-09-01`, closesOn: `${year}-10-31`, publicKey: Buffer.alloc(32) },
      targetGroups: [...targetGroups],
    })
  await moveRound(db, '2025', ['draft'], 'published')
  await moveRound(db, '2026', ['draft'], 'enrolling')
  const unit = await addUnit(db, { municipalityCode: '1489', name: 'Vuxenenheten' })
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const national = await staffBrowser(service, { role: 'national' })
  const form = { ...contact, [`at.${unit.id}.addiction`]: '40' }
  await coordinator.post('/staff/enrolment', form)
  return { db, unit, coordinator, national, form }
}

type Two = Awaited<ReturnType<typeof startTwo>>

describe('a round that is closed while somebody writes', () => {
  test.each<[string, (two: Two) => ReturnType<Two['national']['post']>]>([
    ['approves a registration with a form', ({ national, form }) => national.post('/staff/enrolments/1489', form)],
    ['approves one as it was sent', ({ national }) => national.post('/staff/enrolments/1489/approval')],
    ['approves all', ({ national }) => national.post('/staff/enrolments/approvals')],
    ['registers', ({ coordinator, form }) => coordinator.post('/staff/enrolment', { ...form, note: 'Hej' })],
    ['says no', ({ coordinator }) => coordinator.post('/staff/enrolment/abstention')],
    [
      'ticks groups',
      ({ coordinator, unit }) => coordinator.post(`/staff/units/${unit.id}/groups`, { groups: ['youth'] }),
    ],
    ['copies last year', ({ coordinator }) => coordinator.post('/staff/units/copy')],
    ['adds a unit', ({ coordinator }) => coordinator.post('/staff/units', { name: 'Ny', groups: ['youth'] })],
  ])('takes nothing from whoever %s', async (_, write) => {
    const two = await startTwo()
    const { db } = two
    const before = [await findEnrolment(db, at), await listPlaces(db, at)]
    beforeNextTransaction(db, () => moveRound(db, '2026', ['enrolling'], 'closed'))
    const { statusCode, body } = await write(two)
    expect([statusCode, body]).toEqual([409, expect.stringContaining('Tiden för anmälan är slut')])
    expect([await findEnrolment(db, at), await listPlaces(db, at)]).toEqual(before)
    expect(await listStrata(db, '2026')).toEqual([])
    expect(await listUnits(db, { municipalityCode: '1489' })).toHaveLength(1)
  })
})

describe('a registration that is saved', () => {
  test('does not overwrite a no that was said in the same moment', async () => {
    const { db, national, form } = await startTwo()
    const open = formIn((await national.get('/staff/enrolments/1489/form')).body, '/staff/enrolments/1489')
    beforeNextTransaction(db, () => abstain(db, at, '2026-04-10', () => true))
    const refused = await national.post('/staff/enrolments/1489', { ...open, ...form })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('svarat att kommunen inte är med')
    expect((await findEnrolment(db, at))!.state).toBe('abstains')
    expect(await listStrata(db, '2026')).toEqual([])
  })

  test('keeps what a colleague saved in the same moment', async () => {
    const { db, unit, national } = await startTwo()
    const open = formIn((await national.get('/staff/enrolments/1489/form')).body, '/staff/enrolments/1489')
    const groups = ['addiction', 'youth'] as const
    beforeNextTransaction(db, () =>
      setGroups(db, '2026', [{ unitId: unit.id, groups: [...groups] }], { withStrata: false }),
    )
    const sent = await national.post('/staff/enrolments/1489', { ...open, contactPhone: '0322-61 60 00' })
    expect(sent.statusCode).toBe(303)
    expect((await listPlaces(db, at)).map(({ targetGroup }) => targetGroup).sort()).toEqual(groups)
  })
})
