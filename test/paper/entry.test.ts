import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { endCollection } from '../../src/actions/close-round.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { makeLog } from '../../src/log/log.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { rowIn, rowsIn, runIn, valueIn, valuesIn } from '../support/rows.ts'
import { drawCodes, openRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { type Clerk, mostOf, seatClerk } from './clerk.ts'

let clerk: Clerk
afterEach(() => clerk.service.close())

const canary = '43215642'.replace('4', '3') // an uncommon pattern that every question has

describe('a bundle of paper forms', () => {
  test('is entered form by form, and ends when as many were entered as were counted', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(3, { language: 'ar' })
    for (const digits of ['12011302', '00000000', '55535553']) {
      const { statusCode, headers } = await clerk.type(url, { digits })
      expect([statusCode, headers.location]).toEqual([303, expect.stringContaining(`${url}&saved=`)])
    }
    const page = (await clerk.staff.get(url)).body
    expect(page).toContain('3 of 3')
    expect(page).toContain(`Language: ${loadLanguages().find('ar')!.name}.`)
    expect(await clerk.urn()).toEqual(['12011302 ar paper', '55535553 ar paper'])
    expect(await clerk.bundle(id)).toMatchObject({ entered: 2, blank: 1, is_done: 0 })

    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
    expect((await clerk.bundle(id)).is_done).toBe(1)
    expect((await clerk.type(`${url}`, { digits: '11111111' }).catch(() => undefined))?.statusCode).toBeUndefined()
  })

  test('cannot end before the counts are the same, says what is missing, and takes a new count with a reason', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(3)
    await clerk.type(url, { digits: '11111111' })
    expect((await clerk.staff.get(url)).body).toContain('You need to enter 2 more forms')
    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(409)
    expect((await clerk.bundle(id)).is_done).toBe(0)

    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/count`, { forms: '1' })).statusCode).toBe(400)
    await clerk.staff.post(`/staff/paper/bundles/${id}/count`, { forms: '1', reason: 'counted' })
    const [deed] = await rowsIn(clerk.service.db, `select subject from audit where action = 'paper.bundleCorrected'`)
    expect(deed).toEqual({ subject: 'Enheten: 3 → 1. They were counted wrong' })
    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/finish`)).statusCode).toBe(303)
    expect((await clerk.bundle(id)).is_done).toBe(1)
  })

  test('counts a form that is sent twice once, one after the other and at the same time', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(5)
    const page = await clerk.staff.get(url)
    const form = { ticket: clerk.ticketOf(page.body), ...clerk.fields('12011302') }
    const send = () => clerk.staff.post(clerk.actionOf(page.body), form)
    const both = await Promise.all([send(), send()])
    both.push(await send())
    expect(both.map(({ statusCode }) => statusCode)).toEqual([303, 303, 303])
    expect((await clerk.bundle(id)).entered).toBe(1)
    expect(await clerk.urn()).toEqual(['12011302 sv paper'])
    const deeds = await rowsIn(clerk.service.db, `select number from audit where action = 'paper.entered'`)
    expect(deeds).toEqual([{ number: 1 }])
  })

  test('does not take a form silently when it has gone on in another window', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(5)
    const old = await clerk.staff.get(url)
    await clerk.type(url, { digits: '11111111' })
    const form = { ticket: clerk.ticketOf(old.body), ...clerk.fields('22222222') }
    const refused = await clerk.staff.post(clerk.actionOf(old.body), form)
    expect([refused.statusCode, refused.body]).toEqual([409, expect.stringContaining('The form was not saved')])
    expect((await clerk.bundle(id)).entered).toBe(1)
    expect(await clerk.urn()).toEqual(['11111111 sv paper'])
  })

  test('refuses a digit no question has, and shows again what was typed', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(1)
    for (const digits of ['11141111', '1111111', '6', '1111111x', '11111114']) {
      const refused = await clerk.type(url, { digits })
      expect(refused.statusCode, digits).toBe(400)
    }
    const refused = await clerk.type(url, { digits: '11141111' })
    expect(refused.body).toContain('This question does not have an answer with that number.')
    expect(refused.body).toMatch(/name="q4"[^>]*value="4"[^>]*aria-invalid/)
    expect(await clerk.bundle(id)).toMatchObject({ entered: 0, blank: 0 })
  })

  test('says so when the round has closed, and keeps nothing', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(2)
    await clerk.type(url, { digits: '11111111' })
    await runIn(clerk.service.db, `update rounds set state = 'closed'`)
    const refused = await clerk.type(url, { digits: '22222222' })
    expect([refused.statusCode, refused.body]).toEqual([
      409,
      expect.stringContaining('Data collection is not open now'),
    ])
    expect((await clerk.undo(url)).statusCode).toBe(409)
    expect((await clerk.bundle(id)).entered).toBe(1)
    expect(await clerk.urn()).toHaveLength(1)
  })

  test('is for coordinators of the municipality only', async () => {
    clerk = await seatClerk()
    const { url, id } = await clerk.startBundle(2)
    const foreign = await staffBrowser(clerk.service, { role: 'coordinator', municipalityCode: '0180' })
    const caseworker = await staffBrowser(clerk.service, { role: 'caseworker' })
    expect((await foreign.get(url)).statusCode).toBe(404)
    expect((await foreign.post(`/staff/paper/bundles/${id}/forms`)).statusCode).toBe(404)
    expect((await caseworker.get(url)).statusCode).toBe(403)
  })

  test('whose id another municipality’s coordinator gives to one of their own is not touched, and no deed', async () => {
    clerk = await seatClerk()
    const { db } = clerk.service
    const { id, stratumId } = await clerk.startBundle(2)
    const foreign = await staffBrowser(clerk.service, { role: 'coordinator', municipalityCode: '0180' })
    const { id: unitId } = await addUnit(db, { municipalityCode: '0180', name: 'Enheten' })
    await addStrata(db, clerk.round.id, unitId, ['youth'])
    const [own] = await listStrata(db, clerk.round.id, { unitIds: [unitId] })
    await foreign.post('/staff/paper/bundles', { id, stratum: own!.id, forms: '7', language: 'sv' })
    expect(await clerk.bundle(id)).toMatchObject({ forms: 2, stratum_id: stratumId })
    const deeds = await valuesIn(db, `select number from audit where action = 'paper.bundleStarted'`)
    expect(deeds).toEqual([2])
  })
})

