import type { Keeping } from '../../src/tablet/tablet.ts'
import { inTime } from './in-time.ts'

/** How long the browser may take to say what it has promised, in milliseconds. */
const patienceMs = 2_000

/** How long the browser, and whoever it asks, may take over the promise, in milliseconds. */
const askingMs = 20_000

/**
 * Asks the browser to keep what is stored, and gives how to learn what it is good for. What is being found out still is left out, and
 * where a browser says nothing, it has not promised anything.
 */
export function learnKeeping(worksOffline: () => Promise<boolean | undefined>): () => Promise<Keeping> {
  let isAsking = true
  void askToKeep().then(() => {
    isAsking = false
  })
  return async () => ({
    worksOffline: await inTime(worksOffline(), patienceMs).catch(() => undefined),
    isPromised: isAsking ? undefined : await isPromised(),
  })
}

const isPromised = (): Promise<boolean> => asked(patienceMs, (keeper) => keeper.persisted())

const askToKeep = (): Promise<boolean> =>
  asked(askingMs, (keeper) => keeper.persisted().then((kept) => kept || keeper.persist()))

async function asked(milliseconds: number, ask: (keeper: StorageManager) => Promise<boolean>): Promise<boolean> {
  try {
    return await inTime(ask(navigator.storage), milliseconds)
  } catch {
    return false
  }
}
