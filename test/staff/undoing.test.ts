import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { rowsIn, runIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

type Browser = Awaited<ReturnType<typeof staffBrowser>>

/** What the page that follows says, and the forms that take back what it says. */
async function following(browser: Browser, sent: Awaited<ReturnType<Browser['post']>>) {
  const { body } = await browser.get(sent.headers.location!)
  return { body, undo: /action="([^"]+)" class="undo"/.exec(body)?.[1] }
}

const print = (stratumId: string, count = 20, orderId?: string) => {
  const batch = { stratumId, channel: 'handout', count, drawn: false, issuedOn: '2026-09-10', orderId } as const
  return issueCodes(service.db, service.keys.codePepper, batch)
}

const deeds = () => rowsIn(service.db, 'select action, number from audit order by 1')

describe('a print of which all is said to have gone out', () => {
  const stands = () => rowsIn(service.db, 'select leftover from batches order by id')
  const ofCodes = () => rowsIn(service.db, 'select disposition, count(*) n from invitations group by disposition')

  test('is taken back where the page says so, once', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const { batchId } = await print(round.strata.addiction)
    const { body, undo } = await following(browser, await browser.post(`/staff/leftovers/${batchId}/posted`))
    expect(body).toContain('>Ångra</button>')
    expect(await stands()).toEqual([{ leftover: 0 }])
    const back = await following(browser, await browser.post(undo!, { back: '/staff' }))
    expect(back.body).toContain('Utskriften väntar på svar igen.')
    expect(back.undo).toBeUndefined()
    expect(await stands()).toEqual([{ leftover: null }])
    expect(await ofCodes()).toEqual([{ disposition: 'stock', n: 20 }])
    expect((await browser.post(undo!)).headers.location).toContain('notice=web.nothingToUndo')
    expect((await deeds()).map(({ action }) => action)).toEqual(['leftovers.posted', 'leftovers.undone'])
  })

  test('goes back to what was counted before, and not where it was counted since', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const { batchId } = await print(round.strata.addiction)
    const count = (number: string) => browser.post(`/staff/leftovers/${batchId}`, { number })
    const takeBack = async (sent: Awaited<ReturnType<Browser['post']>>) =>
      browser.post((await following(browser, sent)).undo!)
    await takeBack(await count('5'))
    expect(await stands()).toEqual([{ leftover: null }])
    await count('5')
    await takeBack(await browser.post(`/staff/leftovers/${batchId}/posted`))
    expect(await stands()).toEqual([{ leftover: 5 }])
    const { undo } = await following(browser, await browser.post(`/staff/leftovers/${batchId}/posted`))
    await (await staffBrowser(service, { role: 'coordinator' })).post(`/staff/leftovers/${batchId}`, { number: '3' })
    expect((await browser.post(undo!)).headers.location).toContain('nothingToUndo')
    expect(await stands()).toEqual([{ leftover: 3 }])
  })

  test('leads back, when some were left over, to the page on which it was asked about', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const { batchId } = await print(round.strata.addiction)
    const asked = `/staff/leftovers/${batchId}?back=/staff`
    expect((await browser.get('/staff')).body).toContain(`href="${asked}"`)
    const form = (await browser.get(asked)).body
    expect(form).toContain('name="back" value="/staff"')
    const refused = await browser.post(`/staff/leftovers/${batchId}`, { number: '77', back: '/staff' })
    expect(refused.body).toContain('name="back" value="/staff"')
    const sent = await browser.post(`/staff/leftovers/${batchId}`, { number: '2', back: '/staff' })
    expect(sent.headers.location).toBe('/staff?done=leftovers.counted')
    expect((await following(browser, sent)).body).toContain('>Ångra</button>')
    const elsewhere = await browser.post(`/staff/leftovers/${batchId}`, { number: '3', back: 'https://example.com/' })
    expect(elsewhere.headers.location).toBe('/staff?done=leftovers.counted')
    const unasked = await browser.post(`/staff/leftovers/${batchId}`, { number: '4' })
    expect(unasked.headers.location).toBe('/staff/leftovers?done=leftovers.counted')
  })

  test('is one question for all of its target groups, answered and taken back at once', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const groups = Object.values(round.strata)
    for (const stratumId of groups) await print(stratumId, 10, 'abcdef01')
    const { body } = await browser.get('/staff')
    expect(body).toContain(`${groups.length * 10} lappar till ${groups.length} målgrupper på Enheten skrevs ut`)
    expect(body.match(/utdelade\?/g)?.length, 'once on the page, and on its two buttons').toBe(3)
    const batch = [...body.matchAll(/name="batch" value="([0-9a-f]{8})"/g)].map(([, id]) => id!)
    const posted = await browser.post('/staff/leftovers/posted', { batch, back: '/staff' })
    expect(posted.headers.location).toBe('/staff?done=leftovers.posted')
    const { undo } = await following(browser, posted)
    expect(await stands()).toEqual(groups.map(() => ({ leftover: 0 })))
    await browser.post(undo!)
    expect(await stands()).toEqual(groups.map(() => ({ leftover: null })))
  })

  test('is a question of its own where it was ordered alone, also on the same day and for the same group', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    for (const count of [4, 8, 8]) await print(round.strata.addiction, count)
    const { body } = await browser.get('/staff')
    const questions = [...body.matchAll(/<p>(\d+ lappar till [^<]+) skrevs ut/g)].map(([, text]) => text)
    expect(questions.sort()).toEqual([4, 8, 8].map((n) => `${n} lappar till skadligt bruk och beroende på Enheten`))
  })

  test('is no longer taken back after half an hour, nor by somebody else', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const { batchId } = await print(round.strata.addiction)
    const sent = await browser.post(`/staff/leftovers/${batchId}/posted`)
    const other = await staffBrowser(service, { role: 'coordinator' })
    expect((await following(other, sent)).undo).toBeUndefined()
    const { undo } = await following(browser, sent)
    expect((await other.post(undo!)).headers.location).toContain('nothingToUndo')
    service.clock.now = new Date(service.clock.now.getTime() + 31 * 60_000)
    expect((await following(browser, sent)).undo).toBeUndefined()
    expect(await stands()).toEqual([{ leftover: 0 }])
  })
})

