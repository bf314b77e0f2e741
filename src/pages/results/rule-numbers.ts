import * as thresholds from '../../disclosure/thresholds.ts'

/** From where on, and up to where, figures are told: for the texts that say so. */
export const ruleNumbers = {
  few: thresholds.smallestShown,
  unanimous: thresholds.smallestUnanimous,
  high: thresholds.nearlyAll,
  low: thresholds.nearlyNone,
  distribution: thresholds.fewestForDistribution,
  part: thresholds.smallestPart,
}
