import { dayBefore } from '../time/days.ts'
import { swedishDay } from '../time/swedish-day.ts'

/**
 * Does something once for each day that has ended in Sweden, as soon as it is asked to look: at the start for yesterday, and then
 * when the day has changed. What fails is tried again at the next look.
 */
export function makeNightly(work: (day: string) => Promise<void>, clock: () => Date): { look(): Promise<void> } {
  let done: string | undefined
  let running: Promise<void> | undefined
  async function run(day: string) {
    await work(day)
    done = day
  }
  return {
    look: () => {
      const day = dayBefore(swedishDay(clock()))
      if (day === done) return Promise.resolve()
      running ??= run(day).finally(() => {
        running = undefined
      })
      return running
    },
  }
}
