import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openRoundUrn } from '../../src/actions/open-urn.ts'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { loadLanguages } from '../../src/language/languages.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { setPaused } from '../../src/round/plan-store.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { endCollection, getRound } from '../../src/round/store.ts'
import { acceptHeld, decideHeld, discardHeld } from '../../src/tablet/held-store.ts'
import { hashPin, newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet, listTablets, revokeTablet } from '../../src/tablet/store.ts'
import { lacksOf } from '../../src/tablet/tablet.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { wrongCounts } from '../../src/urn/store.ts'
import { listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { rowIn, rowsIn, runIn, valuesIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { countersOf } from '../support/tablet-counters.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(async () => {
  expect(await wrongCounts(service.db)).toEqual([])
  await service.close()
})

const post = (url: string, payload: object, key?: string) =>
  service.app.inject({ method: 'POST', url, payload, headers: key ? { authorization: `Bearer ${key}` } : {} })

async function invite({ groups = ['youth' as const], dailyQuota = 200 } = {}) {
  const token = newEnrolmentToken()
  const strata = groups.map((group) => round.strata[group])
  const enrolUntil = new Date(service.clock.now.getTime() + 3_600_000)
  const id = await inviteTablet(service.db, {
    name: 'Reception',
    strata,
    enrolmentTag: fingerprint(token),
    enrolUntil,
    pin: hashPin('1234'),
    dailyQuota,
  })
  return { id, token }
}

const newKey = () => randomBytes(32).toString('base64url')

async function enrolled(options = {}) {
  const { id, token } = await invite(options)
  const key = newKey()
  expect((await post('/tablet/enrolment', { token, key })).statusCode).toBe(200)
  return { id, key, sequence: 0 }
}

type Tablet = Awaited<ReturnType<typeof enrolled>>

const ballot = (stratumId = round.strata.youth) => ({
  id: randomBytes(16).toString('base64'),
  stratumId,
  sealed: sealTo(round.key.publicKey, encodeBallot({ stratumId, language: 'sv', answers: { views: 'yes' } })).toString(
    'base64',
  ),
})

async function deliver(tablet: Tablet, ballots: object[] = [], { declined = {} } = {}) {
  tablet.sequence++
  const { sequence, key } = tablet
  const response = await post('/tablet/delivery', { sequence, declined, ballots }, key)
  expect(response.statusCode).toBe(200)
  return response.json()
}

const inUrn = async () => (await openUrnOf(ballotsOf(service.db, round.id), round.key)).ballots
/** As staff see it, and with its true counters. */
const seen = async (id: string) => ({
  ...(await listTablets(service.db)).find((tablet) => tablet.id === id)!,
  ...(await countersOf(service.db, id)),
})
const nextDay = (days = 1) => {
  service.clock.now = new Date(service.clock.now.getTime() + days * 86_400_000)
}

