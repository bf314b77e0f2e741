const inStockholm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' })
const dayLength = 86_400_000

/** The calendar day in Sweden, such as `2026-09-15`. */
export const dayOf = (now: Date): string => inStockholm.format(now)

/** The calendar day before one. */
export const dayBefore = (day: string): string => new Date(Date.parse(day) - dayLength).toISOString().slice(0, 10)

/** Which day of a round a day is: the first is 1. */
export const dayNumber = (opensOn: string, day: string): number =>
  Math.round((Date.parse(day) - Date.parse(opensOn)) / dayLength) + 1
