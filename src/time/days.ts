const dayLength = 86_400_000

/** The calendar day before one. Days are ISO text, such as `2026-09-15`. */
export const dayBefore = (day: string): string => daysAfter(day, -1)

/** The calendar day so many days after one. */
export const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * dayLength).toISOString().slice(0, 10)

/** How many days later `to` is than `from`; below zero where it is before. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(to) - Date.parse(from)) / dayLength)

/** Which day of a round a day is: the first is 1. */
export const dayNumber = (opensOn: string, day: string): number => daysBetween(opensOn, day) + 1

/** The first days of months that lie between two days. */
export function monthsIn(from: string, to: string): string[] {
  const months: string[] = []
  for (let day = daysAfter(from, 1); day < to; day = daysAfter(day, 1)) if (day.endsWith('-01')) months.push(day)
  return months
}
