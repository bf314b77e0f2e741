import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { countBallots } from '../../src/results/store.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'

describe('in a break of a round', () => {
  let service: Service
  let round: TestRound
  beforeEach(async () => {
    service = await startService()
    round = await openRound(service.db)
  })
  afterEach(() => service.close())

  async function enter(code: string) {
    const visitor = browse(service.app)
    const { headers } = await visitor.post('/entry', { code, language: 'sv' })
    return { visitor, location: headers.location }
  }

  test('nobody begins, and the code is good afterwards', async () => {
    const [code] = await drawCodes(service, round)
    await setPaused(service.db, round.id, true)

    const { visitor, location } = await enter(code!)
    expect(location).toBe('/sv/paused')
    expect((await visitor.get(location!)).body).toContain('Koden gäller fortfarande')

    await setPaused(service.db, round.id, false)
    expect((await enter(code!)).location).toBe('/questions')
  })

  test('those who have begun are still taken', async () => {
    const [code] = await drawCodes(service, round)
    const { visitor } = await enter(code!)
    await setPaused(service.db, round.id, true)

    expect((await visitor.post('/response', { views: 'yes' })).headers.location).toBe('/thanks')
    expect(await countBallots(service.db, round.id)).toBe(1)
  })

  test('no code is drawn', async () => {
    await setPaused(service.db, round.id, true)
    await expect(drawCodes(service, round)).rejects.toMatchObject({ messageKey: 'roundPaused' })
  })
})
