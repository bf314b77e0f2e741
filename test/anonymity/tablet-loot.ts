/** Lets people answer at a tablet while a thief looks on: the real service and the tablet's own program, and a naive tablet. */
import { randomBytes, randomInt } from 'node:crypto'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { vi } from 'vitest'
import { makeContact, post } from '../../assets/tablet/contact.ts'
import { newBallotId, sealBallot } from '../../assets/tablet/seal.ts'
import type { OwnState, TabletStorage, WaitingBallot } from '../../assets/tablet/storage.ts'
import { fingerprint } from '../../src/crypto/secrets.ts'
import { backupDatabase } from '../../src/database/backup.ts'
import { answersOf } from '../../src/questionnaire/answers.ts'
import { createRoundKey } from '../../src/round/round-key.ts'
import { mostTogether } from '../../src/tablet/padding.ts'
import { hashPin, newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import type { Device } from '../../src/tablet/tablet.ts'
import { newKeys, openRound } from '../support/service.ts'
import { type Known, leaves, type Sighting, shuffled } from './linker.ts'
import { type Campaign, emptyLoot, fillIn, uniqueAnswers, watchService } from './loot.ts'
import type { Value } from './sqlite-file.ts'

const groups = ['economic_assistance', 'youth'] as const

const languages = ['sv', 'en', 'ar', 'so']

/** What was stolen at a tablet, by where it was seen; the loot holds all of it. */
export type TabletCampaign = Campaign & { onTheWire: Sighting[]; inTheTablet: Sighting[] }

export interface TabletOptions {
  /** `quiet`: every answer is delivered before the next person comes. `offline`: all are delivered when the network is back. */
  day: 'quiet' | 'offline'
  /** How many people answer in each of the two groups. */
  answering?: number
  /** Answers a day that are taken without a question; more are held. */
  quota?: number
  /** Delivers in the order in which people came, as ours does not: what the linker must see through. */
  isInOrder?: boolean
}

/**
 * People answer one after another at a tablet, and somebody in the waiting room watches in which order. The tablet's own
 * program seals and delivers to the real service; the thief takes all there is whenever something has happened.
 */
export async function stealFromTablet({
  day,
  answering = 100,
  quota = 1000,
  isInOrder = false,
}: TabletOptions): Promise<TabletCampaign> {
  const { service, file, folder, loot, keys, thief, caught } = await watchService()

  // Days pass, also for what counts how often a tablet delivers.
  vi.useFakeTimers({ toFake: ['Date'], now: service.clock.now })
  const pass = (seconds: number) => {
    service.clock.now = new Date(service.clock.now.getTime() + seconds * 1000)
    vi.setSystemTime(service.clock.now)
  }
  const onTheWire: Sighting[] = []
  const inTheTablet: Sighting[] = []
  loot.sightings = []
  const see = (where: Sighting[], rows: Value[][], of?: string) => {
    const tree = where === onTheWire ? 'the wire' : "the tablet's storage"
    const sighting = { rows: rows.map((values) => ({ tree, values, place: 0 })), of }
    where.push(sighting)
    loot.sightings!.push(sighting)
  }

  /** The wire between the tablet and the service: everything that goes over it is read, as if there were no TLS. */
  let isPluggedIn = true
  let lastAlone: string | undefined
  vi.stubGlobal(
    'fetch',
    async (address: string, { headers, body }: { headers: Record<string, string>; body: string }) => {
      if (!isPluggedIn) throw new TypeError('Failed to fetch')
      const response = await service.app.inject({ method: 'POST', url: address, headers, payload: body })
      const { ballots = [], ...head } = JSON.parse(body)
      const sent = [...leaves(headers), ...leaves(head)]
      see(
        onTheWire,
        [sent, ...ballots.map(asRow), leaves(response.json())],
        ballots.length === 1 ? lastAlone : undefined,
      )
      return new Response(response.body, { status: response.statusCode })
    },
  )

  try {
    const round = await openRound(service.db)
    loot.publicKey = round.key.publicKey
    const token = newEnrolmentToken()
    await inviteTablet(service.db, {
      name: 'Reception 1',
      strata: groups.map((group) => round.strata[group]),
      enrolmentTag: fingerprint(token),
      enrolUntil: new Date(service.clock.now.getTime() + 3_600_000),
      pin: hashPin('4711'),
      dailyQuota: quota,
    })
    const key = randomBytes(32).toString('base64url')
    const { device } = await post<{ device: Device }>('/tablet/enrolment', { token, key })
    const storage = keepInMemory({ key, device })

    const people: Known[] = shuffled(
      groups.flatMap((group) => new Array<(typeof groups)[number]>(answering).fill(group)),
    ).map((group, index) => ({ code: `person ${index}`, stratumId: round.strata[group], channel: 'tablet' }))
    const cameInOrder = shuffled(people).map(({ code }) => code)
    const truth = uniqueAnswers(cameInOrder)
    fillIn(loot, people, truth)
    loot.watched = cameInOrder

    const strata = new Map(people.map(({ code, stratumId }) => [code, stratumId]))
    const known = new Set<string>()
    const answer = async (code: string) => {
      const stratumId = strata.get(code)!
      const language = languages[randomInt(languages.length)]!
      const answers = answersOf([...truth.get(code)!].map(Number))
      const ballot = await sealBallot(device.publicKey, newBallotId(), { stratumId, language, answers })
      await storage.keep(ballot, (state) => state)
      const fresh = (await storage.ballots()).filter(({ id }) => !known.has(id))
      for (const { id } of fresh) known.add(id)
      see(inTheTablet, [...fresh.map(asRow), leaves(await storage.read())], code)
      lastAlone = code
    }
    const takeCopies = () => {
      loot.copies.push(readFileSync(file))
      if (caught.length > 0) loot.journals.push({ journal: caught.at(-1)!, file: loot.copies.at(-1)! })
      const name = join(folder, `backup-${loot.backups.length}`)
      backupDatabase(thief, name)
      loot.backups.push(readFileSync(name))
    }
    const keeping = async () => ({ worksOffline: true, isPromised: false })
    const contact = async () => {
      pass(device.contactSeconds)
      if (!(await makeContact(storage, keeping)) && isPluggedIn) throw new Error('a delivery was refused')
      see(inTheTablet, [leaves(await storage.read())])
    }

    takeCopies()
    if (day === 'quiet') {
      for (const code of cameInOrder) {
        await answer(code)
        await contact()
        takeCopies()
        if (randomInt(2)) await contact() // with nothing to bring
      }
    } else {
      isPluggedIn = false
      for (const code of cameInOrder) {
        await answer(code)
        pass(randomInt(3) * 1200)
        if (randomInt(2)) await contact()
      }
      isPluggedIn = true
      lastAlone = undefined
      if (isInOrder) await deliverInOrder()
      else await contact()
      takeCopies()
    }
    if ((await storage.count()) > 0 && !isInOrder) throw new Error('something still waits in the tablet')
    return { loot, truth, cameInOrder, secrets: { keys, roundKey: round.key }, onTheWire, inTheTablet }

    async function deliverInOrder() {
      const waiting = new Map((await storage.ballots()).map((ballot) => [ballot.id, ballot]))
      const inOrder = [...known].map((id) => waiting.get(id)!)
      for (let from = 0; from < inOrder.length; from += mostTogether) {
        const ballots = inOrder
          .slice(from, from + mostTogether)
          .map(({ sealed, ...ballot }) => ({ ...ballot, sealed: Buffer.from(sealed).toString('base64') }))
        await post('/tablet/delivery', { sequence: 1_000 + from, declined: {}, ballots }, key)
      }
    }
  } finally {
    vi.unstubAllGlobals()
    vi.useRealTimers()
    thief.$client.close()
    await service.close()
    rmSync(folder, { recursive: true })
  }
}

/** A ballot as it waits or as it travels, with its sealed bytes as bytes. */
function asRow({ id, stratumId, sealed }: { id: string; stratumId: string; sealed: string | Uint8Array }): Value[] {
  return [id, stratumId, typeof sealed === 'string' ? Buffer.from(sealed, 'base64') : Buffer.from(sealed)]
}

/** What IndexedDB does for a tablet, where there is no browser: two stores, the ballots in the order of their ids. */
export function keepInMemory({ key, device }: { key: string; device: Device }): TabletStorage {
  const ballots = new Map<string, WaitingBallot>()
  const today = { day: '2026-09-15', declined: 0 }
  let own: OwnState = { key, device, sequence: 0, delivered: 0, refused: 0, declined: {}, today, wrongPins: 0 }
  const change = async (next: (state: OwnState) => OwnState) => {
    own = structuredClone(next(own))
    return own
  }
  return {
    read: async () => own,
    change,
    async keep(ballot, next) {
      ballots.set(ballot.id, ballot)
      await change(next)
    },
    async forget(ids, next) {
      for (const id of ids) ballots.delete(id)
      return change(next)
    },
    async changeIfEmpty(next) {
      if (ballots.size === 0) await change(next)
    },
    ballots: async () => [...ballots.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    count: async () => ballots.size,
  }
}

/**
 * A tablet as many would write it: what waits is the answers as JSON with a running number, and so is what is delivered,
 * in one mixed batch. It never asks who somebody is, and keeps no time.
 */
export function stealFromNaiveTablet({ answering = 100 } = {}): TabletCampaign {
  const loot = emptyLoot()
  const people: Known[] = shuffled(groups.flatMap((group) => new Array<string>(answering).fill(group))).map(
    (stratumId, index) => ({ code: `person ${index}`, stratumId, channel: 'tablet' }),
  )
  const cameInOrder = shuffled(people).map(({ code }) => code)
  const truth = uniqueAnswers(cameInOrder)
  fillIn(loot, people, truth)
  loot.watched = cameInOrder

  const strata = new Map(people.map(({ code, stratumId }) => [code, stratumId]))
  const waiting = cameInOrder.map((code, index) => ({
    tree: 'a naive tablet',
    values: [index + 1, strata.get(code)!, JSON.stringify(answersOf([...truth.get(code)!].map(Number)))],
    place: 0,
  }))
  const inTheTablet = waiting.map((row, index) => ({ rows: [row], of: cameInOrder[index]! }))
  const onTheWire = [{ rows: shuffled(waiting) }]
  loot.sightings = [...inTheTablet, ...onTheWire]
  return {
    loot,
    truth,
    cameInOrder,
    secrets: { keys: newKeys(), roundKey: createRoundKey('2026') },
    onTheWire,
    inTheTablet,
  }
}
