const hourInSweden = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone: 'Europe/Stockholm' })
const dayMs = 24 * 3_600_000

/**
 * The hour in UTC at which a day begins in Sweden, or ends: `2026-09-14T22` for `2026-09-15`. Clocks are changed at 01:00 UTC, so at
 * 00:00 UTC they show what they showed at midnight.
 */
export function swedishMidnight(day: string, daysLater = 0): string {
  const midnight = new Date(`${day}T00:00:00Z`).getTime() + daysLater * dayMs
  const ahead = Number(hourInSweden.format(new Date(midnight)))
  return new Date(midnight - ahead * 3_600_000).toISOString().slice(0, 13)
}
