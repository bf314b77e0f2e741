import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { seeded } from '../seeded.ts'
import { diskOf } from './disk.ts'
import { type Findings, inspect, noFindings, type Promised } from './inspection.ts'
import type { Recorded } from './record.ts'
import type { Step } from './recording.ts'
import { treatments } from './surviving.ts'

export interface CutOptions {
  cuts: number
  seed: number
  /** Syncs that the disk only says it made: of files whose path ends so. */
  losesSyncsOf?: RegExp
  onProgress?: (done: number) => void
}

export interface CutFigures extends Findings {
  cuts: number
  /** Cuts at which something of the database had not been synced, and after which a transaction was rolled back. */
  withUnsynced: number
  rolledBack: number
  /** What the first cut left after which something was wrong. */
  broken?: string
}

/** Cuts the power at random places of a recording, half of them just after somebody was thanked, and looks at what is left. */
export async function cutAgainAndAgain(recorded: Recorded, options: CutOptions): Promise<CutFigures> {
  const { cuts, seed, losesSyncsOf, onProgress } = options
  const random = seeded(seed)
  const places = placesOf(recorded.steps, cuts, random)
  const steps = losesSyncsOf ? without(recorded.steps, losesSyncsOf) : recorded.steps
  const disk = diskOf(recorded.before)
  const promised: Promised = { thanked: new Set(), people: recorded.people, key: recorded.key, ballots: new Map() }
  const all: CutFigures = { ...noFindings, cuts, withUnsynced: 0, rolledBack: 0 }
  let done = 0
  for (const [index, step] of steps.entries()) {
    disk.take(step)
    if (step.kind === 'thanked') promised.thanked.add(step.mark)
    for (; places[done] === index; done++) {
      const files = disk.cut(treatments[Math.floor(random() * treatments.length)]!, random)
      all.withUnsynced += Number(disk.unsynced(ours) > 0)
      all.rolledBack += Number([...files].some(([path, { length }]) => path.endsWith(journal) && length > 512))
      await lookAt(files, { recorded, promised, all })
      onProgress?.(done + 1)
    }
  }
  return all
}

const journal = 'brukarsvar.sqlite-journal'
const ours = /\/brukarsvar\.sqlite(-journal)?$/

/** Opens what a cut has left; keeps the first of those that are wrong. */
async function lookAt(
  files: Map<string, Buffer>,
  { recorded, promised, all }: { recorded: Recorded; promised: Promised; all: CutFigures },
) {
  const folder = layOut(files, recorded.folder)
  const found = await inspect(join(folder, 'brukarsvar.sqlite'), promised)
  add(all, found)
  if (isKept(found) || all.broken) return rmSync(folder, { recursive: true })
  all.broken = join(recorded.folder, 'broken')
  rmSync(all.broken, { recursive: true, force: true })
  renameSync(folder, all.broken)
}

/** Sorted numbers of steps after which the power goes. */
function placesOf(steps: Step[], cuts: number, random: () => number): number[] {
  const thanks = steps.flatMap(({ kind }, index) => (kind === 'thanked' ? [index] : []))
  const anywhere = () => Math.floor(random() * steps.length)
  const afterThanks = () =>
    Math.min(steps.length - 1, thanks[Math.floor(random() * thanks.length)]! + Math.floor(random() * 4))
  return Array.from({ length: cuts }, (_, index) => (index % 2 ? anywhere() : afterThanks())).sort((a, b) => a - b)
}

/** The same steps, where syncs of some files do nothing. */
function without(steps: Step[], files: RegExp): Step[] {
  const paths = new Map(steps.flatMap((step) => (step.kind === 'opened' ? [[step.inode, step.path]] : [])))
  return steps.map((step) =>
    step.kind === 'synced' && files.test(paths.get(step.inode) ?? '') ? { ...step, before: 0 } : step,
  )
}

/** The files of a disk, in a folder of their own beside the recording. */
function layOut(files: Map<string, Buffer>, work: string): string {
  const folder = join(work, 'left')
  for (const [path, content] of files) {
    const copy = path.replace(join(work, 'data'), folder)
    mkdirSync(dirname(copy), { recursive: true })
    writeFileSync(copy, content)
  }
  return folder
}

function add(all: CutFigures, found: Findings): void {
  for (const [what, number] of Object.entries(found) as [keyof Findings, number][]) all[what] += number
}

/** Whether nothing that was promised was broken. */
export const isKept = ({ lost, doubled, strange, unevenStrata, wrongCounts, corrupt, unopened }: Findings) =>
  lost + doubled + strange + unevenStrata + wrongCounts + corrupt + unopened === 0
