import type { DeliveryReply } from '../../src/pages/tablet/delivery.ts'
import { deliveryLength, mostTogether, padded } from '../../src/tablet/padding.ts'
import type { Keeping } from '../../src/tablet/tablet.ts'
import { toBase64 } from './seal.ts'
import type { OwnState, TabletStorage, WaitingBallot } from './storage.ts'
import { TooLate } from './too-late.ts'

/** How long a contact may take before it is broken off and tried again, in milliseconds. */
const patienceMs = 20_000

/**
 * Delivers what waits, in random order, and learns what the server has to say. Ballots are forgotten only when the server
 * has them on its disk; whatever is cut off on the way comes again, and is counted once.
 * @param keeping what the browser is good for, which the server is told.
 * @returns whether the server was reached and nothing waits any more.
 */
export async function makeContact(storage: TabletStorage, keeping: () => Promise<Keeping>): Promise<boolean> {
  try {
    const known = await keeping()
    for (;;) {
      const state = await storage.read()
      const waiting = await storage.ballots()
      if (!state.key) return waiting.length === 0
      const batch = shuffled(waiting).slice(0, mostTogether)
      const reply = await deliver(state, { keeping: known }, batch)
      const done = await learn(storage, state.key, reply, batch)
      if (done < batch.length) return false
      if (waiting.length === batch.length) return true
    }
  } catch {
    return false // no network, a busy server, a page that another network put in between: it is tried again
  }
}

/** Delivers one ballot that the tablet does not keep. @throws TooLate when the round takes none any more, or else when it is not on the server's disk. */
export async function deliverAtOnce(state: OwnState, ballot: WaitingBallot): Promise<void> {
  const { stored, refused } = await deliver(state, {}, [ballot])
  if (refused.includes(ballot.id)) throw new TooLate()
  if (!stored.includes(ballot.id)) throw new Error('not stored')
}

async function deliver(state: OwnState, report: { keeping?: Keeping }, batch: WaitingBallot[]): Promise<DeliveryReply> {
  const ballots = batch.map(({ id, stratumId, sealed }) => ({ id, stratumId, sealed: toBase64(sealed) }))
  const { key, sequence, declined } = state
  const delivery = padded({ sequence, declined, ...report, ballots }, deliveryLength)
  return post<DeliveryReply>('/tablet/delivery', delivery, key)
}

/**
 * Forgets what the server has, or will never take, and keeps what it says of the tablet. A removed tablet forgets everything but what it
 * still has to deliver, and the key it needs for that. What is said to an earlier key is not heard.
 * @returns how many of the batch are done with.
 */
async function learn(storage: TabletStorage, key: string, reply: DeliveryReply, batch: WaitingBallot[]) {
  const known = new Set(batch.map(({ id }) => id))
  const [stored, refused] = [reply.stored, reply.refused].map((ids) => ids.filter((id) => known.has(id)))
  const { device } = reply
  await storage.forget([...stored!, ...refused!], (before) => {
    if (before.key !== key) return before
    const counted = {
      ...before,
      delivered: before.delivered + stored!.length,
      refused: before.refused + refused!.length,
    }
    if (reply.state !== 'active' || !device) return forgotten(counted)
    const isNewPin = before.device?.pin.hash !== device.pin.hash
    return { ...counted, device, gone: false, wrongPins: isNewPin ? 0 : before.wrongPins }
  })
  return new Set([...stored!, ...refused!]).size
}

function forgotten({ key, sequence, delivered, refused, today }: OwnState): OwnState {
  const empty = { day: today.day, declined: 0 }
  return { key, sequence, delivered, refused, declined: {}, today: empty, wrongPins: 0, gone: true }
}

/** Posts and reads JSON. @param body a text is sent as it is. @throws on any answer but success, with its status. */
export async function post<Reply>(address: string, body: object | string, key?: string): Promise<Reply> {
  const breakOff = new AbortController()
  const timer = setTimeout(() => breakOff.abort(), patienceMs)
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
      signal: breakOff.signal,
      credentials: 'omit',
      cache: 'no-store',
    })
    if (!response.ok) throw Object.assign(new Error('refused'), { status: response.status })
    return await response.json()
  } finally {
    clearTimeout(timer)
  }
}

function shuffled<T>(items: T[]): T[] {
  const keys = crypto.getRandomValues(new Uint32Array(items.length))
  return items
    .map((item, index) => ({ item, key: keys[index]! }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item)
}
