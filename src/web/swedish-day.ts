/** The calendar day in Sweden, as ISO text. */
export function swedishDay(now: Date): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Stockholm' }).format(now)
}