describe('registrations that were approved', () => {
  const codes = ['1480', '1489']
  beforeEach(async () => {
    for (const [number, code] of codes.entries()) {
      const unitId = `0000000${number}`
      await runIn(
        service.db,
        `insert into enrolments (round_id, municipality_code, state, submitted_on) values ('${round.id}', '${code}', 'submitted', '2026-04-01')`,
      )
      await runIn(service.db, `insert into units (id, municipality_code, name) values ('${unitId}', '${code}', 'Nya')`)
      await runIn(service.db, `insert into enrolment_places values ('${round.id}', '${unitId}', 'addiction', 5)`)
    }
  })
  const whole = async () => [
    await rowsIn(service.db, 'select municipality_code, state, approved_on from enrolments order by 1'),
    await rowsIn(service.db, 'select * from enrolment_places order by 1, 2, 3'),
    await rowsIn(service.db, 'select unit_id, target_group from strata order by 1, 2'),
  ]

  test.each([
    ['all', '/staff/enrolments/approvals', {}],
    ['those that are marked', '/staff/enrolments/marked/approvals', { marked: ['1480', '1489'] }],
    ['one', '/staff/enrolments/1480/approval', {}],
  ])('%s: wait again as they were', async (_, address, form) => {
    const admin = await staffBrowser(service, { role: 'national' })
    const before = await whole()
    const { undo } = await following(admin, await admin.post(address, form))
    expect(await whole()).not.toEqual(before)
    expect(undo).toMatch(/^\/staff\/enrolments\/approvals\/undo\?of=/)
    const { body } = await following(admin, await admin.post(undo!))
    expect(body).toMatch(/Ångrat. [12] anmälan|Ångrat. [12] anmälningar/)
    expect(await whole()).toEqual(before)
  })

  test('stay where something has happened since', async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    const { undo } = await following(admin, await admin.post('/staff/enrolments/approvals'))
    const made = (await listStrata(service.db, round.id)).find(({ unitId }) => unitId === '00000000')!
    await print(made.id)
    const { body } = await following(admin, await admin.post(undo!))
    expect(body).toContain('Ångrat. 1 anmälan väntar')
    expect(body).toContain('1 anmälan är fortfarande godkänd')
    const states = await rowsIn(service.db, 'select municipality_code code, state from enrolments order by 1')
    expect(states).toEqual([
      { code: '1480', state: 'approved' },
      { code: '1489', state: 'submitted' },
    ])
  })
})