describe('what was entered, blank and taken back', () => {
  const digits = fc.tuple(...mostOf.map((most) => fc.integer({ min: 0, max: most }))).map((each) => each.join(''))
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('form'), digits }) },
    { weight: 1, arbitrary: fc.constant({ kind: 'form', digits: '00000000' }) },
    { weight: 2, arbitrary: fc.constant({ kind: 'undo', digits: '' }) },
  )

  test('leaves in the urn exactly what was typed, in any order', async () => {
    clerk = await seatClerk()
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12, size: 'max' }), async (steps) => {
        await runIn(clerk.service.db, 'delete from urn; delete from urn_counts; delete from waiting_forms')
        const { id, url } = await clerk.startBundle(20)
        const kept: string[] = []
        let canUndo = false
        for (const { kind, digits } of steps) {
          if (kind === 'form') {
            expect((await clerk.type(url, { digits })).statusCode).toBe(303)
            kept.push(digits)
            canUndo = true
          } else {
            expect((await clerk.undo(url)).statusCode).toBe(canUndo ? 303 : 409)
            if (canUndo) kept.pop()
            canUndo = false
          }
        }
        const answered = kept.filter((digits) => digits !== '00000000')
        expect(await clerk.urn()).toEqual(answered.map((digits) => `${digits} sv paper`).sort())
        expect(await clerk.bundle(id)).toMatchObject({ entered: answered.length, blank: kept.length - answered.length })
        expect(await wrongCounts(clerk.service.db)).toEqual([])
      }),
      { numRuns: 25 },
    )
  })
})

describe('a sample that is entered twice', () => {
  test('compares, lets differences be mended, and shows how many there were', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(300, { sample: '1' })
    const typed: string[] = []
    for (let form = 0; form < 300 && (await clerk.bundle(id)).compared < 16; form++) {
      const { statusCode } = await clerk.type(url, { digits: '12335111', again: '12335121', third: '12335111' })
      expect(statusCode).toBe(303)
      typed.push('12335111 sv paper')
    }
    const { compared, differing, entered } = await clerk.bundle(id)
    expect(entered).toBe(typed.length)
    expect(await clerk.urn()).toEqual(typed)
    expect(compared).toBeGreaterThan(0)
    expect(compared % 8).toBe(0)
    expect(differing).toBe(compared / 8)
    expect((await clerk.staff.get(url)).body).toContain(
      `${differing} of ${compared} answers were different the second time (12.5%)`,
    )
  })

  test('cannot be passed over by sending the first entry as the second', async () => {
    clerk = await seatClerk()
    const { id, url } = await clerk.startBundle(60, { sample: '1' })
    for (let tries = 0; tries < 200; tries++) {
      const page = await clerk.staff.get(url)
      if (!clerk.actionOf(page.body).endsWith('first-entry')) continue
      const form = { ticket: clerk.ticketOf(page.body), ...clerk.fields('11111111') }
      const response = await clerk.staff.post(`/staff/paper/bundles/${id}/forms`, form)
      expect(response.statusCode).toBe(400)
      expect((await clerk.bundle(id)).entered).toBe(0)
      return
    }
    throw new Error('no form of the sample came in 200')
  })
})

