import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { findOpening } from '../../src/results/store.ts'
import { createRoundKey, roundKeyFile } from '../../src/round/round-key.ts'
import { getRound } from '../../src/round/store.ts'
import { enrolTablet, recordReport } from '../../src/tablet/device-store.ts'
import { hashPin } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import { ballotsCounted } from '../support/ballots-counted.ts'
import { runIn } from '../support/rows.ts'
import { browse, drawCodes, openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { staffBrowser } from '../support/staff.ts'
import { urnAsItLies } from '../support/urn-as-it-lies.ts'

describe('the close of a round', () => {
  let folder: string
  let service: Service
  let round: TestRound
  let admin: Awaited<ReturnType<typeof staffBrowser>>
  let closing: string
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
    service = await startService({ file: join(folder, 'survey.db'), settings: { KEY_DIR: folder } })
    round = await openRound(service.db)
    admin = await staffBrowser(service, { role: 'national' })
    closing = `/staff/rounds/${round.id}/closing`
  })
  afterEach(async () => {
    await service.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const keyText = () => roundKeyFile(round.key)
  const state = async () => (await getRound(service.db, round.id)).state

  async function answer(code: string) {
    const visitor = browse(service.app)
    await visitor.post('/entry', { code, language: 'sv' })
    await visitor.post('/response', { overall: 'very_satisfied' })
  }

  /** Reads the page again and again, as its refresh does, until the opening is over. */
  const whenOver = () =>
    expect.poll(async () => (await admin.get(closing)).body, { interval: 50 }).not.toContain('http-equiv="refresh"')

  /** The page that the close leads to, once it is over. */
  async function results() {
    const { headers } = await admin.get(closing)
    expect(headers.location).toBe(`/staff/rounds/${round.id}/results?done=releases.opened`)
    return admin.get(headers.location as string)
  }

  /** A tablet that was heard of a day ago, and may hold answers. */
  async function silentTablet(minutes = 25 * 60) {
    const [enrolmentTag, keyTag] = [fingerprint('link'), fingerprint('key')]
    const now = new Date(service.clock.now.getTime() - minutes * 60_000)
    const enrolUntil = new Date(now.getTime() + 3_600_000)
    const own = { name: 'Receptionen', strata: [round.strata.youth], pin: hashPin('1234'), dailyQuota: 200 }
    await inviteTablet(service.db, { ...own, enrolmentTag, enrolUntil })
    await enrolTablet(service.db, { enrolmentTag, keyTag, now })
    await recordReport(service.db, { keyTag, sequence: 1, declined: {}, now })
  }

  test('says what will happen, and happens only with the key', async () => {
    const { body } = await admin.get(closing)
    expect(body).toContain('Ingen kan svara längre.')
    expect(body).toContain('Insamlingen kan inte öppnas igen.')
    expect(body).toContain('Inga surfplattor väntas ha svar kvar.')
    const unsaid = await admin.post(closing, { keyText: keyText(), year: '2025' })
    expect([unsaid.statusCode, await state()]).toEqual([400, 'collecting'])
    expect(unsaid.body).toContain('Skriv omgångens år')

    const refused = await admin.post(closing, { keyText: roundKeyFile(createRoundKey(round.id)) })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('hör till en annan omgång')
    expect(await state()).toBe('collecting')
  })

  test('counts on a thread, seals, and shows the shares of ten answers or more', async () => {
    for (const code of await drawCodes(service, round, { count: 11 })) await answer(code)
    for (const code of await drawCodes(service, round, { group: 'guardian', count: 9 })) await answer(code)

    expect((await admin.post(closing, { year: '2026', keyText: keyText() })).headers.location).toBe(closing)
    expect(await state()).toBe('closed')
    await whenOver()

    const { body } = await results()
    const row = /Nöjd med stödet som helhet<\/th>(.*?)<\/tr>/s.exec(body)![1]!
    const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell!.replace(/<[^>]+>|\s/g, ''))
    expect(cells).toEqual(['minst90%(11)', '..', '..', '..', '..', '..'])
    expect(body).toContain('Två punkter betyder färre än tio svar')
    expect(body).toContain('Hur många som svarade i landet visas inte')
    expect(body).not.toContain('<dt>svar</dt>')
    expect(await ballotsCounted(service.db, round)).toBe(20)
    expect((await admin.get(`/staff/rounds/${round.id}`)).body).toContain('Svaren är räknade.')
    const [code] = await drawCodes(service, round).catch(() => [])
    expect(code).toBeUndefined()
  })

  test('tells how many there were, and the total, where every group has ten', async () => {
    for (const group of ['youth', 'guardian'] as const)
      for (const code of await drawCodes(service, round, { group, count: 10 })) await answer(code)
    await admin.post(closing, { year: '2026', keyText: keyText() })
    await whenOver()

    const { body } = await results()
    expect(body).toContain('<dt>svar</dt><dd>20</dd>')
    const row = /Nöjd med stödet som helhet<\/th>(.*?)<\/tr>/s.exec(body)![1]!
    const cells = [...row.matchAll(/<td[^>]*>(.*?)<\/td>/gs)].map(([, cell]) => cell!.replace(/<[^>]+>|\s/g, ''))
    expect(cells.at(-1)).toBe('minst90%(20)')
  })

  test('can be counted again, and says what is wrong with the key as the first time', async () => {
    await admin.post(closing, { year: '2026', keyText: keyText() })
    await whenOver()
    await results()

    const refused = await admin.post(closing, { keyText: roundKeyFile(createRoundKey(round.id)) })
    expect(refused.statusCode).toBe(400)
    expect(refused.body).toContain('hör till en annan omgång')
    expect((await admin.get(`${closing}?again`)).body).toContain('Räkna omgång')
    expect((await admin.post(closing, { keyText: keyText() })).headers.location).toBe(closing)
    await whenOver()
    await results()
  })

  test('is seen at once on the home page, beside figures that were remembered from a moment ago', async () => {
    const responded = async () => /<dt>har svarat<\/dt><dd>(.*?)<\/dd>/.exec((await admin.get('/staff')).body)?.[1]
    const codes = await drawCodes(service, round, { count: 20 })
    const before = await responded()
    for (const code of codes.slice(0, 12)) await answer(code)
    expect(await responded()).toBe(before)
    await admin.post(closing, { year: '2026', keyText: keyText() })
    expect(await responded()).toBe('10–14')
    await whenOver()
  })

  test('asks what to do with tablets that may hold answers, and can wait for them', async () => {
    await silentTablet()
    expect((await admin.get(closing)).body).toContain('Receptionen')
    const unsaid = await admin.post(closing, { year: '2026', keyText: keyText() })
    expect(unsaid.statusCode).toBe(400)
    expect(await state()).toBe('collecting')

    await admin.post(closing, { year: '2026', keyText: keyText(), late: 'wait' })

    expect(await getRound(service.db, round.id)).toMatchObject({
      state: 'closed',
      lateUntil: '2026-09-18T09:00:00.000Z',
    })
    expect((await admin.get(`/staff/rounds/${round.id}`)).body).toContain('Surfplattor kan skicka in svar till')
    expect(await findOpening(service.db, round.id)).toBeUndefined()

    await admin.post(closing, { year: '2026', keyText: keyText(), late: 'now' })
    await whenOver()
    expect(await ballotsCounted(service.db, round)).toBe(0)
  })

  test.each([
    [1, false], // 2026-09-15 11:00
    [60, false],
    [61, true],
    [600, true],
  ])(
    'a tablet that was heard of %i minutes ago is listed: %s, with the hour and whatever lies in it',
    async (minutes, isListed) => {
      await silentTablet(minutes)
      const { body } = await admin.get(closing)
      expect([body.includes('Receptionen'), body.includes('en timme eller mer')]).toEqual([isListed, isListed])
    },
  )

  test('forgets the order in which people came at once, also where it waits: the key has just been on this machine', async () => {
    for (const code of await drawCodes(service, round, { count: 12 })) await answer(code)
    const keysInOrder = () => urnAsItLies(join(folder, 'survey.db'))
    const random = keysInOrder().sort()
    expect(random).toHaveLength(12)
    expect(keysInOrder()).not.toEqual(random)

    await silentTablet()
    await admin.post(closing, { year: '2026', keyText: keyText(), late: 'wait' })
    await expect.poll(keysInOrder).toEqual(random)
  })

  test('has forgotten that order too when the urn is opened at once', async () => {
    for (const code of await drawCodes(service, round, { count: 12 })) await answer(code)
    const before = urnAsItLies(join(folder, 'survey.db'))
    expect(before).not.toEqual([...before].sort())
    await admin.post(closing, { year: '2026', keyText: keyText() })
    await whenOver()
    expect(urnAsItLies(join(folder, 'survey.db'))).toEqual([...before].sort())
  })

  test('tells when the urn could not be opened, and can be tried again', async () => {
    const [code] = await drawCodes(service, round)
    await answer(code!)
    await runIn(service.db, 'update urn set sealed = zeroblob(112)')
    await admin.post(closing, { year: '2026', keyText: keyText() })
    await whenOver()
    const { body } = await admin.get(closing)
    expect(body).toContain('Svaren låstes inte upp')
    expect(body).toContain('Lås upp och räkna svaren')
    expect(await findOpening(service.db, round.id)).toBeUndefined()
  })
})
