const dayLength = 86_400_000

/** The calendar day before one. */
export const dayBefore = (day: string): string => new Date(Date.parse(day) - dayLength).toISOString().slice(0, 10)

/** The calendar day so many days after one. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10)

/** Which day of a round a day is: the first is 1. */
export const dayNumber = (opensOn: string, day: string): number =>
  Math.round((Date.parse(day) - Date.parse(opensOn)) / dayLength) + 1
