import type { Config } from '../config.ts'
import { comingStep, phaseOf, publishingHour, type ReleaseStep, waitingStep } from '../results/phase.ts'
import type { Saying } from '../results/release-steps-store.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'
import { swedishInstant } from '../time/swedish-instant.ts'
import { day, oneOf, wholeNumber } from './arguments.ts'
import { type AddCommands, type Output, print, table, withStores } from './command.ts'
import { type DeliveryAsked, delivery } from './results-delivery.ts'
import {
  type ArchiveAsked,
  archive,
  destroy,
  operator,
  protocol,
  type ReleaseAsked,
  verify,
  withRelease,
} from './results-protocol.ts'

export const resultsCommands: AddCommands = (program, config) => {
  const results = program.command('results').description('What came of a round: who may see it, and the protocol.')
  const command = (name: string, says: string) =>
    results
      .command(name)
      .description(says)
      .argument('<round>', 'see: brukarsvar round status')
      .option('--release <number>', 'an earlier release; if left out, the newest', wholeNumber)

  command('show', 'The releases of a round, who sees them, and what waits.').action(
    (id: string, options: ReleaseAsked) => show(config(), id, options),
  )
  command(
    'propose',
    'Propose that participants see the results (release), or everyone (publish). An administrator approves it.',
  )
    .argument('<what>', 'release or publish', oneOf(['release', 'publish'] as const))
    .option(
      '--on <day>',
      `a day on which it happens by itself at ${publishingHour}:00; if left out, once it is approved`,
      day,
    )
    .action((id: string, kind: 'release' | 'publish', options: ReleaseAsked & { on?: string }) =>
      propose(config(), id, kind, options),
    )
  command('approve', 'Approve what an administrator has proposed.').action((id: string, options: ReleaseAsked) =>
    approve(config(), id, options),
  )
  command('take-back', 'Remove a proposal that nobody has approved.').action((id: string, options: ReleaseAsked) =>
    takeBack(config(), id, options),
  )
  command('withdraw', 'Withdraw the results at once. The pages say so, and why.')
    .requiredOption('--reason <words>', 'why: everyone sees it')
    .action((id: string, options: ReleaseAsked & { reason: string }) => withdraw(config(), id, options))
  command('protocol', 'Write the signed protocol of a release.')
    .option(
      '--file <file>',
      'where to write it; as a PDF in Swedish, which shows the same, where its name ends in .pdf. If left out, it is printed',
    )
    .action((id: string, options: ReleaseAsked & { file?: string }) => protocol(config(), id, options))
  results
    .command('archive')
    .description(
      'Write the archive package of a round: protocols, released figures, questions and notices, with checksums.',
    )
    .argument('<round>', 'see: brukarsvar round status')
    .requiredOption('--file <file>', 'where to write it, as a ZIP')
    .option('--municipality <code>', 'only what this municipality may hold: its own figures and units')
    .action((id: string, options: ArchiveAsked) => archive(config(), id, options))
  results
    .command('delivery')
    .description(
      'Write everything that is published for the indicator database, one figure in a line. Never practice figures.',
    )
    .requiredOption('--file <file>', 'where to write it, as CSV')
    .option('--year <year>', 'only this year; if left out, all', wholeNumber)
    .action((options: DeliveryAsked) => delivery(config(), options))
  results
    .command('destroy')
    .description(
      'Destroy the ballots, marks and counts of a published round in the 30 days before they go by themselves.',
    )
    .argument('<round>', 'see: brukarsvar round status')
    .requiredOption('--decision <words>', "the archive's decision: number and date")
    .option('--yes', 'do it without asking')
    .action((id: string, options: Output & { decision: string; yes?: boolean }) => destroy(config(), id, options))
  results
    .command('verify')
    .description('Check a protocol against the database: the signature, and every indicator.')
    .argument('<file>', 'a protocol')
    .action((file: string, options: Output) => verify(config(), file, options))
}

/** Does something with a release, and writes down that the operator did, as the pages do of administrators. */
async function act<Found>(
  config: Config,
  roundId: string,
  options: ReleaseAsked,
  deed: string,
  work: (results: AnswerStores['results'], saying: Saying) => Promise<Found>,
): Promise<Found> {
  return withRelease(config, roundId, options, async ({ number }, { results, audit }) => {
    const now = new Date()
    const found = await work(results, { roundId, number, by: operator, now })
    await audit.recordDeeds([{ staffId: operator, action: `releases.${deed}`, subject: `${roundId}, ${number}`, now }])
    return found
  })
}

async function show(config: Config, id: string, options: ReleaseAsked): Promise<void> {
  const releases = await withStores(config, async (stores) => {
    await stores.round.getRound(id)
    return stores.results.listReleases(id)
  })
  const shown = releases.filter(({ number }) => options.release === undefined || number === options.release)
  const rows = shown.map((release) => [
    release.number,
    phaseOf(release.steps, new Date()),
    release.madeAt,
    nextText(release),
  ])
  print(
    options,
    shown,
    shown.length === 0 ? `Round ${id} has no release.` : table(['release', 'phase', 'counted', 'waits'], rows),
  )
}

function nextText({ steps }: Release): string {
  const [waiting, coming] = [waitingStep(steps), comingStep(steps, new Date())]
  if (waiting) return `${waiting.kind}: for approval`
  return coming ? `${coming.kind}: ${coming.takesEffect}` : ''
}

async function propose(
  config: Config,
  id: string,
  kind: 'release' | 'publish',
  options: ReleaseAsked & { on?: string },
): Promise<void> {
  const on = options.on === undefined ? undefined : swedishInstant(options.on, publishingHour)
  const step = await act(config, id, options, 'proposed', (results, saying) =>
    results.proposeStep(saying, { kind, takesEffect: on ?? saying.now }),
  )
  print(
    options,
    step,
    step.isAlone
      ? [...saysOf(step), 'There is no administrator to approve it, and so it needed no approval.']
      : `Proposed: ${kind}. An administrator approves it on the page of round ${id}.`,
  )
}

async function approve(config: Config, id: string, options: ReleaseAsked): Promise<void> {
  const step = await act(config, id, options, 'approved', (results, saying) => results.approveStep(saying))
  print(options, step, saysOf(step))
}

const saysOf = ({ kind, takesEffect }: ReleaseStep): string[] => [
  `${kind === 'publish' ? 'Everyone' : 'Participants'} can see the results from ${takesEffect}.`,
]

async function takeBack(config: Config, id: string, options: ReleaseAsked): Promise<void> {
  const kind = await act(config, id, options, 'takenBack', (results, saying) => results.takeBackStep(saying))
  print(options, { removed: kind }, `Removed: ${kind}.`)
}

async function withdraw(config: Config, id: string, options: ReleaseAsked & { reason: string }): Promise<void> {
  await act(config, id, options, 'withdrawn', (results, saying) => results.withdraw(saying, options.reason))
  print(options, { withdrawn: true }, 'The results have been withdrawn. The pages say so from now on.')
}
