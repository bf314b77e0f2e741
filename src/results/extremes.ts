import { percentOf } from './mean-indicators.ts'
import type { ShareLine } from './share-lines.ts'

/** Of more that are alike it is not said which they are. */
const mostAlike = 2

/** Of fewer there is no highest and no lowest. */
const fewestTold = 3

/**
 * Which lines have the highest share and the lowest, and how many are told. None where they are many, or all alike; and none where it is not
 * known: one that is kept back may lie beyond them all, and a share of "at least 90 %" may be higher than one of 94 %, and lower.
 */
export function extremesOf(
  lines: readonly ShareLine[],
  fewest = fewestTold,
): { told: number; highest: ShareLine[]; lowest: ShareLine[] } {
  const told = lines.filter(({ share }) => share && percentOf(share) !== undefined)
  const percents = told.map(({ share }) => percentOf(share!)!)
  const [top, bottom] = [Math.max(...percents), Math.min(...percents)]
  const isSaid = told.length >= fewest && top > bottom && !lines.some(isKept)
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

/** Whether it is kept back what those who answered said. */
export const isKept = ({ share }: ShareLine) => share?.status === 'few' || share?.status === 'protected'

/** The lines between which all lie that are told; nothing where none is. A word is the end where there is one: nobody knows how far it goes. */
export function spanOf(lines: readonly ShareLine[]): { low: ShareLine; high: ShareLine } | undefined {
  const told = lines
    .filter(({ share }) => share && percentOf(share) !== undefined)
    .toSorted((one, other) => percentOf(one.share!)! - percentOf(other.share!)!)
  const word = (status: 'at-most-10' | 'at-least-90') => told.find(({ share }) => share!.status === status)
  const [low, high] = [word('at-most-10') ?? told[0], word('at-least-90') ?? told.at(-1)]
  return low && high && { low, high }
}
