import { setImmediate as letOthersIn, setTimeout as pause } from 'node:timers/promises'
import { isBusy } from './connection.ts'

/** Carries out what is asked of a database, at a moment when it can be asked. */
export type Run = <Found>(ask: () => Found | Promise<Found>) => Promise<Found>

/** Carries it out at once, for programs that nobody waits beside. */
export const atOnce: Run = async (ask) => ask()

/**
 * Asks again and again for so long while another process holds the database, without holding up anybody else. It fails with what the
 * last attempt threw, when it is something else or the patience has ended.
 */
export const patient =
  (patienceMs: number, run: Run = atOnce): Run =>
  async (ask) => {
    const deadline = performance.now() + patienceMs
    for (let pauseMs = 20; ; pauseMs = Math.min(pauseMs * 2, 200)) {
      try {
        return await run(ask)
      } catch (error) {
        if (!isBusy(error) || performance.now() >= deadline) throw error
      }
      await pause(pauseMs)
    }
  }

/** How long is waited where nobody says otherwise. */
export const patiently: Run = patient(5_000)

/** Lets those who wait go first, before each turn. */
export const givingWay =
  (run: Run): Run =>
  async (ask) => {
    await letOthersIn()
    return run(ask)
  }
