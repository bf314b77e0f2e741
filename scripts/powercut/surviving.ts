import type { Change } from './disk.ts'

/** How a disk treats what was not synced when the power goes. */
export const treatments = ['nothing', 'everything', 'in order', 'in any order'] as const
export type Treatment = (typeof treatments)[number]

const sectorBytes = 512

/** Of changes that were not synced, those that a disk had made: a write that it was in the middle of is torn at its sectors. */
export function surviving(changes: Change[], treatment: Treatment, random: () => number): Change[] {
  switch (treatment) {
    case 'nothing':
      return []
    case 'everything':
      return changes
    case 'in order': {
      const kept = changes.slice(0, Math.floor(random() * (changes.length + 1)))
      return [...kept.slice(0, -1), ...kept.slice(-1).flatMap((last) => firstSectors(last, random))]
    }
    case 'in any order': {
      const share = random()
      return changes.filter(() => random() < share).flatMap((change) => anySectors(change, random))
    }
  }
}

function firstSectors(change: Change, random: () => number): Change[] {
  const sectors = sectorsOf(change)
  return sectors.slice(0, Math.floor(random() * (sectors.length + 1)))
}

function anySectors(change: Change, random: () => number): Change[] {
  return random() < 0.5 ? [change] : sectorsOf(change).filter(() => random() < 0.5)
}

/** A write in pieces that a disk writes whole. Everything else happens whole. */
function sectorsOf(change: Change): Change[] {
  if (change.kind !== 'written') return [change]
  const sectors: Change[] = []
  for (let from = 0; from < change.bytes.length; ) {
    const to = Math.min(change.bytes.length, from + sectorBytes - ((change.at + from) % sectorBytes))
    sectors.push({ ...change, at: change.at + from, bytes: change.bytes.subarray(from, to) })
    from = to
  }
  return sectors
}
