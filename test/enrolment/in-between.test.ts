import { describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { approveEnrolments } from '../../src/enrolment/approval-store.ts'
import { listPlaces } from '../../src/enrolment/places-store.ts'
import { abstain, findEnrolment } from '../../src/enrolment/store.ts'
import { changeGroups, mergeUnits } from '../../src/enrolment/units-store.ts'
import { addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { changePlan } from '../../src/round/plan-store.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { board } from '../support/board.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { formIn } from '../support/page-form.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const at = { roundId: '2026', municipalityCode: '1489' }
const today = { ...at, today: '2026-04-10' }
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

describe('a round that is closed between two of many approvals', () => {
  const codes = ['1480', '1481', '1482', '1484', '1485', '1486', '1488']
  async function startMany() {
    const { db, national } = await startTwo()
    for (const municipalityCode of codes)
      await runIn(
        db,
        "insert into enrolments (round_id, municipality_code, state) values ('2026', ?, 'submitted')",
        municipalityCode,
      )
    const close = () => moveRound(db, '2026', ['enrolling'], 'closed')
    beforeNextTransaction(db, () => beforeNextTransaction(db, close))
    const deeds = async () => (await listDeeds(db, {}, { limit: 9 })).filter(({ action }) => /pproved/.test(action))
    const approved = async () => (await rowsIn(db, "select 1 from enrolments where state = 'approved'")).length
    return { national, deeds, approved }
  }

  test('leaves those approved that were, tells how many, and writes them down, of all', async () => {
    const { national, deeds, approved } = await startMany()
    const sent = await national.post('/staff/enrolments/approvals')
    expect(sent.headers.location).toBe('/staff/enrolments?done=enrolment.someApproved-5&notice=web.notAll')
    expect((await national.get(sent.headers.location!)).body).toContain('Det avbröts innan alla var klara')
    expect([await approved(), await deeds()]).toEqual([5, [expect.objectContaining({ number: 5 })]])
  })

  test('leaves those approved that were, tells how many, and writes them down, of those that are marked', async () => {
    const { national, deeds, approved } = await startMany()
    const sent = await national.post('/staff/enrolments/marked/approvals', { marked: codes })
    expect(sent.headers.location).toMatch(/done=enrolment.someApproved-1&notice=web.notAll$/)
    expect([await approved(), await deeds()]).toEqual([
      1,
      [expect.objectContaining({ action: 'enrolment.approvedAsSent' })],
    ])
  })
})

describe('groups that are ticked', () => {
  const ways: [string, (two: Two, group: string) => ReturnType<Two['national']['post']>][] = [
    ['on the page of a unit', ({ coordinator, unit }, group) => postGroups(coordinator, unit.id, ['addiction', group])],
    [
      'in the list of units',
      ({ coordinator, unit }, group) =>
        coordinator.post('/staff/units/groups', { shown: `${unit.id}:addiction`, at: ['0.addiction', `0.${group}`] }),
    ],
  ]
  const postGroups = (who: Two['coordinator'], unitId: string, groups: string[]) =>
    who.post(`/staff/units/${unitId}/groups`, { groups })
  const groupsOf = async ({ db }: Two) => (await listPlaces(db, at)).map(({ targetGroup }) => targetGroup).sort()

  test.each(ways)('%s leave alone what a colleague ticked and cleared in the same moment', async (_, tick) => {
    const two = await startTwo()
    const theirs = { unitId: two.unit.id, added: ['guardian' as const], removed: ['addiction' as const] }
    beforeNextTransaction(two.db, () => changeGroups(two.db, today, [theirs]))
    expect((await tick(two, 'youth')).statusCode).toBe(303)
    expect(await groupsOf(two)).toEqual(['guardian', 'youth'])
  })

  test.each(ways)('%s become strata where the registration was approved in the same moment', async (_, tick) => {
    const two = await startTwo()
    beforeNextTransaction(two.db, () => approveEnrolments(two.db, '2026', ['1489'], '2026-04-10'))
    expect((await tick(two, 'youth')).statusCode).toBe(303)
    const strata = (await listStrata(two.db, '2026')).map(({ targetGroup }) => targetGroup)
    expect(strata.sort()).toEqual(['addiction', 'youth'])
  })

  test.each(ways)('%s are refused where registration ended, or a no was said, in the same moment', async (_, tick) => {
    const ending = (two: Two) => changePlan(two.db, '2026', { registrationClosesOn: '2026-04-09' })
    for (const end of [ending, (two: Two) => abstain(two.db, at, '2026-04-10', () => true)]) {
      const two = await startTwo()
      beforeNextTransaction(two.db, () => end(two))
      expect((await tick(two, 'youth')).statusCode).toBe(409)
      expect(await groupsOf(two)).toEqual(['addiction'])
    }
  })

  test.each(ways)('%s come to nothing at a unit that went in the same moment', async (_, tick) => {
    const two = await startTwo()
    const other = await addUnit(two.db, { municipalityCode: '1489', name: 'Kvar' })
    beforeNextTransaction(two.db, () => mergeUnits(two.db, two.unit, other))
    expect((await tick(two, 'youth')).statusCode).toBe(303)
    expect(await listPlaces(two.db, at)).toEqual([{ unitId: other.id, targetGroup: 'addiction', expected: 40 }])
  })
})

test.each(['merging', 'removal'])(
  'a unit stays where the round is closed in the same moment as its %s',
  async (way) => {
    const { db, unit, coordinator } = await startTwo()
    const other = await addUnit(db, { municipalityCode: '1489', name: 'Kvar' })
    beforeNextTransaction(db, () => moveRound(db, '2026', ['enrolling'], 'closed'))
    const { statusCode, body } = await coordinator.post(`/staff/units/${unit.id}/${way}`, { into: other.id })
    expect([statusCode, body]).toEqual([400, expect.stringContaining('Insamlingen är stängd')])
    expect(await listUnits(db, { municipalityCode: '1489' })).toHaveLength(2)
  },
)

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
    beforeNextTransaction(db, () => changeGroups(db, today, [{ unitId: unit.id, added: ['youth'], removed: [] }]))
    const sent = await national.post('/staff/enrolments/1489', { ...open, contactPhone: '0322-61 60 00' })
    expect(sent.statusCode).toBe(303)
    expect((await listPlaces(db, at)).map(({ targetGroup }) => targetGroup).sort()).toEqual(['addiction', 'youth'])
  })
})
