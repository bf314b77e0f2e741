import { setTimeout as pass } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { proposeStep, withdraw } from '../../src/results/release-steps-store.ts'
import { runIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { correct, openedRound, publishedRound } from './published.ts'

const answered = [{ municipality: '1489', unit: 'Vuxna', people: 40, positive: 30 }]

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z' })
})
afterEach(() => service.close())

const statusOf = async (url: string) => (await service.app.inject(url)).statusCode

describe('a correction that is withdrawn', () => {
  beforeEach(async () => {
    await publishedRound(service, answered)
    await correct(service, 'Fyrtio brev saknades.')
    await runIn(
      service.db,
      'insert into released_indicators select round_id, 2, level, area, target_group, gender, measure, question, part, status, value, people, positive from released_indicators where number = 1',
    )
    await runIn(
      service.db,
      'insert into released_areas select round_id, 2, level, area, name, within from released_areas where number = 1',
    )
    await withdraw(
      service.db,
      { roundId: '2026', number: 2, now: service.clock.now, by: 'one' },
      'Två enheter var hopblandade.',
    )
  })

  test('does not bring back what it corrected: every page and the API say that there is nothing to read', async () => {
    for (const path of ['', '/1489', '/questions/overall', '/municipalities', '/about']) {
      const { statusCode, body } = await service.app.inject(`/sv/results/2026${path}`)
      expect([path, statusCode]).toEqual([path, 410])
      expect(body).toContain('Två enheter var hopblandade.')
    }
    expect((await service.app.inject('/v3/data/kpi/U31505/year/2026')).json()).toMatchObject({ values: [], count: 0 })
    const participant = await staffBrowser(service, { role: 'coordinator' })
    expect((await participant.get('/staff/results/2026')).statusCode).toBe(410)
  })

  test('nor does it once participants alone see the correction again: others read that it was withdrawn, and why', async () => {
    const saying = { roundId: '2026', number: 2, now: service.clock.now, by: 'operator' }
    await proposeStep(service.db, saying, { kind: 'release', takesEffect: service.clock.now })
    await runIn(service.db, 'update release_steps set approved_at = proposed_at, approved_by = proposed_by')
    await pass(1_100)
    const { statusCode, body } = await service.app.inject('/sv/results/2026/1489')
    expect(statusCode).toBe(410)
    expect(body).toContain('Två enheter var hopblandade.')
    expect((await service.app.inject('/v3/data/kpi/U31505/year/2026')).json().values).toEqual([])
    const participant = await staffBrowser(service, { role: 'coordinator' })
    expect((await participant.get('/staff/results/2026')).statusCode).toBe(200)
  })

  test('leaves the old one to whoever names it', async () => {
    expect(await statusOf('/sv/results/2026?release=2')).toBe(410)
    expect(await statusOf('/sv/results/2026?release=1')).toBe(200)
  })

  test('is read again once it is shown anew', async () => {
    for (const kind of ['release', 'publish'] as const) {
      const saying = { roundId: '2026', number: 2, now: service.clock.now, by: 'operator' }
      await proposeStep(service.db, saying, { kind, takesEffect: service.clock.now })
      await runIn(service.db, 'update release_steps set approved_at = proposed_at, approved_by = proposed_by')
    }
    await pass(1_100)
    expect(await statusOf('/sv/results/2026')).toBe(200)
  })
})

test('Nothing is proposed for an instant that has passed, whoever proposes it', async () => {
  await openedRound(service, answered)
  const saying = { roundId: '2026', number: 1, now: service.clock.now, by: 'operator' }
  const past = new Date(service.clock.now.getTime() - 1)
  await expect(proposeStep(service.db, saying, { kind: 'release', takesEffect: past })).rejects.toThrow('has passed')
})
