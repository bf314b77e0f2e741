/** All, women and men, in the letters of the indicator database. */
export const historyGenders = ['K', 'M', 'T'] as const

/** One published figure of an earlier year, as the indicator database has it. */
export interface HistoryFigure {
  /** A municipality's code, or `0000` for all answers of the nation together. */
  area: string
  /** The id of an indicator: `U30453`. */
  kpi: string
  year: number
  gender: (typeof historyGenders)[number]
  /** In per cent, as exactly as it was published; of numbers of responses the number. */
  value: number
  /** How many answers it is of, where that was published with it. */
  people?: number
}

/** The first year of which the indicator database has figures of this survey. */
export const firstYear = 2016
