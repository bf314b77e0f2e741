/** How many forms are still to be entered; below zero when there were more than counted. */
export function missing({ forms, entered, blank }: { forms: number; entered: number; blank: number }): number {
  return forms - entered - blank
}

/** The share of answers that differed when a sample was entered twice, such as `1.9 %`; `undefined` when none was. */
export function errorRate({ compared, differing }: { compared: number; differing: number }, intl: string) {
  if (compared === 0) return undefined
  return new Intl.NumberFormat(intl, { style: 'percent', maximumFractionDigits: 1 }).format(differing / compared)
}
