import { describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/enrolment/places-store.ts'
import { findEnrolment } from '../../src/enrolment/store.ts'
import { addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { getPerson } from '../../src/people/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { changePlan } from '../../src/round/plan-store.ts'
import { createRound, getRound, moveRound } from '../../src/round/store.ts'
import { board } from '../support/board.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { formIn } from '../support/page-form.ts'
import { startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const at = { roundId: '2026', municipalityCode: '1489' }

/** A round municipalities register for, one unit, a coordinator of Alingsås and somebody of the nation. */
async function startTwo() {
  const service = await startService({ now: '2026-04-10T09:00:00Z' })
  const { db } = service
  await createRound(db, {
    ...{ id: '2026', year: 2026, opensOn: '2026-09-01', closesOn: '2026-10-31', publicKey: Buffer.alloc(32) },
    ...{ registrationOpensOn: '2026-04-01', registrationClosesOn: '2026-04-30' },
    targetGroups: [...targetGroups],
  })
  await moveRound(db, '2026', ['draft'], 'enrolling')
  const unit = await addUnit(db, { municipalityCode: '1489', name: 'Vuxenenheten' })
  const coordinator = await staffBrowser(service, { role: 'coordinator' })
  const colleague = await staffBrowser(service, { role: 'coordinator' })
  const national = await staffBrowser(service, { role: 'national' })
  const groupsAt = async () => (await listPlaces(db, at)).map(({ targetGroup }) => targetGroup).sort()
  return { service, db, unit, coordinator, colleague, national, groupsAt }
}

describe('two people at one form', () => {
  test('keep what a coordinator added while the administrator had the registration open', async () => {
    const { db, unit, coordinator, national, groupsAt } = await startTwo()
    const contact = { ...board, contactName: 'Eva Ek', contactEmail: 'eva@example.se', contactPhone: '', note: '' }
    await coordinator.post('/staff/enrolment', { ...contact, [`at.${unit.id}.addiction`]: '40' })
    const form = formIn((await national.get('/staff/enrolments/1489/form')).body, '/staff/enrolments/1489')

    await coordinator.post(`/staff/units/${unit.id}/groups`, { groups: ['addiction', 'youth'] })
    const own = formIn((await coordinator.get('/staff/enrolment/form')).body, '/staff/enrolment')
    await coordinator.post('/staff/enrolment', { ...own, 'newUnit.0': 'Barn och unga', 'new.0.guardian': '7' })
    await national.post('/staff/enrolments/1489', { ...form, contactPhone: '0322-61 60 00' })

    expect(await groupsAt()).toEqual(['addiction', 'guardian', 'youth'])
    expect(await listStrata(db, '2026')).toHaveLength(3)
    expect(await findEnrolment(db, at)).toMatchObject({ state: 'approved', contactPhone: '0322-61 60 00' })
  })

  test('are told when both changed one field, with what it says now, and nothing typed is lost', async () => {
    const { db, unit, coordinator, national } = await startTwo()
    const contact = { ...board, contactName: 'Eva Ek', contactEmail: 'eva@example.se', contactPhone: '', note: '' }
    await coordinator.post('/staff/enrolment', { ...contact, [`at.${unit.id}.addiction`]: '40' })
    const form = formIn((await national.get('/staff/enrolments/1489/form')).body, '/staff/enrolments/1489')
    await coordinator.post('/staff/enrolment', {
      ...formIn((await coordinator.get('/staff/enrolment/form')).body, '/staff/enrolment'),
      [`at.${unit.id}.addiction`]: '55',
    })

    const refused = await national.post('/staff/enrolments/1489', {
      ...form,
      [`at.${unit.id}.addiction`]: '60',
      note: 'Ring mig',
    })
    expect(refused.statusCode).toBe(400)
    for (const text of ['Nu står det: 55', 'value="60"', 'Ring mig']) expect(refused.body).toContain(text)
    expect((await listPlaces(db, at))[0]!.expected).toBe(55)

    const again = formIn(refused.body, '/staff/enrolments/1489')
    expect((await national.post('/staff/enrolments/1489', again)).statusCode).toBe(303)
    expect((await listPlaces(db, at))[0]!.expected).toBe(60)
  })

  test('hear that the municipality has meanwhile said that it takes no part', async () => {
    const { db, unit, coordinator, national } = await startTwo()
    const contact = { ...board, contactName: 'Eva Ek', contactEmail: 'eva@example.se', contactPhone: '', note: '' }
    await coordinator.post('/staff/enrolment', { ...contact, [`at.${unit.id}.addiction`]: '40' })
    const form = formIn((await national.get('/staff/enrolments/1489/form')).body, '/staff/enrolments/1489')
    await coordinator.post('/staff/enrolment/abstention')
    const refused = await national.post('/staff/enrolments/1489', form)
    expect(refused.body).toContain('svarat att kommunen inte är med')
    expect((await findEnrolment(db, at))!.state).toBe('abstains')
    await national.post('/staff/enrolments/1489', formIn(refused.body, '/staff/enrolments/1489'))
    expect((await findEnrolment(db, at))!.state).toBe('approved')
  })

  test('tick different groups of a unit, and both count', async () => {
    const { unit, coordinator, colleague, groupsAt } = await startTwo()
    const action = `/staff/units/${unit.id}/groups`
    const page = async (who: typeof coordinator) => formIn((await who.get(`/staff/units/${unit.id}`)).body, action)
    const [mine, hers] = [await page(coordinator), await page(colleague)]
    await coordinator.post(action, { ...mine, groups: ['youth'] })
    await colleague.post(action, { ...hers, groups: ['guardian'] })
    expect(await groupsAt()).toEqual(['guardian', 'youth'])
    const last = await page(coordinator)
    await coordinator.post(action, { ...last, groups: [] })
    expect(await groupsAt()).toEqual([])
  })

  test('give a unit two names, and the second is told of the first', async () => {
    const { db, unit, coordinator, colleague } = await startTwo()
    const action = `/staff/units/${unit.id}`
    const hers = formIn((await colleague.get(action)).body, action)
    await coordinator.post(action, { ...formIn((await coordinator.get(action)).body, action), name: 'Norr' })
    const refused = await colleague.post(action, { ...hers, name: 'Söder' })
    expect(refused.statusCode).toBe(400)
    for (const text of ['Nu står det: Norr', 'value="Söder"']) expect(refused.body).toContain(text)
    expect((await listUnits(db, { municipalityCode: '1489' })).map(({ name }) => name)).toEqual(['Norr'])
  })

  test('plan a round: days of the one, groups of the other', async () => {
    const { service, db, national } = await startTwo()
    const other = await staffBrowser(service, { role: 'national' })
    const action = '/staff/rounds/2026/plan'
    const hers = formIn((await other.get(action)).body, action)
    await national.post(action, { ...formIn((await national.get(action)).body, action), closesOn: '2026-11-15' })
    await other.post(action, { ...hers, targetGroups: ['youth', 'guardian', 'addiction', 'economic_assistance'] })
    const { closesOn, targetGroups: groups } = await getRound(db, '2026')
    expect([closesOn, groups.includes('unaccompanied'), groups.length]).toEqual(['2026-11-15', false, 4])
  })

  test('choose languages of a round, and each one’s choice stands', async () => {
    const { service, db, national } = await startTwo()
    const other = await staffBrowser(service, { role: 'national' })
    const action = '/staff/rounds/2026/languages'
    const [mine, hers] = [await national.get(action), await other.get(action)].map(({ body }) => formIn(body, action))
    const without = (form: typeof mine, code: string) => ({
      ...form,
      languages: (form!.languages as string[]).filter((one) => one !== code),
    })
    await national.post(action, without(mine!, 'ti'))
    await other.post(action, without(hers!, 'so'))
    expect((await getRound(db, '2026')).languages.sort()).toEqual(['ar', 'en', 'es', 'fa', 'sv', 'uk'])
  })

  test('plan a round and choose its languages in the same moment', async () => {
    const { db, national } = await startTwo()
    const plan = '/staff/rounds/2026/plan'
    const form = formIn((await national.get(plan)).body, plan)
    beforeNextTransaction(db, () => changePlan(db, '2026', { languages: ['sv', 'so'] }))
    expect((await national.post(plan, { ...form, closesOn: '2026-11-15' })).statusCode).toBe(303)
    expect(await getRound(db, '2026')).toMatchObject({ closesOn: '2026-11-15', languages: ['so', 'sv'] })

    beforeNextTransaction(db, () => changePlan(db, '2026', { closesOn: '2026-11-22', targetGroups: ['youth'] }))
    expect((await national.post('/staff/rounds/2026/languages', { languages: ['ar'] })).statusCode).toBe(303)
    const after = { closesOn: '2026-11-22', languages: ['ar', 'sv'], targetGroups: ['youth'] }
    expect(await getRound(db, '2026')).toMatchObject(after)
  })

  test('plan a round in the same moment, days of the one and days of the other, which are judged together', async () => {
    const { db, national } = await startTwo()
    const plan = '/staff/rounds/2026/plan'
    const form = formIn((await national.get(plan)).body, plan)
    beforeNextTransaction(db, () => changePlan(db, '2026', { closesOn: '2026-11-22', targetGroups: ['youth'] }))
    expect((await national.post(plan, { ...form, registrationClosesOn: '2026-05-15' })).statusCode).toBe(303)
    const both = { closesOn: '2026-11-22', registrationClosesOn: '2026-05-15', targetGroups: ['youth'] }
    expect(await getRound(db, '2026')).toMatchObject(both)

    beforeNextTransaction(db, () => changePlan(db, '2026', { closesOn: '2026-09-15' }))
    const refused = await national.post(plan, {
      ...formIn((await national.get(plan)).body, plan),
      opensOn: '2026-09-20',
    })
    expect([refused.statusCode, await getRound(db, '2026')]).toEqual([
      400,
      expect.objectContaining({ opensOn: '2026-09-01' }),
    ])
  })

  test('choose languages of a round in the same moment', async () => {
    const { db, national } = await startTwo()
    const action = '/staff/rounds/2026/languages'
    const form = formIn((await national.get(action)).body, action)
    beforeNextTransaction(db, () => changePlan(db, '2026', { languages: ['sv', 'en', 'ar', 'so'] }))
    const languages = (form.languages as string[]).filter((code) => code !== 'ar')
    expect((await national.post(action, { ...form, languages })).statusCode).toBe(303)
    expect((await getRound(db, '2026')).languages.sort()).toEqual(['en', 'so', 'sv'])
  })

  test('change a person: the units of the one and the name of the other', async () => {
    const { service, db, unit, coordinator, colleague } = await startTwo()
    const north = await addUnit(db, { municipalityCode: '1489', name: 'Norr' })
    const { id } = await newStaff(service, { role: 'caseworker', unitIds: [unit.id], name: 'Kim' })
    const action = `/staff/people/${id}`
    const hers = formIn((await colleague.get(action)).body, action)
    const mine = formIn((await coordinator.get(action)).body, action)
    await coordinator.post(action, { ...mine, units: [unit.id, north.id] })
    await colleague.post(action, { ...hers, name: 'Kim Ek' })
    const person = await getPerson(db, { municipalityCode: '1489' }, id)
    expect([person.name, person.unitIds.sort()]).toEqual(['Kim Ek', [unit.id, north.id].sort()])
  })
})
