import { type Announcement, announcementsOf, type SteppedRelease } from '../../results/announcements.ts'
import { comingStep, phaseOf, type ReleaseStep, waitingStep } from '../../results/phase.ts'
import type { Step } from './step.ts'

/** What is only to be known: nobody has to do anything, and it is read when there is time. */
const toBeRead = [
  'releaseApproved',
  'publishApproved',
  'released',
  'corrected',
  'coming',
  'published',
  'publishedAnew',
  'releaseComes',
  'publishComes',
]
const quiet = ['allWell', 'follow', 'awaitApproval', 'abstains', 'opensLater', 'opensLate', 'noRound', 'over', 'paused']

/** What is to be done with results, then what else is to be done, then results that can be read, and last what needs nobody. */
export function inOrderOfNeed(results: Step[], others: Step[]): Step[] {
  const isToRead = ({ name }: Step) => toBeRead.includes(name)
  const isQuiet = ({ name }: Step) => quiet.includes(name)
  const [toDo, toRead] = [results.filter((step) => !isToRead(step)), results.filter(isToRead)]
  return [...toDo, ...others.filter((step) => !isQuiet(step)), ...toRead, ...others.filter(isQuiet)]
}

/** How long participants are told of what has happened, in milliseconds. */
const toldFor = 30 * 24 * 3_600_000

type Dated = SteppedRelease & { year: number }

/** What participants have been told of a release lately. */
export function toldLately(release: SteppedRelease, now: Date): Announcement[] {
  const oldest = new Date(now.getTime() - toldFor).toISOString()
  return announcementsOf(release, now).filter(({ since, to }) => since >= oldest && to === undefined)
}

/**
 * What participants are told of results, of each round the last that has happened and what comes next. What is withdrawn stands first.
 * @param releases those that tell of their municipality
 */
export function participantSteps(
  releases: readonly Dated[],
  { now, municipalityCode }: { now: Date; municipalityCode: string },
): Step[] {
  const steps: Step[] = []
  for (const year of new Set(releases.map(({ year }) => year))) {
    const told = releases
      .filter((release) => release.year === year)
      .flatMap((release) => toldLately(release, now))
      .sort((one, other) => Date.parse(one.since) - Date.parse(other.since))
    const last = told.findLast(({ kind }) => kind !== 'coming')
    const coming = told.find(({ kind }) => kind === 'coming')
    const href = `/staff/results/${year}/${municipalityCode}`
    if (last) steps.push(stepOf(last, year, href))
    if (coming) steps.push(stepOf(coming, year, last ? undefined : href))
  }
  return steps.sort(withdrawnFirst)
}

function stepOf({ kind, at, reason = '' }: Announcement, year: number, href: string | undefined): Step {
  const values = { year: String(year), time: at, reason }
  if (kind === 'withdrawn') return { name: kind, values }
  return { name: kind === 'published' && reason !== '' ? 'publishedAnew' : kind, href, values }
}

const withdrawnFirst = (one: Step, other: Step) => Number(other.name === 'withdrawn') - Number(one.name === 'withdrawn')

/** What an administrator does with the releases of a round, the newest first: nothing once its results are published. */
export function administratorSteps(releases: readonly Dated[], { now, own }: { now: Date; own: string }): Step[] {
  const [newest] = releases
  if (!newest) return []
  const { year } = newest
  const addressOf = ({ roundId, number }: Dated) => `/staff/rounds/${roundId}/results?release=${number}`
  const waiting = releases.flatMap((release) => {
    const step = waitingStep(release.steps)
    return step ? [proposalStep(step, own, { year, href: addressOf(release) })] : []
  })
  const coming = releases.flatMap((release) => {
    const step = comingStep(release.steps, now)
    const name = step?.kind === 'publish' ? 'publishComes' : 'releaseComes'
    return step ? [{ name, href: addressOf(release), values: { year: String(year), time: step.takesEffect } }] : []
  })
  return waiting.length + coming.length > 0 ? [...waiting, ...coming] : nextOf(newest, now, addressOf(newest))
}

/** Before the answers of a round go by themselves, on a day: what the archive has decided, or that nobody has counted them. */
export function answersEndStep(
  { id, year }: { id: string; year: number },
  { isCounted, day }: { isCounted: boolean; day: string },
): Step {
  const [values, href] = [{ year: String(year), day }, `/staff/rounds/${id}`]
  if (!isCounted) return { name: 'neverCounted', href, values }
  return { name: 'archiveDecision', href: `${href}/results/destruction`, values }
}

function proposalStep(step: ReleaseStep, own: string, { year, href }: { year: number; href: string }): Step {
  const { kind, proposedBy, proposedAt, takesEffect } = step
  const values = { year: String(year), time: takesEffect }
  if (proposedBy === own) return { name: 'ownProposal', href, values }
  const isAtOnce = takesEffect <= proposedAt
  if (kind === 'release') return { name: isAtOnce ? 'approveRelease' : 'approveReleaseAt', href, values, waits: 1 }
  return { name: isAtOnce ? 'approvePublish' : 'approvePublishAt', href, values, waits: 1 }
}

function nextOf({ year, steps }: Dated, now: Date, href: string): Step[] {
  const phase = phaseOf(steps, now)
  if (phase === 'published') return []
  if (phase === 'opened') return [{ name: 'proposeRelease', href, values: { year: String(year) } }]
  if (phase === 'released') return [{ name: 'proposePublish', href, values: { year: String(year) } }]
  const { takesEffect: time, reason = '' } = steps.findLast(({ kind }) => kind === 'withdraw')!
  return [{ name: 'showAgain', href, values: { year: String(year), time, reason } }]
}