describe('a one-time link', () => {
  test('is good for one device, for the same device again, and for no other', async () => {
    const { token } = await invite()
    const key = newKey()
    expect((await post('/tablet/enrolment', { token, key })).statusCode).toBe(200)
    expect((await post('/tablet/enrolment', { token, key })).statusCode).toBe(200) // the first answer was lost
    expect((await post('/tablet/enrolment', { token, key: newKey() })).statusCode).toBe(404)
  })

  test('does not take a key that came with another link', async () => {
    const [one, two, key] = [await invite(), await invite(), newKey()]
    await post('/tablet/enrolment', { token: one.token, key })
    expect((await post('/tablet/enrolment', { token: two.token, key })).statusCode).toBe(409)
    expect((await post('/tablet/enrolment', { token: two.token, key: newKey() })).statusCode).toBe(200)
  })

  test('whose sign was encoded on the way is led back to where no server sees its token', async () => {
    const { token } = await invite()
    const response = await service.app.inject({ url: `/tablet/%23${token}` })
    expect([response.statusCode, response.headers.location]).toEqual([303, `/tablet/#${token}`])
    expect((await service.app.inject({ url: '/tablet/something' })).statusCode).toBe(404)
  })

  test('that cannot be whole is no link, and is not said to be used', async () => {
    const { token } = await invite()
    for (const part of [token.slice(1), `${token}x`, `${token}.`, ''])
      expect((await post('/tablet/enrolment', { token: part, key: newKey() })).statusCode).toBe(400)
  })

  test('that was never made, or is too old, is refused', async () => {
    const { token } = await invite()
    expect((await post('/tablet/enrolment', { token: newEnrolmentToken(), key: newKey() })).statusCode).toBe(404)
    nextDay()
    expect((await post('/tablet/enrolment', { token, key: newKey() })).statusCode).toBe(404)
  })

  test('tells the device all it needs to work without a network, and no secret of others', async () => {
    const { token } = await invite()
    const { device } = (await post('/tablet/enrolment', { token, key: newKey() })).json()
    expect(Object.keys(device).sort()).toEqual(
      ['contactSeconds', 'idle', 'municipality', 'name', 'phase', 'pin', 'publicKey', 'strata'].sort(),
    )
    expect(Buffer.from(device.publicKey, 'base64')).toEqual(round.key.publicKey)
    expect(device.strata).toEqual([{ id: round.strata.youth, targetGroup: 'youth', unit: 'Enheten' }])
  })

  test('is for strata of one unit in one round only', async () => {
    const beside = await addUnit(service.db, { municipalityCode: '1489', name: 'Bredvid' })
    await addStrata(service.db, round.id, beside.id, ['guardian'])
    const elsewhere = (await listStrata(service.db, round.id)).find(({ unitId }) => unitId === beside.id)!
    const nextRound = await openRound(service.db, { id: '2027', unit: 'En annan enhet' })
    const secrets = { enrolmentTag: randomBytes(32), enrolUntil: new Date(), pin: hashPin('1234') }
    for (const foreign of [elsewhere.id, nextRound.strata.guardian]) {
      const strata = [round.strata.youth, foreign]
      const both = inviteTablet(service.db, { name: 'x', strata, dailyQuota: 1, ...secrets })
      await expect(both).rejects.toMatchObject({ code: 'invalid' })
    }
  })
})

describe('a ballot', () => {
  test('is in the urn once, however often it comes', async () => {
    const tablet = await enrolled()
    const [one, two] = [ballot(), ballot()]
    expect(await deliver(tablet, [one])).toMatchObject({ stored: [one.id], refused: [], state: 'active' })
    expect((await deliver(tablet, [one, two, two])).stored).toEqual([one.id, two.id, two.id])
    expect(await inUrn()).toBe(2)
    expect(await seen(tablet.id)).toMatchObject({ delivered: 2, held: 0 })
  })

  test('of a stratum that is not the tablet’s is refused, and the others are taken', async () => {
    const tablet = await enrolled()
    const [own, foreign] = [ballot(), ballot(round.strata.guardian)]
    const reply = await deliver(tablet, [foreign, own])
    expect(reply).toMatchObject({ stored: [own.id], refused: [foreign.id] })
    expect(await inUrn()).toBe(1)
  })

  test('is taken in a break of the round, and the device is told of the break', async () => {
    const tablet = await enrolled()
    await setPaused(service.db, round.id, true)
    const { stored, device } = await deliver(tablet, [ballot()])
    expect(stored).toHaveLength(1)
    expect(device.phase).toBe('paused')
    expect(await inUrn()).toBe(1)
  })

  test('leaves no trace of its device, and of the tablet no time but the hour', async () => {
    const tablet = await enrolled()
    await deliver(tablet, [ballot()])
    const rows = await rowsIn<object>(service.db, 'select * from urn')
    expect(Object.keys(rows[0]!)).toEqual(['ballot_id', 'stratum_id', 'channel', 'sealed'])
    const own = await rowIn<Record<string, unknown>>(service.db, 'select * from tablets')
    const times = Object.values(own).filter((value) => /\d{4}-\d\d-\d\dT/.test(String(value)))
    expect(times).toEqual(['2026-09-15T10:00:00.000Z', '2026-09-15T09']) // the end of its link, the last contact
    expect(Object.values(own).filter((value) => Buffer.isBuffer(value) && value.includes(tablet.key))).toEqual([])
  })
})

