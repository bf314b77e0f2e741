const inStockholm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' })

/** The calendar day in Sweden, as ISO text such as `2026-09-15`. */
export const swedishDay = (now: Date): string => inStockholm.format(now)

const written = new Map<string, Intl.DateTimeFormat>()

/** The ISO day `day`, written out as readers of the language `intl` (a tag such as `sv`) do: "31 oktober 2026". */
export function writtenDay(intl: string, day: string): string {
  let format = written.get(intl)
  if (!format) {
    format = new Intl.DateTimeFormat(intl, { dateStyle: 'long', timeZone: 'UTC' })
    written.set(intl, format)
  }
  return format.format(new Date(`${day}T00:00:00Z`))
}

const writtenTimes = new Map<string, Intl.DateTimeFormat>()

/** An ISO instant in Sweden's time, with the hour, as readers of the language `intl` write it: "31 oktober 2026 kl. 09:00". */
export function writtenTime(intl: string, instant: string): string {
  let format = writtenTimes.get(intl)
  if (!format) {
    format = new Intl.DateTimeFormat(intl, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Stockholm' })
    writtenTimes.set(intl, format)
  }
  return format.format(new Date(instant))
}