describe('municipalities that were reminded', () => {
  const asked = () =>
    rowsIn(service.db, "select municipality_code code, reminded_on day from enrolments where state = 'asked'")

  test.each([
    ['all', '/staff/enrolments/reminders', {}],
    ['those that are marked', '/staff/enrolments/marked/reminders', { marked: ['1480', '1489'] }],
  ])('%s: a note is taken back, to the day before it', async (_, address, form) => {
    await runIn(
      service.db,
      `insert into enrolments (round_id, municipality_code, state, reminded_on) values ('${round.id}', '1480', 'asked', '2026-04-01')`,
    )
    const admin = await staffBrowser(service, { role: 'national' })
    const { undo } = await following(admin, await admin.post(address, form))
    expect((await asked()).length).toBeGreaterThan(1)
    await runIn(service.db, "update enrolments set state = 'abstains' where municipality_code = '1489'")
    await admin.post(undo!)
    expect(await asked()).toEqual([{ code: '1480', day: '2026-04-01' }])
    const kept = await rowsIn(service.db, "select state from enrolments where municipality_code = '1489'")
    expect(kept, 'who has answered since keeps the answer').toEqual([{ state: 'abstains' }])
  })

  test('by mail are asked about in numbers first, for a letter is not taken back', async () => {
    const mails: { to: string }[] = []
    await service.close()
    service = await startService({ sendMail: async (mail) => void mails.push(mail) })
    await openRound(service.db)
    for (const municipalityCode of ['1480', '1480', '0180'])
      await newStaff(service, { role: 'coordinator', municipalityCode })
    const admin = await staffBrowser(service, { role: 'national' })
    expect((await admin.get('/staff/enrolments')).body).toContain('href="/staff/enrolments/reminders"')
    const all = (await admin.get('/staff/enrolments/reminders')).body
    for (const said of ['Påminn 2 kommuner?', '3 samordnare får var sitt mejl.', 'går inte att ångra', 'Skicka 3 mejl'])
      expect(all).toContain(said)
    const marked = { marked: ['1480', '1489'], list: 'state=unanswered' }
    const page = await admin.post('/staff/enrolments/marked/reminders', marked)
    expect(page.body).toContain('Påminn 1 kommun?')
    expect(page.body).toContain('1 kommun får inget mejl, för den har ingen samordnare med konto.')
    expect(mails).toEqual([])
    expect(await deeds()).toEqual([])
    const sent = await admin.post('/staff/enrolments/marked/reminders', { ...marked, asked: '1' })
    expect(mails).toHaveLength(2)
    expect((await following(admin, sent)).undo, 'no way back').toBeUndefined()
  })
})

describe('a new last day', () => {
  const lastDay = async () => (await rowsIn(service.db, 'select closes_on day from rounds'))[0]!.day
  const extend = (admin: Browser, closesOn: string) => admin.post(`/staff/rounds/${round.id}/extension`, { closesOn })

  test('is taken back where the page says it, and not where somebody has chosen another since', async () => {
    const admin = await staffBrowser(service, { role: 'national' })
    const { undo } = await following(admin, await extend(admin, '2026-11-20'))
    expect(undo).toContain('/staff/rounds/last-day/undo?of=')
    expect(await lastDay()).toBe('2026-11-20')
    const back = await admin.post(undo!, { back: `/staff/rounds/${round.id}` })
    expect(back.headers.location).toBe(`/staff/rounds/${round.id}?done=rounds.extensionUndone`)
    expect(await lastDay()).toBe('2026-10-31')
    expect((await admin.post(undo!)).headers.location).toContain('nothingToUndo')
    const { undo: again } = await following(admin, await extend(admin, '2026-11-20'))
    await extend(await staffBrowser(service, { role: 'national' }), '2026-11-25')
    expect((await admin.post(again!)).headers.location).toContain('nothingToUndo')
    expect(await lastDay()).toBe('2026-11-25')
    const done = (await deeds()).map(({ action }) => action)
    expect(done).toEqual(['rounds.extended', 'rounds.extended', 'rounds.extended', 'rounds.extensionUndone'])
  })
})