describe('what is no ballot', () => {
  test('is set aside at the opening, and everybody else is counted', async () => {
    const tablet = await enrolled()
    const garbage = { ...ballot(), sealed: randomBytes(112).toString('base64') }
    expect((await deliver(tablet, [ballot(), garbage, ballot()])).stored).toHaveLength(3) // nobody can tell before the opening
    expect(await openUrnOf(ballotsOf(service.db, round.id), round.key)).toMatchObject({ ballots: 2, unreadable: 1 })
  })
})

describe('who declined', () => {
  test('is told as a total, which counts once however often it comes, and can be taken back', async () => {
    const tablet = await enrolled()
    const { youth } = round.strata
    const declined = async () => rateLine(await listChannelRecords(service.db, round.id))
    await deliver(tablet, [ballot()], { declined: { [youth]: 3 } })
    await deliver(tablet, [], { declined: { [youth]: 3 } })
    expect(await declined()).toMatchObject({ offered: 4, declined: 3, responded: 1 })
    await deliver(tablet, [], { declined: { [youth]: 2 } })
    expect(await declined()).toMatchObject({ offered: 3, declined: 2, responded: 1 })
  })

  test('is not changed by a report that comes late', async () => {
    const tablet = await enrolled()
    const { youth, guardian } = round.strata
    await deliver(tablet, [], { declined: { [youth]: 1 } })
    await deliver(tablet, [], { declined: { [youth]: 2, [guardian]: 50 } })
    tablet.sequence = 0
    await deliver(tablet, [], { declined: { [youth]: 1 } })
    expect(await seen(tablet.id)).toMatchObject({ strata: [{ id: youth, declined: 2 }] })
  })
})

