import { describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/enrolment/places-store.ts'
import { recordReminders } from '../../src/enrolment/reminder-store.ts'
import { findEnrolment } from '../../src/enrolment/store.ts'
import { addStrata, addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { createRound, moveRound } from '../../src/round/store.ts'
import { parseTable } from '../../src/table/parse-table.ts'
import { tableLimits } from '../../src/table/table.ts'
import { board } from '../support/board.ts'
import { rowsIn } from '../support/rows.ts'
import { drawCodes, type Service, type ServiceOptions, startService } from '../support/service.ts'
import { newStaff, staffBrowser } from '../support/staff.ts'

const alingsas = '1489'
const at = { roundId: '2026', municipalityCode: alingsas }

/** A round municipalities register for in April, and last year's, in which Alingsås had one unit. */
async function startEnrolling({ now = '2026-04-10T09:00:00Z', ...options }: ServiceOptions = {}) {
  const service = await startService({ now, ...options })
  const { db } = service
  for (const year of [2025, 2026])
    await createRound(db, {
      ...{ id: String(year), year, opensOn: `${year}-09-01`, closesOn: `${year}-10-31`, publicKey: Buffer.alloc(32) },
      ...{ registrationOpensOn: `${year}-04-01`, registrationClosesOn: `${year}-04-30` },
      targetGroups: [...targetGroups],
    })
  await moveRound(db, '2025', ['draft'], 'published')
  await moveRound(db, '2026', ['draft'], 'enrolling')
  const unit = await addUnit(db, { municipalityCode: alingsas, name: 'Vuxenenheten' })
  await addStrata(db, '2025', unit.id, ['addiction', 'guardian'])
  return { ...service, unit }
}

const contact = {
  ...board,
  contactName: 'Eva Ek',
  contactEmail: 'Eva@example.se',
  contactPhone: '0322-61 60 00',
  note: '',
}
const coordinator = (service: Service, municipalityCode = alingsas) =>
  staffBrowser(service, { role: 'coordinator', municipalityCode })
const national = (service: Service) => staffBrowser(service, { role: 'national' })

describe('a coordinator', () => {
  test('reads of each mistake which field it is in', async () => {
    const { post } = await coordinator(await startEnrolling())
    const { body, statusCode } = await post('/staff/enrolment', {
      contactEmail: 'eva',
      'newUnit.0': 'Ny',
      'new.0.youth': '0',
    })
    expect(statusCode).toBe(400)
    const summary = /<div class="problem".*?<\/div>/s.exec(body)![0]
    const said = [...summary.matchAll(/">(.*?)<\/a>/g)].map(([, text]) => text)
    expect(said).toEqual(expect.arrayContaining(['Personuppgiftsansvarig nämnd: Fyll i det här.']))
    expect(new Set(said).size).toBe(said.length)
  })

  test.each([
    [['0', '0'], 'vet inte'],
    [['0', '50'], 'minst 50'],
    [['10', '50'], '60'],
  ])('who registers %s sees the sum %s', async ([first, second], sum) => {
    const service = await startEnrolling()
    const { get, post } = await coordinator(service)
    const places = { [`at.${service.unit.id}.addiction`]: first!, 'newUnit.0': 'Ny', 'new.0.addiction': second! }
    await post('/staff/enrolment', { ...contact, ...places })
    const foot = /<tfoot>.*?<\/tfoot>/s.exec((await get('/staff/enrolment')).body)![0]
    expect(foot).toContain(`>${sum}</td>`)
    expect(foot).toContain('>0</td>') // groups that are not registered
  })

  test('enrols the municipality with groups at units, and adds a unit right there', async () => {
    const service = await startEnrolling()
    const { get, post } = await coordinator(service)
    expect((await get('/staff/enrolment')).body).toContain('Svara senast 30 april 2026')
    const sent = await post('/staff/enrolment', {
      ...contact,
      [`at.${service.unit.id}.addiction`]: '40',
      'newUnit.0': ' Barn  & <b>unga</b>\u202e ',
      'new.0.youth': '0',
      note: 'Hej',
    })
    expect(sent.headers.location).toBe('/staff/enrolment?done=enrolment.submittedUnmailed')
    expect(await findEnrolment(service.db, at)).toMatchObject({ state: 'submitted', submittedOn: '2026-04-10' })
    const [added] = (await listUnits(service.db, { municipalityCode: alingsas })).filter(
      ({ id }) => id !== service.unit.id,
    )
    expect(added!.name).toBe('Barn & <b>unga</b>')
    expect(await listPlaces(service.db, at)).toEqual(
      expect.arrayContaining([
        { unitId: service.unit.id, targetGroup: 'addiction', expected: 40 },
        { unitId: added!.id, targetGroup: 'youth', expected: 0 },
      ]),
    )
    expect(await listStrata(service.db, '2026')).toEqual([])
    const { body } = await get(sent.headers.location!)
    expect(body).toContain('skriv gärna ut sidan')
    expect(body).toContain('eva@example.se')
    for (const text of Object.values(board)) expect(body).toContain(text)
    expect(body).not.toContain('<b>unga')
    expect((await get('/staff/enrolment/form')).body).toContain('value="40"')
  })

  test('gets ten confirmations an hour for a municipality, whoever sends its registration in, and reads when none went out', async () => {
    const mails: { to: string }[] = []
    const service = await startEnrolling({ sendMail: async (mail) => void mails.push(mail) })
    const known = { [`at.${service.unit.id}.addiction`]: '40' }
    const register = async (
      browser: Awaited<ReturnType<typeof national>>,
      { url = '/staff/enrolment', times = 1, places = known } = {},
    ) => {
      let done: string | undefined
      for (let time = 0; time < times; time++)
        done = (await browser.post(url, { ...contact, ...places })).headers.location?.split('done=enrolment.')[1]
      return done
    }
    const one = await coordinator(service)
    expect(await register(one, { times: 9 })).toBe('submittedMailed')
    const admin = await national(service)
    expect(await register(admin, { url: `/staff/enrolments/${alingsas}` })).toBe('approvedMailed')
    expect(await register(one)).toBe('submittedUnmailed')
    expect(await register(await coordinator(service))).toBe('submittedUnmailed')
    expect(mails.map(({ to }) => to)).toEqual(Array(10).fill('eva@example.se'))

    const places = { 'newUnit.0': 'Ny', 'new.0.youth': '0' }
    expect(await register(await coordinator(service, '0180'), { places })).toBe('submittedMailed')
    service.clock.now = new Date(service.clock.now.getTime() + 3_600_001)
    expect(await register(one)).toBe('submittedMailed')
    expect(mails).toHaveLength(12)
  })

  test('is shown what is missing, with all that was typed', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    const bad = await post('/staff/enrolment', {
      ...contact,
      contactEmail: 'nobody',
      boardName: ' ',
      dpoContact: 'ombud@example.se'.padEnd(201, 'x'),
      [`at.${service.unit.id}.addiction`]: 'många',
      'newUnit.0': 'vuxenENHETEN',
      'newUnit.1': 'x'.repeat(101),
    })
    expect(bad.statusCode).toBe(400)
    for (const text of ['namn@kommun.se', 'många', 'Skriv ett helt tal', 'finns redan en enhet', 'för lång'])
      expect(bad.body).toContain(text)
    expect((await post('/staff/enrolment', contact)).body).toContain('minst en grupp')
    expect(await findEnrolment(service.db, at)).toBeUndefined()
  })

  test('gets more rows without losing what was typed', async () => {
    const { post } = await coordinator(await startEnrolling())
    const { body } = await post('/staff/enrolment/rows', { ...contact, 'newUnit.2': 'Tredje', rows: '3' })
    expect(body).toContain('value="Tredje"')
    expect(body).toContain('name="newUnit.5"')
  })

  test('starts from last year with one press', async () => {
    const service = await startEnrolling()
    const { get } = await coordinator(service)
    expect((await get('/staff/enrolment')).body).toContain('Utgå från 2025 års omgång')
    const { body } = await get('/staff/enrolment/form?from=earlier')
    expect(body).toMatch(new RegExp(`name="at.${service.unit.id}.guardian"[^>]*value="0"`))
    expect(body).toMatch(new RegExp(`name="at.${service.unit.id}.youth"[^>]*value=""`))
  })

  test.each([
    ['2026-03-31T21:59:00Z', 409, 'Anmälan öppnar 1 april 2026'],
    ['2026-03-31T22:00:00Z', 303, 'Svara senast'],
    ['2026-04-30T21:59:00Z', 303, 'Svara senast'],
    ['2026-04-30T22:00:00Z', 409, 'Tiden för anmälan är slut'],
  ])('at %s, by the Swedish calendar, gets %i', async (now, status, text) => {
    const service = await startEnrolling({ now })
    const { get, post } = await coordinator(service)
    expect((await get('/staff/enrolment')).body).toContain(text)
    expect((await get('/staff/enrolment/form')).statusCode).toBe(status === 303 ? 200 : 303)
    const form = { ...contact, [`at.${service.unit.id}.addiction`]: '4' }
    expect((await post('/staff/enrolment', form)).statusCode).toBe(status)
    expect((await findEnrolment(service.db, at)) !== undefined).toBe(status === 303)
    expect((await post('/staff/enrolment/abstention')).statusCode).toBe(status)
  })

  test('says no, and changes their mind', async () => {
    const service = await startEnrolling()
    const { get, post } = await coordinator(service)
    await post('/staff/enrolment/abstention')
    expect((await findEnrolment(service.db, at))?.state).toBe('abstains')
    expect((await get('/staff/enrolment')).body).toContain('Ni är inte med i omgång 2026')
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '4' })
    expect((await findEnrolment(service.db, at))?.state).toBe('submitted')
  })

  test('cannot register a unit of another municipality', async () => {
    const service = await startEnrolling()
    const foreign = await addUnit(service.db, { municipalityCode: '1480', name: 'Centrum' })
    const { post } = await coordinator(service)
    const sent = await post('/staff/enrolment', { ...contact, [`at.${foreign.id}.addiction`]: '4' })
    expect(sent.statusCode).toBe(400)
    expect(await listPlaces(service.db, { roundId: '2026', municipalityCode: '1480' })).toEqual([])
  })

  test('leaves what another municipality has registered as it was', async () => {
    const service = await startEnrolling()
    const others = await addUnit(service.db, { municipalityCode: '1480', name: 'Centrum' })
    const { post } = await coordinator(service)
    await (await coordinator(service, '1480')).post('/staff/enrolment', { ...contact, [`at.${others.id}.youth`]: '7' })
    for (const number of ['4', '5'])
      await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: number })
    const places = async (municipalityCode: string) => listPlaces(service.db, { ...at, municipalityCode })
    expect(await places('1480')).toEqual([{ unitId: others.id, targetGroup: 'youth', expected: 7 }])
    expect(await places(alingsas)).toEqual([{ unitId: service.unit.id, targetGroup: 'addiction', expected: 5 }])
  })

  test('withdraws after the approval, until somebody was offered the survey', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    const form = { ...contact, [`at.${service.unit.id}.addiction`]: '4', [`at.${service.unit.id}.youth`]: '4' }
    const approve = (await national(service)).post
    await post('/staff/enrolment', form)
    await approve(`/staff/enrolments/${alingsas}/approval`)
    expect(await listStrata(service.db, '2026')).toHaveLength(2)
    expect((await post('/staff/enrolment/abstention')).statusCode).toBe(303)
    expect(await listStrata(service.db, '2026')).toEqual([])

    await post('/staff/enrolment', form)
    await approve(`/staff/enrolments/${alingsas}/approval`)
    await drawOne(service)
    const refused = await post('/staff/enrolment/abstention')
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('Insamlingen har redan börjat')
    expect(await listStrata(service.db, '2026')).toHaveLength(2)
    expect((await findEnrolment(service.db, at))?.state).toBe('approved')
  })
})

