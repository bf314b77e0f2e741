import { afterEach, describe, expect, test } from 'vitest'
import { addStrata, addUnit } from '../../src/organisation/store.ts'
import { listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import { rowsIn, valueIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'

let service: Service
let round: TestRound
afterEach(() => service.close())

async function open() {
  service = await startService()
  round = await openRound(service.db)
  const unitId = await valueIn<string>(service.db, 'select unit_id from strata')
  return { unitIds: [unitId] }
}
const offered = async () => rateLine(await listChannelRecords(service.db, round.id)).offered

describe('the page of paper forms', () => {
  const tallyOf = async (staff: Awaited<ReturnType<typeof staffBrowser>>) => {
    const { body } = await staff.get('/staff/paper/tally')
    return { body, once: /name="once" value="([\w-]+)"/.exec(body)![1]! }
  }

  test('lets a host count what is handed out and who declines, all at once and once, and take it back', async () => {
    const { unitIds } = await open()
    const [unitId] = unitIds
    const host = await staffBrowser(service, { role: 'host', unitIds, language: 'en' })
    expect((await host.get('/staff/paper')).headers.location).toBe('/staff/paper/tally')
    const { once } = await tallyOf(host)
    const all = { once, [`handedOut.${unitId}.youth`]: '12', [`declined.${unitId}.guardian`]: '2' }
    for (const _ of ['once', 'twice'])
      expect((await host.post('/staff/paper/tally', all)).headers.location).toBe(
        '/staff/paper/tally?done=paper.tallied',
      )
    expect(await offered()).toBe(14)
    const { body } = await tallyOf(host)
    expect(body).toContain('Undo (handed out: 12, declined: 2)')
    expect(body).not.toContain('>Enter</a>')

    const undo = /action="([^"]+)" class="undo"/.exec(body)![1]!
    await host.post(undo)
    expect(await offered()).toBe(0)
    expect((await host.post(undo)).headers.location).toContain('notice=paper.nothingToUndo')
    const deeds = await rowsIn(service.db, `select at, action, subject, number from audit order by action`)
    const done = { at: '2026-09-15T09', subject: 'Enheten' }
    expect(deeds).toEqual([
      { ...done, action: 'paper.declined', number: 2 },
      { ...done, action: 'paper.declinedUndone', number: 2 },
      { ...done, action: 'paper.handedOut', number: 12 },
      { ...done, action: 'paper.handedOutUndone', number: 12 },
    ])
  })

  test('has a search where there are many, which keeps what was typed and counts nothing', async () => {
    await open()
    const { id: other } = await addUnit(service.db, { municipalityCode: '1489', name: 'Öppenvården Björken' })
    await addStrata(service.db, round.id, other, ['youth', 'guardian', 'addiction'])
    const staff = await staffBrowser(service, { role: 'coordinator', language: 'en' })
    expect((await tallyOf(staff)).body).not.toContain('name="search"')
    for (const name of ['Ett', 'Två', 'Tre']) {
      const { id } = await addUnit(service.db, { municipalityCode: '1489', name })
      await addStrata(service.db, round.id, id, ['youth', 'guardian'])
    }
    const { once } = await tallyOf(staff)
    const shownIn = ({ body }: { body: string }) => [...body.matchAll(/class="sub">([^<]+)</g)].map(([, unit]) => unit)
    const typed = { once, [`handedOut.${other}.youth`]: '7' }
    const kept = await staff.post('/staff/paper/tally', { ...typed, search: 'tre', look: '1' })
    expect(shownIn(kept).sort()).toEqual(['Tre', 'Tre', 'Öppenvården Björken'])
    expect(kept.body).toMatch(new RegExp(`name="handedOut.${other}.youth"[^>]* value="7"`))
    expect(kept.body).toContain('3 target groups are shown')
    expect(shownIn(await staff.get('/staff/paper/tally?search=bjorken+young'))).toEqual(['Öppenvården Björken'])
    expect((await staff.get('/staff/paper/tally?search=nowhere')).body).toContain('href="/staff/paper/tally"')
    expect(await offered()).toBe(0)

    await staff.post('/staff/paper/tally', { ...typed, search: 'tre' })
    expect(await offered()).toBe(7)
  })

  test('takes away with a minus, and adds all of it or nothing', async () => {
    const { unitIds } = await open()
    const [unitId] = unitIds
    const host = await staffBrowser(service, { role: 'host', unitIds, language: 'en' })
    const send = async (numbers: Record<string, string>) =>
      host.post('/staff/paper/tally', { once: (await tallyOf(host)).once, ...numbers })
    const [youth, guardian] = [`handedOut.${unitId}.youth`, `handedOut.${unitId}.guardian`]
    expect((await send({ [youth]: '5' })).statusCode).toBe(303)
    expect((await send({ [youth]: '\u22122' })).statusCode).toBe(303)
    expect(await offered()).toBe(3)

    const tooMany = await send({ [guardian]: '4', [youth]: '-4' })
    expect([tooMany.statusCode, tooMany.body]).toEqual([400, expect.stringContaining('Only 3 have been counted.')])
    for (const wrong of ['x', '1.5', '501', '--1']) expect((await send({ [youth]: wrong })).statusCode, wrong).toBe(400)
    expect((await send({ [youth]: ' ' })).body).toContain('Type a number in at least one box.')
    expect((await host.post('/staff/paper/tally', { [youth]: '1' })).statusCode).toBe(400)
    expect(await offered()).toBe(3)
    const elsewhere = await staffBrowser(service, { role: 'coordinator', municipalityCode: '0180' })
    expect((await elsewhere.post('/staff/paper/tally', { once: 'a'.repeat(16), [youth]: '1' })).statusCode).toBe(400)
    expect(await offered()).toBe(3)
  })

  test('says how to begin where there is nothing yet', async () => {
    service = await startService()
    const staff = await staffBrowser(service, { role: 'coordinator', language: 'en' })
    expect((await staff.get('/staff/paper')).body).toContain('Your municipality has no units in this round yet.')
  })

  test('gives the form of a group in a language as PDF', async () => {
    const { unitIds } = await open()
    const host = await staffBrowser(service, { role: 'host', unitIds })
    const pdf = await host.get('/staff/paper/forms.pdf?group=youth&language=ar&copies=2')
    expect([pdf.statusCode, pdf.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-')
    expect((await host.get('/staff/paper/forms.pdf?group=nobody')).statusCode).toBe(400)
  })
})