describe('more answers than people can give', () => {
  const many = (number: number) => Array.from({ length: number }, () => ballot())

  test('wait for a yes, are acknowledged all the same, and count once they are accepted', async () => {
    const tablet = await enrolled({ dailyQuota: 5 })
    const all = many(8)
    expect((await deliver(tablet, all)).stored).toHaveLength(8)
    await deliver(tablet, all)
    expect(await inUrn()).toBe(5)
    expect(await seen(tablet.id)).toMatchObject({ delivered: 8, held: 3 })
    await acceptHeld(service.db, tablet.id)
    await deliver(tablet, all)
    expect(await inUrn()).toBe(8)
    expect(await seen(tablet.id)).toMatchObject({ delivered: 8, held: 0 })
  })

  test('can be destroyed instead', async () => {
    const tablet = await enrolled({ dailyQuota: 1 })
    await deliver(tablet, many(3))
    await discardHeld(service.db, tablet.id)
    expect(await inUrn()).toBe(1)
    const left = await valuesIn<Buffer>(service.db, 'select sealed from held_ballots')
    expect(left).toEqual([Buffer.alloc(112), Buffer.alloc(112)]) // who has the key of the round reads nothing in them
  })

  test('that were destroyed do not come back, also when the tablet did not hear that they were taken', async () => {
    const tablet = await enrolled({ dailyQuota: 1 })
    const all = many(3)
    await deliver(tablet, all)
    await discardHeld(service.db, tablet.id)
    nextDay()
    expect((await deliver(tablet, all)).stored).toHaveLength(3)
    expect([await inUrn(), (await seen(tablet.id)).delivered, (await seen(tablet.id)).held]).toEqual([1, 3, 0])
  })

  test('are not held without end, nor are declines believed without end', async () => {
    const tablet = await enrolled({ dailyQuota: 2 })
    const all = many(40)
    const reply = await deliver(tablet, all, { declined: { [round.strata.youth]: 1_000_000 } })
    expect([reply.stored.length, reply.refused.length]).toEqual([30, 0]) // two, and fourteen days of two that are held
    expect(await seen(tablet.id)).toMatchObject({ delivered: 30, held: 28, strata: [{ declined: 28 }] })
  })

  test('are told once a night, in steps, until somebody has decided', async () => {
    const tablet = await enrolled({ dailyQuota: 1 })
    const told = async () => (await listTablets(service.db)).find(({ id }) => id === tablet.id)!.held
    const night = (day: number) => tellRound(service.db, { roundId: round.id, day: `2026-09-${day}` })
    await deliver(tablet, many(1 + 5))
    await night(14)
    expect(await told()).toEqual({ low: 0, high: 4 }) // one behind the border
    await deliver(tablet, many(2))
    expect(await told()).toEqual({ low: 0, high: 4 }) // nothing of today
    await night(15)
    expect(await told()).toEqual({ low: 5, high: 9 })
    await acceptHeld(service.db, tablet.id)
    expect([await told(), await inUrn()]).toEqual([{ low: 0, high: 4 }, 8])
    await deliver(tablet, many(7))
    await discardHeld(service.db, tablet.id)
    await night(16)
    expect(await told()).toEqual({ low: 0, high: 4 })
  })

  test('at the opening: few, about which nobody could be asked, are counted, and many without a yes are destroyed', async () => {
    for (const [held, stolen, isGivenUp] of [
      [5, false, false],
      [5, true, false],
      [6, false, true],
    ] as const) {
      const tablet = await enrolled({ dailyQuota: 1 })
      const before = await inUrn()
      await deliver(tablet, many(1 + held))
      if (stolen) await revokeTablet(service.db, tablet.id, { stolen })
      expect(await decideHeld(service.db, round.id)).toBe(isGivenUp)
      expect([(await inUrn()) - before, (await seen(tablet.id)).held]).toEqual([held === 5 && !stolen ? 6 : 1, 0])
    }
  })

  test('that were destroyed are not forgotten where the opening fails after it', async () => {
    const tablet = await enrolled({ dailyQuota: 1 })
    await deliver(tablet, many(7))
    const open = async () =>
      openRoundUrn(service.db, await getRound(service.db, round.id), {
        ...{ key: round.key, spentPepper: service.keys.spentPepper },
      })
    const [{ sealed }] = (await rowsIn<{ sealed: Buffer }>(service.db, 'select sealed from urn')) as [
      { sealed: Buffer },
    ]
    await runIn(service.db, "update urn set sealed = zeroblob(112), channel = 'letter'")
    await expect(open()).rejects.toThrow('1 ballots cannot be opened')
    expect((await seen(tablet.id)).held).toBe(0)
    await runIn(service.db, "update urn set sealed = ?, channel = 'tablet'", sealed)
    expect((await open()).isGivenUp).toBe(true)
    expect((await open()).isGivenUp).toBe(true)
  })

  test('cannot be added once the urn is opened', async () => {
    const tablet = await enrolled({ dailyQuota: 1 })
    await deliver(tablet, many(2))
    await endCollection(service.db, round.id, null)
    await expect(acceptHeld(service.db, tablet.id)).rejects.toMatchObject({ code: 'conflict' })
  })

  test('are fewer the next day, and a tablet that was out of reach brings what its days allow', async () => {
    const tablet = await enrolled({ dailyQuota: 5 })
    await deliver(tablet, many(6))
    nextDay()
    await deliver(tablet, many(5))
    expect([await inUrn(), (await seen(tablet.id)).held]).toEqual([10, 1])
    nextDay(3)
    await deliver(tablet, many(16))
    expect([await inUrn(), (await seen(tablet.id)).held]).toEqual([25, 2])
  })

  test('and deliveries faster than any tablet’s are refused for a while', async () => {
    const tablet = await enrolled()
    const codes = new Set<number>()
    for (let times = 0; times < 80; times++) {
      const { sequence, key } = tablet
      codes.add((await post('/tablet/delivery', { sequence, declined: {}, ballots: [] }, key)).statusCode)
    }
    expect([...codes]).toEqual([200, 429])
  })
})