async function drawOne(service: Service) {
  await moveRound(service.db, '2026', ['enrolling'], 'collecting')
  const stratum = (await listStrata(service.db, '2026')).find(({ targetGroup }) => targetGroup === 'addiction')!
  const round = { id: '2026', strata: { addiction: stratum.id } } as unknown as Parameters<typeof drawCodes>[1]
  await drawCodes(service, round, { group: 'addiction' })
  await moveRound(service.db, '2026', ['collecting'], 'enrolling')
}

describe('the national administrator', () => {
  test('sees all 290, and approves all that were sent in, which makes the strata', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '41' })
    const admin = await national(service)
    const list = await admin.get('/staff/enrolments')
    expect(list.body).toContain('0 av 290 kommuner är med.')
    expect(list.body).toContain('1–50 av 290')
    expect(list.body).toContain('1 anmälan väntar på att du godkänner den.')
    expect(list.body).toContain('/staff/people/several?municipality=1440')
    await admin.post('/staff/enrolments/approvals')
    expect(await listStrata(service.db, '2026')).toMatchObject([{ unit: 'Vuxenenheten', targetGroup: 'addiction' }])
    expect((await admin.get('/staff/enrolments?state=approved&order=expected')).body).toContain('1–1 av 1<')
    expect((await admin.get('/staff/enrolments?county=Gotlands län')).body).toContain('1–1 av 1<')
    expect((await admin.get('/staff/enrolments?state=unanswered')).body).toContain('1–50 av 289<')
    expect((await post('/staff/enrolments/approvals')).statusCode).toBe(403)
  })

  test('adds a municipality after the deadline, and even when collecting has begun', async () => {
    const service = await startEnrolling({ now: '2026-09-10T09:00:00Z' })
    await moveRound(service.db, '2026', ['enrolling'], 'collecting')
    const admin = await national(service)
    const saved = await admin.post(`/staff/enrolments/${alingsas}`, {
      ...contact,
      'newUnit.0': 'Ny',
      'new.0.youth': '9',
    })
    expect(saved.headers.location).toContain('done=enrolment.approvedUnmailed')
    expect(await findEnrolment(service.db, at)).toMatchObject({ state: 'approved', approvedOn: '2026-09-10' })
    expect(await listStrata(service.db, '2026')).toMatchObject([{ unit: 'Ny', targetGroup: 'youth' }])
    expect((await admin.get('/staff/enrolments/9999')).statusCode).toBe(404)
    await moveRound(service.db, '2026', ['collecting'], 'closed')
    expect((await admin.post(`/staff/enrolments/${alingsas}/abstention`)).statusCode).toBe(409)
    expect((await admin.get(`/staff/enrolments/${alingsas}`)).body).not.toContain(
      '<form method="post" action="/staff/enrol',
    )
  })

  test('keeps a stratum where something has happened, whatever the registration says', async () => {
    const service = await startEnrolling()
    const admin = await national(service)
    const save = (form: Record<string, string>) => admin.post(`/staff/enrolments/${alingsas}`, { ...contact, ...form })
    await save({ [`at.${service.unit.id}.addiction`]: '4', [`at.${service.unit.id}.youth`]: '4' })
    await drawOne(service)
    await save({ [`at.${service.unit.id}.guardian`]: '7' })
    const groups = (await listStrata(service.db, '2026')).map(({ targetGroup }) => targetGroup)
    expect(groups).toEqual(['addiction', 'guardian'])
    expect(await listPlaces(service.db, at)).toContainEqual({
      ...{ unitId: service.unit.id, targetGroup: 'addiction', expected: 0 },
    })
  })

  test('reminds those who have not answered, and nobody else', async () => {
    const mails: { to: string; subject: string; text: string }[] = []
    const service = await startEnrolling({ sendMail: async (mail) => void mails.push(mail) })
    const { email: silent } = await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '41' })
    expect(mails.map(({ to }) => to)).toEqual(['eva@example.se'])
    const admin = await national(service)
    const reminded = await admin.post('/staff/enrolments/reminders')
    expect(reminded.headers.location).toContain('done=enrolment.someReminded-1&notice=enrolment.alone-288')
    expect(mails.slice(1).map(({ to, subject }) => [to, subject])).toEqual([
      [silent, 'Är Göteborg med i Brukarsvar 2026?'],
    ])
    expect(mails[1]!.text).toContain('senast 30 april 2026')
    expect((await findEnrolment(service.db, { ...at, municipalityCode: '1480' }))?.state).toBe('asked')
    expect((await findEnrolment(service.db, at))?.state).toBe('submitted')
  })

  test('approves those that are marked, each a deed of its own, and says which could not be', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '41' })
    const admin = await national(service)
    const approve = (marked: string[]) =>
      admin.post('/staff/enrolments/marked/approvals', { marked, list: 'state=submitted&search=al&evil=1' })
    const { location } = (await approve([alingsas, '1480', 'none', alingsas])).headers
    expect(location).toBe(
      '/staff/enrolments?state=submitted&search=al&done=enrolment.someApproved-1&notice=enrolment.notApproved-2',
    )
    const { body } = await admin.get(location!)
    expect(body).toContain('1 anmälan är godkänd.')
    expect(body).toContain('2 av de markerade godkändes inte')
    expect(await findEnrolment(service.db, at)).toMatchObject({ state: 'approved' })
    const deeds = async () => rowsIn(service.db, "select subject from audit where action = 'enrolment.approvedAsSent'")
    expect(await deeds()).toEqual([{ subject: 'Alingsås' }])
    expect((await approve([alingsas])).headers.location).toContain('&notice=enrolment.notApproved-1')
    expect((await approve([])).headers.location).toContain('notice=web.nothingMarked')
    expect(await deeds()).toHaveLength(1)
    expect((await post('/staff/enrolments/marked/approvals', { marked: alingsas })).statusCode).toBe(403)
  })

  test('makes no strata of a municipality by approving another', async () => {
    const service = await startEnrolling()
    const others = await addUnit(service.db, { municipalityCode: '1480', name: 'Centrum' })
    await (await coordinator(service, '1480')).post('/staff/enrolment', { ...contact, [`at.${others.id}.youth`]: '7' })
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '41' })
    await (await national(service)).post(`/staff/enrolments/${alingsas}/approval`)
    expect(await listStrata(service.db, '2026')).toMatchObject([{ unit: 'Vuxenenheten', targetGroup: 'addiction' }])
  })

  test('notes nobody as reminded who answered in that very moment', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, [`at.${service.unit.id}.addiction`]: '41' })
    await recordReminders(service.db, '2026', [alingsas, '1480'], '2026-04-10') // both were silent when the list was read
    const remindedOn = async (municipalityCode: string) =>
      (await findEnrolment(service.db, { ...at, municipalityCode }))!.remindedOn
    expect([await remindedOn(alingsas), await remindedOn('1480')]).toEqual([undefined, '2026-04-10'])
  })

  test('reminds those that are marked, where somebody would get it', async () => {
    const mails: { to: string }[] = []
    const service = await startEnrolling({ sendMail: async (mail) => void mails.push(mail) })
    const { email } = await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    await newStaff(service, { role: 'coordinator', municipalityCode: '0180' })
    const admin = await national(service)
    const { headers } = await admin.post('/staff/enrolments/marked/reminders', { marked: ['1480', '2584'], asked: '1' })
    expect(headers.location).toBe('/staff/enrolments?done=enrolment.someReminded-1&notice=enrolment.alone-1')
    expect(mails.map(({ to }) => to)).toEqual([email])
    expect((await admin.get(headers.location!)).body).toContain('samordnarna i 1 kommun.')
    expect((await findEnrolment(service.db, { ...at, municipalityCode: '1480' }))?.state).toBe('asked')
    expect(await findEnrolment(service.db, { ...at, municipalityCode: '2584' })).toBeUndefined()
  })

  test('says how many letters could not be queued, and notes only who got one', async () => {
    const service = await startEnrolling({
      sendMail: async ({ to }) => {
        if (to === refused) throw new Error('the outbox is full')
      },
    })
    await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    const { email: refused } = await newStaff(service, { role: 'coordinator', municipalityCode: '0180' })
    const admin = await national(service)
    const marked = { marked: ['1480', '0180', '2584'], asked: '1' }
    const { headers } = await admin.post('/staff/enrolments/marked/reminders', marked)
    const { body } = await admin.get(headers.location!)
    expect(body).toContain('Påminnelsen skickas till samordnarna i 1 kommun.')
    expect(body).toContain('1 mejl gick inte att lägga i kö.')
    expect(await findEnrolment(service.db, { ...at, municipalityCode: '0180' })).toBeUndefined()
    expect((await findEnrolment(service.db, { ...at, municipalityCode: '1480' }))?.state).toBe('asked')
    expect(await rowsIn(service.db, "select number from audit where action = 'enrolment.reminded'")).toEqual([
      { number: 1 },
    ])
  })

  test('offers to remind only where a coordinator would get it', async () => {
    const service = await startEnrolling({ sendMail: async () => {} })
    const offered = async () => (await (await national(service)).get('/staff/enrolments')).body
    const button = 'href="/staff/enrolments/reminders"'
    expect(await offered()).toContain('har ingen samordnare med konto')
    expect(await offered()).not.toContain(button)
    await newStaff(service, { role: 'coordinator', municipalityCode: '1480' })
    expect(await offered()).toContain(button)
  })

  test('takes all out as a file in which no cell is a formula', async () => {
    const service = await startEnrolling()
    const { post } = await coordinator(service)
    await post('/staff/enrolment', { ...contact, contactName: '=1+1', [`at.${service.unit.id}.addiction`]: '41' })
    const { body } = await (await national(service)).get('/staff/enrolments/export')
    expect(body.split('\n').filter((line) => line !== '')).toHaveLength(291)
    expect(body).toContain(`"1489";"Alingsås";"Västra Götalands län";"anmäld";"'=1+1";"eva@example.se"`)

    const workbook = await (await national(service)).get('/staff/enrolments/export?format=xlsx')
    const { rows } = await parseTable(workbook.rawPayload, tableLimits)
    expect(rows.map(({ cells }) => cells[0])).toContain('0114')
    expect(rows.find(({ cells }) => cells[0] === '1489')!.cells[4]).toBe('=1+1')
  })
})
