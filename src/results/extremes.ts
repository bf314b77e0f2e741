import { percentOf } from './mean-indicators.ts'
import type { ShareLine } from './share-lines.ts'

/** Of more that are alike it is not said which they are. */
const mostAlike = 2

/** Of fewer there is no highest and no lowest. */
const fewestTold = 3

/**
 * Which lines have the highest share and the lowest of those that are told, and how many those are. None where they are many, or all alike;
 * and none where it is not known: a share of "at least 90 %" may be higher than one of 94 %, and lower.
 */
export function extremesOf(
  lines: readonly ShareLine[],
  fewest = fewestTold,
): { told: number; highest: ShareLine[]; lowest: ShareLine[] } {
  const told = lines.filter(({ share }) => share && percentOf(share) !== undefined)
  const percents = told.map(({ share }) => percentOf(share!)!)
  const [top, bottom] = [Math.max(...percents), Math.min(...percents)]
  const isSaid = told.length >= fewest && top > bottom
  const end = (percent: number, [further, nearer]: ['at-least-90' | 'at-most-10', 'at-least-90' | 'at-most-10']) => {
    const found = told.filter(({ share }) => percentOf(share!) === percent)
    const beyond = told.filter(({ share }) => share!.status === further)
    const isKnown =
      found.every(({ share }) => share!.status !== nearer) &&
      (beyond.length === 0 || (beyond.length === found.length && found.every((line) => beyond.includes(line))))
    return isSaid && isKnown && found.length <= mostAlike ? found : []
  }
  return {
    told: told.length,
    highest: end(top, ['at-least-90', 'at-most-10']),
    lowest: end(bottom, ['at-most-10', 'at-least-90']),
  }
}
