import type { Device } from '../../src/tablet/tablet.ts'
import { inTime } from './in-time.ts'

/** A sealed answer that waits: ciphertext and where it belongs. No time, no language, no running number. */
export interface WaitingBallot {
  /** 16 random bytes in base64: what keeps it from being counted twice. */
  id: string
  stratumId: string
  sealed: Uint8Array
}

/** What the tablet knows of itself. Nothing of a person is ever in it. */
export interface OwnState {
  /** The device's own secret; absent once a removed tablet has delivered everything. */
  key?: string
  device?: Device
  /** The stratum that staff chose, where there are several. */
  stratumId?: string
  /** How often the declines have changed: nothing here may count contacts, which would be a clock beside the ballots. */
  sequence: number
  delivered: number
  /** Ballots that came too late, or for a group that is not this tablet's. */
  refused: number
  /** Declined at each stratum, in all. */
  declined: Record<string, number>
  /** Today's counts, by the tablet's own clock: for the eyes of staff, nothing rests on them. */
  today: { day: string; declined: number }
  wrongPins: number
  gone?: boolean
}

const fresh: OwnState = {
  sequence: 0,
  delivered: 0,
  refused: 0,
  declined: {},
  today: { day: '', declined: 0 },
  wrongPins: 0,
}

/** The two things a tablet keeps: its own state, and sealed ballots. Every change is on its disk before it is told. */
export interface TabletStorage {
  read(): Promise<OwnState>
  /** Changes the state in one step, also where another window does so at the same moment. */
  change(next: (state: OwnState) => OwnState): Promise<OwnState>
  /** Keeps a ballot, in place of an earlier one of the same id, and changes the state in one transaction. @throws when there is no room. */
  keep(ballot: WaitingBallot, next: (state: OwnState) => OwnState): Promise<void>
  /** Forgets ballots that are delivered and changes the state in one transaction. */
  forget(ids: string[], next: (state: OwnState) => OwnState): Promise<OwnState>
  /** Changes the state in one step, if no ballot waits. */
  changeIfEmpty(next: (state: OwnState) => OwnState): Promise<void>
  ballots(): Promise<WaitingBallot[]>
  count(): Promise<number>
}

/** How long the storage may take to open or for one transaction, in milliseconds: longer than a slow disk ever needs. */
const patienceMs = 8_000

/** @throws where the browser keeps nothing, as in some private windows, or where its storage does not answer. */
export async function openStorage(): Promise<TabletStorage> {
  let database = await opened().catch(() => opened())

  /** A store that has failed once, on a full disk, fails for good: it is opened anew and asked once more. */
  async function twice<T>(ask: () => Promise<T>): Promise<T> {
    try {
      return await ask()
    } catch {
      database.close()
      database = await opened()
      return ask()
    }
  }

  /** One durable transaction over both stores; its result when it is on the disk. */
  function transact<T>(work: (own: IDBObjectStore, ballots: IDBObjectStore, give: (result: T) => void) => void) {
    return twice(() => transactOnce(work))
  }

  function transactOnce<T>(work: (own: IDBObjectStore, ballots: IDBObjectStore, give: (result: T) => void) => void) {
    return endedInTime<T>(['own', 'ballots'], 'readwrite', (transaction, resolve, reject) => {
      let result: T
      transaction.oncomplete = () => resolve(result)
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? new Error('aborted'))
      work(transaction.objectStore('own'), transaction.objectStore('ballots'), (found) => {
        result = found
      })
    })
  }

  function changing(own: IDBObjectStore, next: (state: OwnState) => OwnState, give: (state: OwnState) => void) {
    const reading = own.get('state')
    reading.onsuccess = () => {
      const before: OwnState = reading.result ?? fresh
      const state = next(before)
      // What has not changed is not written: the browser's files would keep one line for every contact, and so the time.
      if (JSON.stringify(state) !== JSON.stringify(before)) own.put(state, 'state')
      give(state)
    }
  }

  function look<T>(store: string, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    return twice(() =>
      endedInTime<T>([store], 'readonly', (transaction, resolve, reject) => {
        const request = ask(transaction.objectStore(store))
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      }),
    )
  }

  /** A transaction that never ends is broken off, so that what was asked of it does not happen later after all. */
  async function endedInTime<T>(
    stores: string[],
    mode: IDBTransactionMode,
    work: (transaction: IDBTransaction, resolve: (result: T) => void, reject: (reason: unknown) => void) => void,
  ): Promise<T> {
    const transaction = database.transaction(stores, mode, { durability: 'strict' })
    const done = new Promise<T>((resolve, reject) => work(transaction, resolve, reject))
    try {
      return await inTime(done, patienceMs)
    } catch (error) {
      breakOff(transaction)
      throw error
    }
  }

  return {
    read: async () => (await look('own', (store) => store.get('state'))) ?? fresh,
    change: (next) => transact((own, _ballots, give) => changing(own, next, give)),
    keep: (ballot, next) =>
      transact((own, ballots) => {
        ballots.put(ballot)
        changing(own, next, () => {})
      }),
    forget: (ids, next) =>
      transact((own, ballots, give) => {
        for (const id of ids) ballots.delete(id)
        changing(own, next, give)
      }),
    changeIfEmpty: (next) =>
      transact((own, ballots) => {
        const counting = ballots.count()
        counting.onsuccess = () => {
          if (counting.result === 0) changing(own, next, () => {})
        }
      }),
    ballots: () => look('ballots', (store) => store.getAll()),
    count: () => look('ballots', (store) => store.count()),
  }
}

function breakOff(transaction: IDBTransaction): void {
  try {
    transaction.abort()
  } catch {
    // it has ended
  }
}

/** Safari 14 may leave the first opening after a start without an answer; the next one is answered. */
function opened(): Promise<IDBDatabase> {
  const opening = new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('brukarsvar-tablet', 1)
    request.onupgradeneeded = () => {
      request.result.createObjectStore('own')
      request.result.createObjectStore('ballots', { keyPath: 'id' })
    }
    request.onsuccess = () => {
      const database = request.result
      database.onversionchange = () => database.close()
      resolve(database)
    }
    request.onerror = () => reject(request.error)
    request.onblocked = () => reject(new Error('blocked'))
  })
  return inTime(opening, patienceMs / 2, (late) => late.close())
}
