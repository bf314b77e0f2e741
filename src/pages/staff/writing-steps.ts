import { areFiguresChanged } from '../../actions/changed-figures.ts'
import type { SteppedRelease } from '../../results/announcements.ts'
import { type Reader, seenRelease } from '../../results/readers.ts'
import type { Stores } from '../../stores.ts'
import type { Step } from './step.ts'

type Dated = SteppedRelease & { year: number }

/**
 * What is to be written of the newest results of a municipality: texts of before a correction that changed its figures are looked at again, and
 * those who answered are told what happens now.
 * @param releases those that tell of it, the newest first
 */
export async function writingSteps(
  releases: readonly Dated[],
  { now, municipalityCode, ...reader }: Exclude<Reader, 'public'> & { now: Date; municipalityCode: string },
  stores: Pick<Stores, 'ownTexts' | 'results'>,
): Promise<Step[]> {
  const [newest] = releases
  const ofRound = releases.filter(({ roundId }) => roundId === newest?.roundId)
  const seen = seenRelease({ ...reader, municipalityCode }, ofRound, { now })
  if ('why' in seen) return []
  const { roundId, number, year } = seen
  const of = { roundId, area: municipalityCode }
  const texts = (await stores.ownTexts.listOwnTexts(of)).filter(({ published }) => published?.isPublic)
  const older = [...new Set(texts.map(({ published }) => published!.release))]
  const step = (name: string): Step => ({ name, href: `/staff/texts?year=${year}`, values: { year: String(year) } })
  for (const from of older) if (await areFiguresChanged(stores, of, { from, to: number })) return [step('lookAtTexts')]
  return texts.some(({ kind }) => kind === 'next') ? [] : [step('writeNext')]
}
