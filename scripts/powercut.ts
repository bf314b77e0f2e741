import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { progressBar } from '../src/cli/progress.ts'
import { explain } from '../src/explain.ts'
import { type CutFigures, type CutOptions, cutAgainAndAgain, isKept } from './powercut/cuts.ts'
import { type Recorded, record } from './powercut/record.ts'
import { anySeed } from './seeded.ts'

const help = `Usage: npm run powercut -- [options]

Runs the built server while people answer, and records every write and sync of its files, and every thank-you, in one order.
Then cuts the power at random places of the recording: what was not synced by then is dropped, torn, or written in part or in another
order. From what is left the database is opened, checked, and compared with what people had been promised. Exit code 1 when anything
of it is lost, doubled or damaged, or when one of three controls, in which syncs are left out, finds nothing wrong.

  --cuts <n>      how often the power is cut (500); each control 100 times
  --answers <n>   how many answers are thanked meanwhile (3000)
  --seed <n>      what chance begins with; every recording is another one all the same
  --help          this text

Needs Linux and gcc.`

const { values } = parseArgs({
  options: {
    cuts: { type: 'string', default: '500' },
    answers: { type: 'string', default: '3000' },
    seed: { type: 'string', default: String(anySeed()) },
    help: { type: 'boolean', default: false },
  },
})
const [cuts, answers, seed] = [values.cuts, values.answers, values.seed].map(Number) as [number, number, number]

if (values.help) console.log(help)
else if (
  ![cuts, answers].every((number) => Number.isInteger(number) && number > 0 && number <= 100_000) ||
  !(seed >= 0)
) {
  console.error(help)
  process.exitCode = 2
} else
  await run().catch((error) => {
    const { message, exitCode } = explain(error)
    console.error(message)
    process.exitCode = exitCode
  })

async function run() {
  const startedAt = performance.now()
  console.log(`Seed ${seed}. Recording ${answers} answers.`)
  const service = await record({ answers })
  const transactions = service.steps.filter(({ kind }) => kind === 'synced').length
  const thanks = service.steps.filter(({ kind }) => kind === 'thanked').length
  console.log(`${service.steps.length} steps, ${transactions} syncs, ${thanks} thank-yous.`)

  const figures = await cutting('Cutting the power', service, { cuts, seed })
  console.log(lines(figures))
  const withoutSyncs = await record({ answers: Math.ceil(answers / 3), syncs: false })
  const controls: [string, Recorded, RegExp?][] = [
    ['syncs of the database are lost', service, /\.sqlite$/],
    ['syncs of the journal are lost', service, /\.sqlite-journal$/],
    ['synchronous=OFF', withoutSyncs],
  ]
  const blind: string[] = []
  for (const [what, recorded, losesSyncsOf] of controls) {
    const found = await cutting(`Control: ${what}`, recorded, { cuts: 100, seed, losesSyncsOf })
    console.log(`Control, ${what}: ${brief(found)}`)
    if (isKept(found)) blind.push(what)
  }
  for (const { folder } of [withoutSyncs, ...(isKept(figures) ? [service] : [])]) rmSync(folder, { recursive: true })
  for (const what of blind) console.log(`THE CONTROL FOUND NOTHING, so this run proves nothing: ${what}`)
  if (!isKept(figures)) console.log(`SOMETHING WAS BROKEN. What the first such cut left lies in ${figures.broken}`)
  else console.log(`Nothing was broken. ${((performance.now() - startedAt) / 1000).toFixed(0)} s in all.`)
  if (!isKept(figures) || blind.length > 0) process.exitCode = 1
}

async function cutting(what: string, recorded: Recorded, options: CutOptions): Promise<CutFigures> {
  const bar = progressBar(what, options.cuts)
  const figures = await cutAgainAndAgain(recorded, { ...options, onProgress: bar.update })
  bar.end()
  return figures
}

function lines(figures: CutFigures): string {
  return `${figures.cuts} cuts: ${brief(figures)}
${figures.withUnsynced} cuts met something of the database that was not synced, ${figures.rolledBack} left a transaction to roll back.`
}

function brief(found: CutFigures): string {
  return `${found.checks} checks of thanked people, lost ${found.lost}, doubled ${found.doubled}, strange ${found.strange}, uneven strata ${found.unevenStrata}, wrong counts ${found.wrongCounts}, corrupt ${found.corrupt}, not to be opened ${found.unopened}`
}
