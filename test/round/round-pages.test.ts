import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listDeeds } from '../../src/audit/store.ts'
import { changePlan } from '../../src/round/plan-store.ts'
import { createRoundKey } from '../../src/round/round-key.ts'
import { getRound, listRounds, moveRound } from '../../src/round/store.ts'
import { beforeNextTransaction } from '../support/in-between.ts'
import { runIn } from '../support/rows.ts'
import { openRound, type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

const plan = {
  ...{ year: '2027', id: '2027', opensOn: '2027-09-01', closesOn: '2027-10-31', targetGroups: ['youth', 'guardian'] },
  ...{ registrationOpensOn: '2027-03-01', registrationClosesOn: '2027-06-01', languages: ['sv', 'ar', 'so'] },
}

describe('the rounds of the national administrator', () => {
  let service: Service
  let admin: Awaited<ReturnType<typeof staffBrowser>>
  beforeEach(async () => {
    service = await startService()
    admin = await staffBrowser(service, { role: 'national' })
  })
  afterEach(() => service.close())

  /** A round as far as the page where its key is saved and checked; gives the key file. */
  async function makeKey(form = {}) {
    expect((await admin.post('/staff/rounds', { ...plan, ...form })).headers.location).toBe('/staff/rounds/new/key')
    return (await admin.get('/staff/rounds/new/key/file')).body
  }
  const deeds = async () => (await listDeeds(service.db, {}, { limit: 20 })).map(({ action }) => action).sort()

  test('begin with an empty list that says how', async () => {
    const { body } = await admin.get('/staff/rounds')
    expect(body).toContain('Det finns ingen omgång än')
    expect(body).toContain('href="/staff/rounds/new"')
  })

  test('are not opened for registration when its last day is past; a plan that is to come is said to be', async () => {
    const keyText = await makeKey({ registrationOpensOn: '2026-03-01' })
    const asked = (await admin.get('/staff/rounds/new/key/ending')).body
    expect(asked, 'a key is not thrown away at one press').toContain('action="/staff/rounds/new/key/ending"')
    expect((await admin.get('/staff/rounds/new/key')).body).toContain('<p class="done" data-saved>')
    await admin.post('/staff/rounds/new/key', { keyText })
    await runIn(service.db, "update rounds set registration_closes_on = '2026-06-01'")
    const refused = await admin.post('/staff/rounds/2027/enrolment')
    expect(refused.statusCode).toBe(409)
    expect(refused.body).toContain('Sista dagen för anmälan har passerat')
    expect((await getRound(service.db, '2027')).state).toBe('draft')
    await admin.post('/staff/rounds/2027/plan', plan)
    const page = (await admin.get('/staff/rounds/2027/enrolment')).body
    expect(page).toContain('<h1>Öppna anmälan till omgång 2027?</h1>')
    expect(page).toContain('från och med dagen i tidsplanen')
    const opened = await admin.post('/staff/rounds/2027/enrolment')
    expect(opened.headers.location).toBe('/staff/rounds/2027?done=rounds.enrolmentOpensLater')
    expect((await admin.get(opened.headers.location!)).body).toContain('från den första dagen i tidsplanen')
  })

  test('are not opened for registration where its last day is moved in the same moment', async () => {
    await admin.post('/staff/rounds/new/key', { keyText: await makeKey({ registrationOpensOn: '2026-03-01' }) })
    const early = { registrationOpensOn: '2026-03-01', registrationClosesOn: '2026-06-01' }
    beforeNextTransaction(service.db, () => changePlan(service.db, '2027', early))
    expect((await admin.post('/staff/rounds/2027/enrolment')).statusCode).toBe(409)
    expect((await getRound(service.db, '2027')).state).toBe('draft')
  })

  test('have no last day that has passed, but for one that stands already', async () => {
    const past = { opensOn: '2026-03-01', closesOn: '2026-09-14', registrationOpensOn: '', registrationClosesOn: '' }
    const told = 'Välj en dag som inte har passerat'
    expect((await admin.post('/staff/rounds', { ...plan, ...past })).body).toContain(told)
    const early = { registrationOpensOn: '2026-03-01', registrationClosesOn: '2026-09-14' }
    const refused = await admin.post('/staff/rounds', { ...plan, ...early })
    expect([refused.statusCode, refused.body.match(new RegExp(told, 'g'))!.length > 0]).toEqual([400, true])
    expect(refused.body).toContain('value="2026-09-14"')

    await admin.post('/staff/rounds/new/key', { keyText: await makeKey({ registrationOpensOn: '2026-03-01' }) })
    expect((await admin.post('/staff/rounds/2027/plan', { ...plan, ...early })).body).toContain(told)
    await runIn(
      service.db,
      "update rounds set registration_opens_on = '2026-03-01', registration_closes_on = '2026-09-14'",
    )
    expect(
      (await admin.post('/staff/rounds/2027/plan', { ...plan, ...early, closesOn: '2027-12-01' })).statusCode,
    ).toBe(303)
  })

  test('exist only once their key has been saved and checked', async () => {
    const file = await makeKey()
    expect(await listRounds(service.db)).toEqual([])

    const created = await admin.post('/staff/rounds/new/key', { keyText: file })

    expect(created.headers.location).toBe('/staff/rounds/2027?done=rounds.created')
    expect(await getRound(service.db, '2027')).toMatchObject({
      ...{ state: 'draft', year: 2027, targetGroups: ['guardian', 'youth'], languages: ['ar', 'so', 'sv'] },
      ...{ opensOn: '2027-09-01', registrationClosesOn: '2027-06-01' },
    })
    expect((await admin.get('/staff/rounds/new/key/file')).statusCode).toBe(409)
    expect(await deeds()).toEqual(['rounds.created', 'rounds.keyMade', 'rounds.keyTaken'])
  })

  test('are made by the paper copy as well as by the file', async () => {
    await makeKey()
    const paper = (await admin.get('/staff/rounds/new/key/paper')).body
    expect(paper).toContain('<svg')
    const typed = /<pre[^>]*>([^<]+)<\/pre>/.exec(paper)![1]!
    await admin.post('/staff/rounds/new/key', { keyText: typed })
    expect(await listRounds(service.db)).toHaveLength(1)
  })

  test('are made by uploading the file where no script runs', async () => {
    const file = await makeKey()
    const form = /name="form" value="([^"]+)"/.exec((await admin.get('/staff/rounds/new/key')).body)![1]!
    const body = new FormData()
    for (const [name, text] of Object.entries({ form, keyText: '', opened: '' })) body.append(name, text)
    body.append('keyFile', new Blob([file], { type: 'text/plain' }), 'round-2027.key')
    const sent = new Response(body)
    const created = await service.app.inject({
      method: 'POST',
      url: '/staff/rounds/new/key',
      headers: { 'content-type': sent.headers.get('content-type')!, cookie: `staff=${admin.jar.get('staff')}` },
      payload: Buffer.from(await sent.arrayBuffer()),
    })
    expect(created.statusCode).toBe(303)
    expect(await listRounds(service.db)).toHaveLength(1)
  })

  test('are not made with a key that was never saved, nor by a test ballot that nobody opened', async () => {
    await admin.post('/staff/rounds', plan)
    expect((await admin.post('/staff/rounds/new/key', { keyText: 'x' })).body).toContain('Spara först nyckeln.')
    const publicKey = createRoundKey('2027').publicKey.toString('base64')
    const { sealed } = (await admin.post('/staff/rounds/new/key/challenge', { publicKey })).json()
    expect((await admin.post('/staff/rounds/new/key', { opened: sealed.slice(0, 88) })).statusCode).toBe(400)
    expect(await listRounds(service.db)).toEqual([])
  })

  test.each([
    ['nothing', () => '', 'Välj nyckelfilen eller skriv in nyckeln.'],
    ['another file', () => 'Kära dagbok', 'ingen nyckelfil'],
    [
      'a mistyped key',
      (file: string) => file.replace(/key: (\w)/, (_, c) => `key: ${c === 'a' ? 'b' : 'a'}`),
      'Något tecken i nyckeln är fel',
    ],
  ])('are not made with %s, which is said in words', async (_, change, words) => {
    const file = await makeKey()
    const refused = await admin.post('/staff/rounds/new/key', { keyText: change(file) })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain(words)
    expect(await listRounds(service.db)).toEqual([])
    expect((await admin.post('/staff/rounds/new/key', { keyText: file })).statusCode).toBe(303)
  })

  test('are not made with the key of an earlier attempt', async () => {
    const earlier = await makeKey()
    await makeKey()
    const refused = await admin.post('/staff/rounds/new/key', { keyText: earlier })
    expect(refused.body).toContain('hör till en annan omgång eller ett annat försök')
  })

  test('lose a key that nobody checked in half an hour, and say to start over', async () => {
    const file = await makeKey()
    service.clock.now = new Date(service.clock.now.getTime() + 31 * 60_000)
    const late = await admin.post('/staff/rounds/new/key', { keyText: file })
    expect(late.statusCode).toBe(409)
    expect(late.body).toContain('Ingen nyckel väntar')
    expect(await listRounds(service.db)).toEqual([])
  })

  test('show a key to nobody but who made it', async () => {
    await makeKey()
    const other = await staffBrowser(service, { role: 'national' })
    expect((await other.get('/staff/rounds/new/key/file')).statusCode).toBe(409)
    expect((await other.get('/staff/rounds/new/key')).body).toContain('Ingen nyckel väntar')
  })

  test('say what is wrong with a plan, and keep what was typed', async () => {
    const refused = await admin.post('/staff/rounds', { ...plan, closesOn: '2027-08-01', targetGroups: [], id: 'Å' })
    expect(refused.statusCode).toBe(400)
    for (const words of [
      'Slutdagen är före startdagen.',
      'Välj minst ett',
      'Använd högst 20 tecken',
      'value="2027-08-01"',
    ])
      expect(refused.body).toContain(words)
  })

  test('are opened by the key only, step by step, and each step is the next on its page', async () => {
    const file = await makeKey()
    await admin.post('/staff/rounds/new/key', { keyText: file })
    expect((await admin.get('/staff/rounds/2027')).body).toContain('href="/staff/rounds/2027/enrolment"')
    await admin.post('/staff/rounds/2027/enrolment')
    expect((await admin.get('/staff/rounds/2027')).body).toContain('href="/staff/rounds/2027/beginning"')

    const other = await openRound(service.db, { id: '2026', collecting: false })
    const { roundKeyFile } = await import('../../src/round/round-key.ts')
    const refused = await admin.post('/staff/rounds/2027/beginning', { keyText: roundKeyFile(other.key) })
    expect(refused.body).toContain('hör till en annan omgång')
    expect((await getRound(service.db, '2027')).state).toBe('enrolling')

    await admin.post('/staff/rounds/2027/beginning', { keyText: file })
    expect((await getRound(service.db, '2027')).state).toBe('collecting')
    expect((await admin.get('/staff/rounds/2027')).body).toContain('Insamlingen pågår till och med 31 oktober 2027.')
  })

  test('have breaks, and a last day that can be moved', async () => {
    const { id } = await openRound(service.db)
    await admin.post(`/staff/rounds/${id}/pause`)
    expect((await admin.get(`/staff/rounds/${id}`)).body).toContain('Insamlingen är pausad.')
    await admin.post(`/staff/rounds/${id}/pause-ending`)
    expect((await getRound(service.db, id)).isPaused).toBe(false)

    expect((await admin.post(`/staff/rounds/${id}/extension`, { closesOn: '2026-09-14' })).body).toContain(
      'inte har passerat',
    )
    await admin.post(`/staff/rounds/${id}/extension`, { closesOn: '2026-11-15' })
    expect((await getRound(service.db, id)).closesOn).toBe('2026-11-15')
    service.clock.now = new Date('2026-11-16T09:00:00Z')
    const again = await staffBrowser(service, { role: 'national' })
    expect((await again.get(`/staff/rounds/${id}`)).body).toContain('Sista dagen var 15 november 2026.')
    expect(await deeds()).toEqual(['rounds.extended', 'rounds.paused', 'rounds.resumed'])
  })

  test('keep a group that a unit has, and say so; other plans are changed until collection', async () => {
    const { id } = await openRound(service.db, { collecting: false })
    const days = { opensOn: '2026-09-07', closesOn: '2026-10-31' }
    const refused = await admin.post(`/staff/rounds/${id}/plan`, { ...days, targetGroups: ['youth'] })
    expect(refused.body).toContain('Du kan inte ta bort en målgrupp som en enhet redan har')
    const { targetGroups } = await getRound(service.db, id)
    await admin.post(`/staff/rounds/${id}/plan`, { ...days, targetGroups })
    expect((await getRound(service.db, id)).opensOn).toBe('2026-09-07')

    await moveRound(service.db, id, ['draft'], 'collecting')
    expect((await admin.post(`/staff/rounds/${id}/plan`, { ...days, targetGroups })).statusCode).toBe(409)
  })

  test('choose their languages in draft, and show how complete each is', async () => {
    const { id } = await openRound(service.db, { collecting: false })
    const { body } = await admin.get(`/staff/rounds/${id}/languages`)
    expect(body.match(/inte granskad än/g)).toHaveLength(8)
    expect(body.match(/100\s*%/g)).toHaveLength(8)
    await admin.post(`/staff/rounds/${id}/languages`, { languages: ['ti', 'no-such'] })
    expect((await getRound(service.db, id)).languages).toEqual(['sv', 'ti'])
    expect((await admin.get(`/staff/rounds/${id}`)).body).not.toContain('Español')
  })

  test('are closed to all others', async () => {
    const { id } = await openRound(service.db)
    const coordinator = await staffBrowser(service, { role: 'coordinator' })
    for (const address of ['/rounds', '/rounds/new', `/rounds/${id}`, `/rounds/${id}/closing`, '/rounds/new/key/file'])
      expect((await coordinator.get(`/staff${address}`)).statusCode, address).toBe(403)
    expect((await coordinator.post(`/staff/rounds/${id}/pause`)).statusCode).toBe(403)
    expect((await admin.get('/staff/rounds/1999')).statusCode).toBe(404)
  })
})

describe('a service that keeps the key, as demonstrations do', () => {
  test('says so, and opens without a file', async () => {
    const { mkdtempSync, readFileSync, rmSync } = await import('node:fs')
    const { tmpdir } = await import('node:os')
    const { join } = await import('node:path')
    const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
    const service = await startService({ settings: { KEY_DIR: folder, KEEP_ROUND_KEY: 'true' } })
    const admin = await staffBrowser(service, { role: 'national' })
    await admin.post('/staff/rounds', plan)
    const file = (await admin.get('/staff/rounds/new/key/file')).body
    await admin.post('/staff/rounds/new/key', { keyText: file })
    expect(readFileSync(join(folder, 'round-2027.key'), 'utf8')).toBe(file)
    expect((await admin.get('/staff/rounds/2027/beginning')).body).toContain('Nyckeln ligger på servern.')
    await admin.post('/staff/rounds/2027/beginning')
    expect((await getRound(service.db, '2027')).state).toBe('collecting')
    await service.close()
    rmSync(folder, { recursive: true })
  })
})