describe('a tablet that is revoked', () => {
  test('has one quota for all that it still brings, however many days it takes', async () => {
    const tablet = await enrolled({ dailyQuota: 3 })
    await revokeTablet(service.db, tablet.id, { stolen: false })
    await deliver(tablet, [ballot(), ballot()])
    nextDay()
    await deliver(tablet, [ballot(), ballot()])
    nextDay(3)
    await deliver(tablet, [ballot()])
    expect([await inUrn(), (await seen(tablet.id)).held]).toEqual([3, 2])
  })

  test('still delivers a day’s quota, whatever it had said; anything more waits for a yes, and it learns nothing any more', async () => {
    const tablet = await enrolled({ dailyQuota: 3 })
    await deliver(tablet, [ballot(), ballot()])
    await revokeTablet(service.db, tablet.id, { stolen: false })
    await revokeTablet(service.db, tablet.id, { stolen: false }) // said again: no second quota
    const brought = Array.from({ length: 4 }, () => ballot())
    const reply = await deliver(tablet, brought, { declined: { [round.strata.youth]: 9 } })
    expect(reply).toMatchObject({ state: 'gone', refused: [] })
    expect(reply.stored).toHaveLength(4)
    expect(reply.device).toBeUndefined()
    await revokeTablet(service.db, tablet.id, { stolen: false })
    await deliver(tablet, [ballot()], { declined: { [round.strata.youth]: 9 } })
    expect(await inUrn()).toBe(5)
    expect(await seen(tablet.id)).toMatchObject({ state: 'revoked', held: 2, strata: [{ declined: 9 }] })
  })

  test('as stolen stays so, and what it said of people who declined does not count', async () => {
    const tablet = await enrolled()
    await deliver(tablet, [], { declined: { [round.strata.youth]: 5 } })
    await revokeTablet(service.db, tablet.id, { stolen: true })
    await expect(revokeTablet(service.db, tablet.id, { stolen: false })).rejects.toMatchObject({ code: 'conflict' })
    expect(rateLine(await listChannelRecords(service.db, round.id))).toMatchObject({ offered: 0, declined: 0 })
  })

  test('as stolen delivers nothing', async () => {
    const tablet = await enrolled()
    await deliver(tablet, [ballot()])
    await revokeTablet(service.db, tablet.id, { stolen: true })
    expect(await deliver(tablet, [ballot()])).toMatchObject({ stored: [], refused: [], state: 'gone' })
    expect(await inUrn()).toBe(1)
  })
})

describe('after the close', () => {
  const hours = (number: number) => new Date(service.clock.now.getTime() + number * 3_600_000)

  test('tablets are taken from for a time, and people with codes are not', async () => {
    const tablet = await enrolled()
    await endCollection(service.db, round.id, hours(72))
    const late = ballot()
    expect((await deliver(tablet, [late])).stored).toEqual([late.id])
    service.clock.now = hours(73)
    const tooLate = ballot()
    expect(await deliver(tablet, [tooLate])).toMatchObject({ stored: [], refused: [tooLate.id] })
    expect(await inUrn()).toBe(1)
  })

  test('nothing is taken once the urn is opened, so that no two counts differ by one ballot', async () => {
    const tablet = await enrolled()
    await endCollection(service.db, round.id, hours(72))
    await endCollection(service.db, round.id, null)
    expect((await deliver(tablet, [ballot()])).refused).toHaveLength(1)
  })
})

describe('the tablet’s page', () => {
  test('can be installed as an app, and everything it is said to need is there', async () => {
    const get = (url: string) => service.app.inject({ url })
    const manifest = (await get('/tablet/manifest.webmanifest')).json()
    expect(manifest).toMatchObject({
      start_url: '/tablet/',
      scope: '/tablet/',
      orientation: 'any',
      display: 'fullscreen',
    })
    expect(manifest.icons.map(({ sizes }: { sizes: string }) => sizes)).toEqual(['192x192', '512x512'])
    const worker = (await get('/tablet/worker.js')).body
    const { addresses } = JSON.parse(worker.slice('const provisions = '.length, worker.indexOf('\n')))
    const needed = [...addresses, ...manifest.icons.map(({ src }: { src: string }) => src)]
    expect(needed.length).toBeGreaterThan(20)
    for (const url of needed) expect((await get(url)).statusCode, url).toBe(200)
  })

  test('has a version that changes with any text, and with nothing else', async () => {
    const versionOf = async ({ app }: Service) =>
      /"version":"(\w+)"/.exec((await app.inject('/tablet/worker.js')).body)![1]
    const same = await startService()
    const languages = loadLanguages()
    const other = await startService({
      languages: { ...languages, text: (...of) => languages.text(...of).replace('Lämna tillbaka', 'Ge tillbaka') },
    })
    expect(await versionOf(same)).toBe(await versionOf(service))
    expect(await versionOf(other)).not.toBe(await versionOf(service))
    await Promise.all([same.close(), other.close()])
  })
})