describe('a form with a code', () => {
  const forms = { codes: '1' }

  test('spends the code, and counts for its channel', async () => {
    clerk = await seatClerk()
    const [code] = await drawCodes(clerk.service, clerk.round, { channel: 'letter' })
    const { id, url } = await clerk.startBundle(3, forms)
    expect((await clerk.type(url, { digits: '11111111', code })).statusCode).toBe(303)
    expect((await clerk.type(url, { digits: '22222222', code: '' })).statusCode).toBe(303)
    expect(await clerk.urn()).toEqual(['11111111 sv letter', '22222222 sv paper'])
    expect((await clerk.bundle(id)).entered).toBe(2)
    expect(await unevenStrata(clerk.service.db)).toEqual([])
    expect(await wrongCounts(clerk.service.db)).toEqual([])
  })

  const inUrn = () => valueIn(clerk.service.db, 'select count(*) from urn')
  const spent = () => valueIn(clerk.service.db, 'select count(*) from spent')

  /** Enters a bundle of forms with these codes, and ends it. */
  async function enterAll(codes: string[], digits = '22222222') {
    const { id, url } = await clerk.startBundle(codes.length, forms)
    for (const code of codes) expect((await clerk.type(url, { digits, code })).statusCode).toBe(303)
    return clerk.staff.post(`/staff/paper/bundles/${id}/finish`)
  }

  test('is met in the same way when its code was used, and asks nothing of the urn until its bundle is done', async () => {
    clerk = await seatClerk()
    const codes = await drawCodes(clerk.service, clerk.round, { count: 12 })
    await enterAll(codes.slice(0, 10))
    expect([await inUrn(), await spent()]).toEqual([10, 10])

    const seen = []
    for (const code of [codes[0]!, codes[11]!]) {
      const { id, url } = await clerk.startBundle(2, forms)
      const page = await clerk.staff.get(url)
      const form = { ticket: clerk.ticketOf(page.body), ...clerk.fields('22222222'), code }
      const answers = [await clerk.staff.post(clerk.actionOf(page.body), form)]
      answers.push(await clerk.staff.post(clerk.actionOf(page.body), form))
      const counted = await clerk.bundle(id)
      expect([await inUrn(), await spent()]).toEqual([10, 10])
      const undone = await clerk.undo(url)
      const told = [...answers, undone].map(({ statusCode, headers }) => [
        statusCode,
        String(headers.location).replace(id, ''),
      ])
      seen.push({ told, counts: [counted.entered, (await clerk.bundle(id)).entered] })
    }
    expect(seen[0]).toEqual(seen[1])
    expect(seen[0]!.counts).toEqual([1, 0])
    expect(await clerk.urn()).toHaveLength(10)
    expect([await unevenStrata(clerk.service.db), await wrongCounts(clerk.service.db)]).toEqual([[], []])
  })

  test('goes into the urn with nine other codes at least: fewer wait until the close, and none is lost', async () => {
    clerk = await seatClerk()
    const { db } = clerk.service
    const codes = await drawCodes(clerk.service, clerk.round, { count: 30 })
    await enterAll(codes.slice(0, 9))
    await enterAll(codes.slice(9, 12))
    expect([await inUrn(), await spent()]).toEqual([0, 0])
    await enterAll([codes[12]!, codes[12]!]) // what comes twice is one: nine and one again would be nine
    await enterAll([...codes.slice(12, 21), codes[12]!])
    expect([await inUrn(), await spent()]).toEqual([0, 0])
    await enterAll([...codes.slice(12, 22), codes[12]!])
    expect([await inUrn(), await spent()]).toEqual([10, 10])
    const open = await clerk.startBundle(5, forms)
    await clerk.type(open.url, { digits: '33333333', code: codes[25]! })
    await clerk.type(open.url, { digits: '11111111', code: '' })

    await endCollection(db, clerk.round.id, {
      ...{ lateUntil: null, now: new Date('2026-11-01T12:00:00Z') },
      spentPepper: clerk.service.keys.spentPepper,
    })
    expect([await inUrn(), await spent()]).toEqual([9 + 3 + 10 + 2, 9 + 3 + 10 + 1])
    expect(await valueIn(db, 'select count(*) from waiting_forms')).toBe(0)
    expect([await unevenStrata(db), await wrongCounts(db)]).toEqual([[], []])
  })

  test('is taken out with its whole bundle, as long as that is not done', async () => {
    clerk = await seatClerk()
    const [code] = await drawCodes(clerk.service, clerk.round)
    const { id, url } = await clerk.startBundle(2, forms)
    await clerk.type(url, { digits: '11111111', code })
    expect((await clerk.staff.post(`/staff/paper/bundles/${id}/removal`)).statusCode).toBe(303)
    expect(await clerk.urn()).toEqual([])
    expect((await clerk.staff.get(url)).statusCode).toBe(404)
    const trail = await rowIn(clerk.service.db, "select number from audit where action = 'paper.bundleRemoved'")
    expect(trail).toEqual({ number: 1 })
    const done = await clerk.startBundle(1, forms)
    await clerk.type(done.url, { digits: '11111111', code })
    await clerk.staff.post(`/staff/paper/bundles/${done.id}/finish`)
    expect((await clerk.staff.post(`/staff/paper/bundles/${done.id}/removal`)).statusCode).toBe(409)
    const other = await clerk.startBundle(2, forms)
    await clerk.type(other.url, { digits: '22222222', code: '' })
    expect((await clerk.staff.post(`/staff/paper/bundles/${other.id}/removal`)).statusCode).toBe(303)
    const { db, keys } = clerk.service
    const now = new Date('2026-11-01T12:00:00Z')
    await endCollection(db, clerk.round.id, { lateUntil: null, now, spentPepper: keys.spentPepper })
    expect(await clerk.urn()).toEqual(['11111111 sv handout']) // and at the close nothing of what was taken out
  })

  test('says what is wrong with a code, and keeps the digits', async () => {
    clerk = await seatClerk()
    const { db } = clerk.service
    const [code] = await drawCodes(clerk.service, clerk.round)
    const other = await openRound(db, { id: '2025', unit: 'En annan' }).then(async (round) => {
      const [code] = await drawCodes(clerk.service, round)
      return code!
    })
    const { url } = await clerk.startBundle(9, forms)
    const wrong = {
      '123': 'You have entered too few',
      [`${code}1`]: 'too many',
      [code!.replace(/.$/, (digit) => String((Number(digit) + 1) % 10))]: 'There is a mistake in the code',
      '0000000000000000': 'We do not recognise this code',
      [other]: 'another round',
    }
    for (const [typed, text] of Object.entries(wrong)) {
      const refused = await clerk.type(url, { digits: '12011302', code: typed })
      expect([refused.statusCode, refused.body]).toEqual([400, expect.stringContaining(text)])
      expect(refused.body).toMatch(/name="q2"[^>]*value="2"/)
    }
    await runIn(db, `insert into units (id, municipality_code, name) values ('borta', '0180', 'Borta')`)
    await runIn(db, `update strata set unit_id = 'borta' where id = '${clerk.round.strata.youth}'`)
    const [foreign] = await drawCodes(clerk.service, clerk.round, { group: 'youth' })
    expect((await clerk.type(url, { digits: '12011302', code: foreign })).body).toContain('another municipality')
    expect(await clerk.urn()).toEqual([])
  })
})

test('nothing of a form is in the log, the database or the audit trail outside the urn', async () => {
  const log: string[] = []
  const stream = { write: (line: string) => void log.push(line) }
  clerk = await seatClerk({ log: makeLog('trace', stream) })
  const [code] = await drawCodes(clerk.service, clerk.round)
  const { url } = await clerk.startBundle(20, { codes: '1', sample: '1' })
  for (let form = 0; form < 20; form++) await clerk.type(url, { digits: canary, code: form === 0 ? code : '' })
  const tables = await valuesIn<string>(clerk.service.db, `select name from sqlite_master where type = 'table'`)
  const rows = await Promise.all(tables.map((name) => rowsIn(clerk.service.db, `select * from ${name}`)))
  const everything = JSON.stringify(rows.map((all) => all.map((row) => Object.values(row)))).concat(...log)
  expect(everything).toContain('paper.entered')
  expect(everything).not.toContain(canary)
  expect(everything).not.toContain(canary.split('').join(','))
  expect(everything).not.toContain(code)
})
