/** What administrators do with a release. */
export const releaseStepKinds = ['release', 'publish', 'withdraw'] as const

export type ReleaseStepKind = (typeof releaseStepKinds)[number]

/** What is to be seen on a day appears at this hour in Sweden, by itself. */
export const publishingHour = 9

/** One step of a release: proposed, and approved or not yet. Instants are ISO texts. */
export interface ReleaseStep {
  nth: number
  kind: ReleaseStepKind
  proposedBy: string
  proposedAt: string
  approvedBy?: string
  approvedAt?: string
  takesEffect: string
  isAlone: boolean
  reason?: string
}

/** Who sees a release: `opened` the national administrators, `released` the participants too, `published` everybody, `withdrawn` nobody any more. */
export type ReleasePhase = 'opened' | 'released' | 'published' | 'withdrawn'

/** Where a release is after a step. */
export const phaseAfter: Record<ReleaseStepKind, ReleasePhase> = {
  ...{ release: 'released', publish: 'published', withdraw: 'withdrawn' },
}

/** Where a release is at an instant, by its steps in their order: the last that was approved and has come decides. Nothing needs to run for it. */
export function phaseOf(steps: readonly ReleaseStep[], now: Date): ReleasePhase {
  const last = steps.findLast((step) => isInEffect(step, now))
  return last ? phaseAfter[last.kind] : 'opened'
}

/** Whether a step was approved and has come. */
const isInEffect = ({ approvedAt, takesEffect }: ReleaseStep, now: Date) =>
  approvedAt !== undefined && takesEffect <= now.toISOString()

/** The steps that have come, in their order. What a withdrawal called off before it came is not among them. */
export const stepsInEffect = (steps: readonly ReleaseStep[], now: Date): ReleaseStep[] =>
  steps.filter(
    (step, at) =>
      isInEffect(step, now) &&
      !steps.slice(at + 1).some(({ kind, takesEffect }) => kind === 'withdraw' && takesEffect < step.takesEffect),
  )

/** The step that waits for somebody's approval. */
export const waitingStep = (steps: readonly ReleaseStep[]): ReleaseStep | undefined =>
  steps.find(({ approvedAt }) => approvedAt === undefined)

/** The step that was approved and comes by itself. A withdrawal before it takes it along. */
export function comingStep(steps: readonly ReleaseStep[], now: Date): ReleaseStep | undefined {
  const coming = steps.findLast((step) => step.approvedAt !== undefined && !isInEffect(step, now))
  const isOvertaken = steps.some(({ kind, nth }) => coming && kind === 'withdraw' && nth > coming.nth)
  return isOvertaken ? undefined : coming
}