describe('a tablet’s browser', () => {
  const report = async ({ key }: Tablet, keeping?: object) =>
    post('/tablet/delivery', { sequence: 0, declined: {}, ballots: [], keeping }, key)

  test('is known by what it said last, and by nothing before it has said anything', async () => {
    const tablet = await enrolled()
    await report(tablet)
    expect((await seen(tablet.id)).keeping).toEqual({})
    await report(tablet, { worksOffline: false, isPromised: false })
    await report(tablet, { isPromised: true })
    await report(tablet)
    expect((await seen(tablet.id)).keeping).toEqual({ worksOffline: false, isPromised: true })
  })

  test('is not spoken of any more once the tablet is out of use', async () => {
    const tablet = await enrolled()
    await report(tablet, { worksOffline: false })
    expect(lacksOf(await seen(tablet.id))).toEqual(['worksOffline'])
    await revokeTablet(service.db, tablet.id, { stolen: false })
    expect(lacksOf(await seen(tablet.id))).toEqual([])
  })
})

describe('whatever is sent to a tablet’s addresses', () => {
  test('never fails the service', async () => {
    const tablet = await enrolled()
    const good = { sequence: 1, declined: {}, ballots: [] }
    const strange = fc.oneof(fc.jsonValue(), fc.string(), fc.array(fc.jsonValue()), fc.constant([ballot()]))
    const part = fc.constantFrom('sequence', 'declined', 'ballots', 'keeping', 'token', 'key')
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('enrolment', 'delivery'), part, strange, async (where, name, value) => {
        const key = newKey()
        const response = await service.app.inject({
          method: 'POST',
          url: `/tablet/${where}`,
          headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
          payload: typeof value === 'string' ? value : JSON.stringify({ ...good, token: 'x', key, [name]: value }),
        })
        expect(response.statusCode, response.body).toBeLessThan(500)
      }),
      { numRuns: 300 },
    )
    expect((await deliver(tablet, [ballot()])).stored).toHaveLength(1)
  })

  test('without a key, or with one that nobody has, changes nothing', async () => {
    const body = { sequence: 1, declined: {}, ballots: [ballot()] }
    for (const key of [undefined, newKey()])
      expect((await post('/tablet/delivery', body, key)).json()).toMatchObject({
        stored: [],
        refused: [],
        state: 'gone',
      })
    expect(await inUrn()).toBe(0)
  })

  test('by a page of another site is refused', async () => {
    const headers = { 'sec-fetch-site': 'cross-site' }
    const response = await service.app.inject({ method: 'POST', url: '/tablet/delivery', payload: {}, headers })
    expect(response.statusCode).toBe(400)
  })
})

describe('a ballot that cannot be stored', () => {
  test('stays on its tablet, and those beside it are taken', async () => {
    const tablet = await enrolled()
    const [good, bad] = [ballot(), ballot()]
    const id = Buffer.from(bad.id, 'base64').toString('hex')
    const isBad = `new.ballot_id = x'${id}'`
    await runIn(
      service.db,
      `create temp trigger defect before insert on urn when ${isBad} begin select raise(abort, 'no'); end`,
    )
    expect(await deliver(tablet, [good, bad])).toMatchObject({ stored: [good.id], refused: [], state: 'active' })
    const both = { sequence: ++tablet.sequence, declined: {}, ballots: [bad] }
    expect((await post('/tablet/delivery', both, tablet.key)).statusCode).toBe(500)
    await runIn(service.db, 'drop trigger defect')
    expect(await deliver(tablet, [bad])).toMatchObject({ stored: [bad.id] })
    expect(await inUrn()).toBe(2)
  })
})
