import { composed } from '../text/composed.ts'

/** A name as names are compared: `IFO  Vuxen` and `ifo vuxen` are one unit, and what cannot be seen tells none apart. */
export function foldedName(name: string): string {
  return composed(name)
    .replace(/\p{Cf}/gu, '')
    .replace(/\s+/g, ' ')
    .trim()
    .toLocaleLowerCase('sv')
}

/** The one among some units that has this name already. */
export function findNamesake<T extends { name: string }>(units: T[], name: string): T | undefined {
  const folded = foldedName(name)
  return units.find((unit) => foldedName(unit.name) === folded)
}
