const inStockholm = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' })

/** The calendar day in Sweden, as ISO text such as `2026-09-15`. */
export const swedishDay = (now: Date): string => inStockholm.format(now)