describe('a plan that was changed', () => {
  const days = async () =>
    (await rowsIn(service.db, 'select registration_closes_on until, closes_on last from rounds'))[0]!
  const groups = async () => (await rowsIn(service.db, 'select target_group from round_groups')).length
  const plan = { registrationOpensOn: '2026-03-01', opensOn: '2026-09-01', closesOn: '2026-10-31' }

  async function change(admin: Browser, form: object) {
    const { body } = await admin.get(`/staff/rounds/${round.id}/plan`)
    const seen = /name="seen" value="([^"]*)"/.exec(body)![1]!.replaceAll('&quot;', '"')
    return admin.post(`/staff/rounds/${round.id}/plan`, { ...plan, targetGroups: [...targetGroups], seen, ...form })
  }

  test('has its last day of registration back, where the page says it and nobody has set another since', async () => {
    await runIn(service.db, "update rounds set state = 'enrolling', registration_opens_on = '2026-03-01'")
    service.clock.now = new Date('2026-04-01T09:00:00Z')
    const admin = await staffBrowser(service, { role: 'national' })
    const stood = [await days(), await groups()]
    const { body, undo } = await following(admin, await change(admin, { registrationClosesOn: '2026-05-15' }))
    expect(body).toContain('Ändringen är sparad.')
    expect(undo).toContain('/staff/rounds/plan/undo?of=')
    expect((await days()).until).toBe('2026-05-15')
    const back = await admin.post(undo!, { back: `/staff/rounds/${round.id}` })
    expect(back.headers.location).toBe(`/staff/rounds/${round.id}?done=rounds.planUndone`)
    expect([await days(), await groups()]).toEqual(stood)
    expect((await admin.post(undo!)).headers.location).toContain('nothingToUndo')
    const { undo: again } = await following(admin, await change(admin, { registrationClosesOn: '2026-05-15' }))
    await change(await staffBrowser(service, { role: 'national' }), { registrationClosesOn: '2026-05-20' })
    expect((await admin.post(again!)).headers.location).toContain('nothingToUndo')
    expect((await days()).until).toBe('2026-05-20')
  })

  test('keeps a group that units have registered since', async () => {
    await runIn(service.db, "update rounds set state = 'enrolling', registration_opens_on = '2026-03-01'")
    service.clock.now = new Date('2026-04-01T09:00:00Z')
    await runIn(service.db, 'delete from strata')
    const admin = await staffBrowser(service, { role: 'national' })
    await change(admin, { targetGroups: ['youth', 'guardian'] })
    const { undo } = await following(admin, await change(admin, { targetGroups: ['youth', 'guardian', 'addiction'] }))
    const unit = await addUnit(service.db, { municipalityCode: '1489', name: 'Ny enhet' })
    await addStrata(service.db, round.id, unit.id, ['addiction'])
    expect((await admin.post(undo!)).headers.location).toContain('nothingToUndo')
    expect(await groups()).toBe(3)
  })
})

describe('groups of units that were saved', () => {
  const whole = async () => [
    await rowsIn(service.db, 'select * from strata order by 1'),
    await rowsIn(service.db, 'select * from enrolment_places order by 1, 2, 3'),
  ]
  const save = (browser: Browser, shown: string, ticked: string[]) =>
    browser.post('/staff/units/groups', { shown, at: ticked.map((group) => `0.${group}`), list: '' })
  let unitId: string
  beforeEach(async () => {
    unitId = (await listStrata(service.db, round.id))[0]!.unitId
    await runIn(service.db, `insert into enrolment_places values ('${round.id}', '${unitId}', 'guardian', 40)`)
  })

  test('are as they were, with what was expected of each', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const before = await whole()
    const { undo } = await following(browser, await save(browser, `${unitId}:youth,guardian`, ['youth']))
    expect(await whole()).not.toEqual(before)
    const { body } = await following(browser, await browser.post(undo!))
    expect(body).toContain('Ångrat. 1 enhet har de grupper den hade.')
    expect(await whole()).toEqual(before)
    expect((await deeds()).map(({ action }) => action)).toEqual(['units.grouped', 'units.groupingUndone'])
  })

  test('of one unit, on its own page', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    const before = await whole()
    const { undo } = await following(
      browser,
      await browser.post(`/staff/units/${unitId}/groups`, { groups: ['youth'] }),
    )
    await browser.post(undo!)
    expect(await whole()).toEqual(before)
  })

  test('stay where something has happened with a group that came', async () => {
    const browser = await staffBrowser(service, { role: 'coordinator' })
    await runIn(service.db, "delete from strata where target_group = 'youth'")
    const sent = await save(browser, `${unitId}:guardian`, ['guardian', 'youth'])
    const made = (await listStrata(service.db, round.id)).find(({ targetGroup }) => targetGroup === 'youth')!
    await print(made.id)
    const after = await whole()
    const { undo } = await following(browser, sent)
    const { body } = await following(browser, await browser.post(undo!))
    expect(body).toContain('1 enhet har kvar sina nya grupper: något har hänt där sedan dess.')
    expect(await whole()).toEqual(after)
  })
})
