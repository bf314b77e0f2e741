import { daysAfter } from './days.ts'

const wallClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Stockholm',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The instant at which clocks in Sweden show a whole hour on an ISO day. Of an hour that a change of clocks takes out, the next one. */
export function swedishInstant(day: string, hour: number): Date {
  const wanted = `${day} ${String(hour).padStart(2, '0')}:00`
  const asUtc = Date.parse(`${day}T${String(hour).padStart(2, '0')}:00:00Z`)
  const [winter, summer] = [1, 2].map((ahead) => new Date(asUtc - ahead * 3_600_000)) as [Date, Date]
  return wallClock.format(summer) === wanted ? summer : winter
}

/** The hour in UTC at which a day begins in Sweden, or one so many days later: `2026-09-14T22` for `2026-09-15`. */
export const swedishMidnight = (day: string, daysLater = 0): string =>
  swedishInstant(daysAfter(day, daysLater), 0).toISOString().slice(0, 13)
