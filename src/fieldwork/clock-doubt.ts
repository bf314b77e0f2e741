import { daysAfter } from '../time/days.ts'
import { swedishDay } from '../time/swedish-day.ts'

/**
 * Why a clock is not believed with what is written once: it has just jumped; it stands before the program was built; before a day whose
 * figures were told already; or so long after the last day of a round that collects that no round goes on for so long.
 */
export type ClockDoubt = 'jumped' | 'before-build' | 'before-last-night' | 'long-after-round'

/** In words for operators. */
export const doubted: Record<ClockDoubt, string> = {
  jumped: 'the clock has jumped: the figures of a day wait for an hour',
  'before-build':
    'the clock is wrong: it stands before this program was built. Set it right; if it is right, build again. No figures are told meanwhile',
  'before-last-night':
    'the clock is wrong, or was: figures of today or a later day were told already. Set it right; if it is right: brukarsvar init --clock-is-right. No figures are told meanwhile',
  'long-after-round':
    'the clock is wrong, or a round was forgotten: it collects half a year after its last day. Set the clock right, or close the round. No figures are told meanwhile',
}

/** What a service knows of time without a clock. Days are calendar days in Sweden. */
export interface KnownOfTime {
  builtAt: Date
  rounds: { closesOn: string; isCollecting: boolean; lastNight?: string }[]
}

/** Clocks of two machines differ by so much. In milliseconds. */
const differMs = 5 * 60_000
/** A round that still collects so many days after its last day was forgotten, or the clock is wrong. */
const longestDays = 183

const lastPossible = (closesOn: string) => daysAfter(closesOn, longestDays)

/**
 * The day that a close is told for: today. Where the clock stands before a night that was told, it is the day after that: a close waits
 * for no clock, and takes out no day.
 */
export function dayOfClose(today: string, { closesOn, lastNight }: { closesOn: string; lastNight?: string }): string {
  const isBehind = lastNight !== undefined && lastNight > today && lastNight <= lastPossible(closesOn)
  return isBehind ? daysAfter(lastNight, 1) : today
}

/** What is surely wrong with a clock that goes evenly; nothing when it may be right. */
export function doubtOf(now: Date, { builtAt, rounds }: KnownOfTime): ClockDoubt | undefined {
  if (now.getTime() < builtAt.getTime() - differMs) return 'before-build'
  const today = swedishDay(now)
  for (const { closesOn, isCollecting, lastNight } of rounds) {
    const end = lastPossible(closesOn)
    if (isCollecting && today > end) return 'long-after-round'
    // A night that no round can have seen was written by a wrong clock: it goes when the next is told.
    if (lastNight !== undefined && lastNight > today && lastNight <= end) return 'before-last-night'
  }
  return undefined
}
