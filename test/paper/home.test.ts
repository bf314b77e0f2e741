import { afterEach, describe, expect, test } from 'vitest'
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
  test('lets a host count what is handed out and who declines, and take it back', async () => {
    const { unitIds } = await open()
    const host = await staffBrowser(service, { role: 'host', unitIds, language: 'en' })
    const at = `/staff/paper/${round.strata.youth}`
    const added = await host.post(`${at}/handed-out`, { number: '12' })
    await host.post(`${at}/declined`, { number: '2' })
    expect(await offered()).toBe(14)
    const page = await host.get(String(added.headers.location))
    expect(page.body).toContain('Undo: remove the 12 you just added')
    expect(page.body).not.toContain('/bundles')

    await host.post(`${at}/handed-out/undo`, { number: '12' })
    expect(await offered()).toBe(2)
    expect((await host.post(`${at}/handed-out/undo`, { number: '1' })).statusCode).toBe(400)
    expect((await host.post(`${at}/handed-out`, { number: 'x' })).statusCode).toBe(400)
    expect(await offered()).toBe(2)
    const deeds = await rowsIn(service.db, `select at, action, number from audit order by action`)
    expect(deeds).toEqual([
      { at: '2026-09-15T09', action: 'paper.declined', number: 2 },
      { at: '2026-09-15T09', action: 'paper.handedOut', number: 12 },
      { at: '2026-09-15T09', action: 'paper.handedOutUndone', number: 12 },
    ])
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
