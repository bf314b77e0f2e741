import { randomBytes } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { makeContact, post } from '../../assets/tablet/contact.ts'
import { newBallotId, sealBallot } from '../../assets/tablet/seal.ts'
import type { WaitingBallot } from '../../assets/tablet/storage.ts'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { ballotsOf } from '../../src/results/store.ts'
import { deliveryLength, padded } from '../../src/tablet/padding.ts'
import { hashPin, newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import type { Device } from '../../src/tablet/tablet.ts'
import { openUrnOf } from '../support/open-urn.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'
import { keepInMemory } from './tablet-loot.ts'

/** What somebody sees who reads the network between a tablet and the service, through TLS: lengths. */
interface Exchange {
  sent: number
  headers: string
  received: number
}

let service: Service
let round: TestRound
let wire: Exchange[]
let device: Device
let key: string

beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
  wire = []
  vi.stubGlobal('fetch', async (url: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
    const response = await service.app.inject({ method: 'POST', url, headers, payload: body })
    const received = response.rawPayload.length
    wire.push({ sent: Buffer.byteLength(body), headers: Object.keys(response.headers).sort().join(), received })
    return new Response(response.body, { status: response.statusCode })
  })
  const token = newEnrolmentToken()
  await inviteTablet(service.db, {
    name: 'Receptionen i Växjö',
    strata: [round.strata.youth, round.strata.guardian],
    enrolmentTag: fingerprint(token),
    enrolUntil: new Date(service.clock.now.getTime() + 3_600_000),
    pin: hashPin('4711'),
    dailyQuota: 30,
  })
  key = randomBytes(32).toString('base64url')
  device = (await post<{ device: Device }>('/tablet/enrolment', { token, key })).device
  wire = []
})
afterEach(async () => {
  vi.unstubAllGlobals()
  await service.close()
})

async function ballot(): Promise<WaitingBallot> {
  const answers = { views: 'yes' } as const
  return sealBallot(device.publicKey, newBallotId(), { stratumId: round.strata.youth, language: 'sv', answers })
}

/** Lets so many people answer and decline, delivers what waits, and gives what the network saw of it. */
async function seeDelivery(answering: number, declining = 0): Promise<Exchange[]> {
  const storage = keepInMemory({ key, device })
  const { sequence } = await storage.read()
  const declined = declining > 0 ? { [round.strata.youth]: declining } : {}
  await storage.change((state) => ({ ...state, sequence: sequence + declining, declined }))
  for (let nth = 0; nth < answering; nth++) await storage.keep(await ballot(), (state) => state)
  expect(await makeContact(storage, async () => ({ worksOffline: true, isPromised: declining > 0 }))).toBe(true)
  expect(await storage.count()).toBe(0)
  return wire.splice(0)
}

describe('the network between a tablet and the service', () => {
  test('sees one length of what is sent and one of what is answered, however many answers and declines are in it', async () => {
    const seen = [await seeDelivery(0)]
    for (const answering of [1, 2, 29, 99, 100]) seen.push(await seeDelivery(answering))
    seen.push(await seeDelivery(0, 1), await seeDelivery(3, 123_456)) // beyond the quota, so some are held
    for (const exchanges of seen) expect(exchanges).toEqual(seen[0])
    expect(seen[0]).toMatchObject([{ sent: deliveryLength }])
    expect((await openUrnOf(ballotsOf(service.db, round.id), round.key)).ballots).toBe(30)
  })

  test('sees several of that length where more than a hundred wait', async () => {
    const [quiet] = await seeDelivery(0)
    expect(await seeDelivery(201)).toEqual([quiet, quiet, quiet])
  })

  test('would learn little more where something on the way compresses', async () => {
    const lengthOf = (answering: number) =>
      gzipSync(padded({ ids: Array.from({ length: answering }, () => randomBytes(16).toString('base64')) }, 4096))
        .length
    const lengths = [0, 1, 2, 5, 20].map(lengthOf)
    expect(Math.max(...lengths) - Math.min(...lengths)).toBeLessThan(64)
  })
})
