import { parseArgs } from 'node:util'
import { progressBar } from '../src/cli/progress.ts'
import { type CrashReport, crashRun } from '../test/reliability/crash/crash-run.ts'
import { type Sabotage, sabotages } from '../test/reliability/crash/sabotage.ts'

const help = `Usage: npm run crash -- [kills] [options]

Starts the built server, puts load on it, and kills it with SIGKILL at random moments, 200 times unless another number
is given. Then closes the round, opens the urn and checks that no acknowledged answer is lost or doubled, that used
codes and ballots agree in every stratum, and that the database is whole. Exit code 1 when anything is wrong.

  --clients <n>      people who use the service at the same time (64)
  --sabotage <kind>  runs against a store that breaks a promise on purpose; the run must then end with exit code 1
${Object.entries(sabotages)
  .map(([kind, what]) => `                     ${kind}: ${what}`)
  .join('\n')}
  --json             print the report as JSON
  --help             this text`

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    clients: { type: 'string', default: '64' },
    sabotage: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

if (values.help) console.log(help)
else await run()

async function run() {
  const kills = wholeNumber(positionals[0] ?? '200')
  const clients = wholeNumber(values.clients)
  const { sabotage } = values
  if (!kills || !clients || positionals.length > 1 || (sabotage && !(sabotage in sabotages))) {
    console.error(help)
    process.exitCode = 2
    return
  }

  const bar = progressBar('Killing', kills)
  const onProgress = (done: number) => {
    bar.update(done)
    if (!process.stderr.isTTY && done % 20 === 0) console.error(`${done} of ${kills} kills`)
  }
  const report = await crashRun({ kills, clients, sabotage: sabotage as Sabotage | undefined, onProgress })
  bar.end()
  console.log(values.json ? JSON.stringify(report) : lines(report))
  if (!report.good) process.exitCode = 1
}

function wholeNumber(text: string): number | undefined {
  return /^[1-9]\d{0,5}$/.test(text) ? Number(text) : undefined
}

function lines(report: CrashReport): string {
  const { meanUnderWay, meanStartMs, slowestStartMs, seconds, unexpected, exitCode, folder } = report
  return [
    `kills ${report.kills} | acknowledged answers ${report.acknowledged} | replays ${report.replays} | lost ${report.lost} | doubled ${report.doubled} | strange ${report.strange} | uneven strata ${report.unevenStrata} | integrity ${report.integrity}`,
    `Under way at a kill: ${meanUnderWay.toFixed(0)} requests (at least ${report.fewestUnderWay}); ${report.midTransaction} kills left a transaction half written; ${report.killsWhileStarting} more kills while starting; ${report.cutOff} requests cut off.`,
    `Start to first answer: ${meanStartMs.toFixed(0)} ms, at most ${slowestStartMs.toFixed(0)} ms. ${seconds.toFixed(0)} s in all.`,
    ...unexpected.map((what) => `UNEXPECTED ANSWER ${what}`),
    ...(exitCode === 0 ? [] : [`THE SERVER ENDED WITH ${exitCode}`]),
    ...(folder ? [`SOMETHING IS WRONG. Everything lies in ${folder}`] : ['Nothing is wrong.']),
  ].join('\n')
}
