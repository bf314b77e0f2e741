import { seeded } from '../../scripts/seeded.ts'
import type { Figure, MunicipalityCells } from '../../src/disclosure/cells.ts'
import { sum } from '../../src/statistics/sum.ts'
import { type Atom, byGenders, byUnits, numbered } from './atoms.ts'
import { isAddedUp, signaturesOf } from './row-space.ts'

/*
 * An audit of what is told that knows nothing of the program that tells it: from the people of each set, and the figures that have a
 * number, every set of one to nine people that can be had by adding and subtracting.
 */

/** People who can be added up, by the names of their atoms in order. */
export type Exposed = string[]

/** So many small pieces are searched in all their unions; of more, unions of up to four. */
const fewPieces = 22
const piecesTogether = 4

/** Every set of one to nine people that can be added up, by units or by women and men. */
export function exposedBy(nation: MunicipalityCells[], told: Figure[]): Exposed[] {
  const names = numbered(told)
  const found = [byUnits(nation), byGenders(nation)].flatMap((atoms) => exposedAmong(atoms, names))
  return [...new Map(found.map((one) => [one.join(), one])).values()]
}

/** By signatures, and each hit again in whole numbers. */
export function exposedAmong(atoms: Atom[], told: Set<string>): Exposed[] {
  const pieces = piecesOf(atoms, told)
  const sets = [...new Set(pieces.flatMap((piece) => piece.sets))]
  const rows = sets.map((set) => pieces.map((piece) => Number(piece.sets.includes(set))))
  const signatures = signaturesOf(rows, pieces.length, seeded(7))
  const small = pieces.flatMap(({ people }, nth) => (people < 10 ? [nth] : []))
  const most = small.length > fewPieces ? piecesTogether : small.length
  const found: Exposed[] = []
  const isNothing = (union: number[], which: 0 | 1) =>
    sum(union.map((nth) => signatures[nth]![which])) % 67_108_859 === 0

  const tryFrom = (first: number, union: number[], people: number) => {
    for (const [nth, piece] of small.entries()) {
      if (nth < first || people + pieces[piece]!.people > 9) continue
      const next = [...union, piece]
      if (
        isNothing(next, 0) &&
        isNothing(next, 1) &&
        isAddedUp(
          rows,
          pieces.map((_, at) => Number(next.includes(at))),
        )
      )
        found.push(next.flatMap((at) => pieces[at]!.names).sort())
      if (next.length < most) tryFrom(nth + 1, next, people + pieces[piece]!.people)
    }
  }
  tryFrom(0, [], 0)
  return found
}

interface Piece {
  names: string[]
  people: number
  sets: string[]
}

/** Atoms that are in the same told sets can only be had together. */
function piecesOf(atoms: Atom[], told: Set<string>): Piece[] {
  const pieces = new Map<string, Piece>()
  for (const { name, people, sets } of atoms) {
    if (people === 0) continue
    const its = sets.filter((set) => told.has(set))
    const piece = pieces.get(its.join()) ?? { names: [], people: 0, sets: its }
    pieces.set(its.join(), { names: [...piece.names, name], people: piece.people + people, sets: its })
  }
  return [...pieces.values()]
}

/** The same without signatures: all sets of atoms, one after the other. For small ones. */
export function exposedByTrying(atoms: Atom[], told: Set<string>): Exposed[] {
  const some = atoms.filter(({ people }) => people > 0)
  const sets = [...told].filter((set) => some.some((atom) => atom.sets.includes(set)))
  const rows = sets.map((set) => some.map((atom) => Number(atom.sets.includes(set))))
  const found: Exposed[] = []
  for (let union = 1; union < 2 ** some.length; union++) {
    const isIn = some.map((_, nth) => (union >> nth) & 1)
    const people = sum(some.map((atom, nth) => isIn[nth]! * atom.people))
    if (people < 10 && isAddedUp(rows, isIn))
      found.push(some.flatMap(({ name }, nth) => (isIn[nth] ? [name] : [])).sort())
  }
  return found
}
