/** One figure as it stands in a source: nothing of it is believed yet. */
export interface SourceFigure {
  /** Its row in the source, from 1; in JSON a row may have several. */
  row: number
  kpi: unknown
  area: unknown
  year: unknown
  gender: unknown
  value: unknown
  people?: unknown
  /** A word where it is no figure to be told, or empty. */
  status?: unknown
  /** Why it is no figure of an area, whatever stands in it. */
  isNone?: 'form' | 'unit' | 'deleted'
}

/** Why one figure is not taken in. */
export const rejections = [
  ...(['form', 'unit', 'deleted', 'kpi', 'group', 'region', 'area', 'year', 'early', 'future'] as const),
  ...(['gender', 'undivided', 'none', 'withheld', 'value', 'range', 'people', 'few', 'twice'] as const),
] as const

export type HistoryRejection = (typeof rejections)[number]
