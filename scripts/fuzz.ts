import { parseArgs } from 'node:util'
import { progressBar } from '../src/cli/progress.ts'
import { explain } from '../src/explain.ts'
import { roles } from '../src/people/roles.ts'
import { allRoutes } from './all-routes.ts'
import { chanceFrom } from './fuzz/chance.ts'
import { type Finding, told } from './fuzz/findings.ts'
import { rawRequest } from './fuzz/raw.ts'
import { sender } from './fuzz/send.ts'
import { visitor } from './fuzz/visitor.ts'
import { startWorld, type World } from './fuzz/world.ts'
import { anySeed, seeded } from './seeded.ts'

const help = `Usage: npm run fuzz -- [options]

Starts the built server with a round, accounts of every role, codes and a mail server, and asks for everything: all routes, signed in
and not, with the forms of its own pages filled in as they are meant and as they are not, files, odd headers, cookies, encodings and
sizes, and bytes that are no HTTP; while the round is not open yet, collects, is paused and is closed. Exit code 1 when it fails (5xx,
but for a 503 that says when to come back), does not answer, shows a stack trace, dies, or leaves a database that is not whole.

  --requests <n>   how many requests (20000)
  --clients <n>    how many people ask at the same time (12); with 1, a seed leads to the same choices each time
  --seed <n>       what chance begins with; a run prints its own
  --help           this text`

const { values } = parseArgs({
  options: {
    requests: { type: 'string', default: '20000' },
    clients: { type: 'string', default: '12' },
    seed: { type: 'string', default: String(anySeed()) },
    help: { type: 'boolean', default: false },
  },
})
const [requests, clients, seed] = [values.requests, values.clients, values.seed].map(Number) as [number, number, number]

if (values.help) console.log(help)
else if (![requests, clients].every((number) => Number.isInteger(number) && number > 0) || !(seed >= 0)) {
  console.error(help)
  process.exitCode = 2
} else {
  await run().catch((error) => {
    const { message, exitCode } = explain(error)
    console.error(message)
    process.exitCode = exitCode
  })
}

async function run() {
  const startedAt = performance.now()
  console.log(`Seed ${seed}. Again: npm run fuzz -- --seed ${seed} --requests ${requests} --clients ${clients}`)
  const routes = await allRoutes()
  const world = await startWorld(Math.ceil(requests / 4))
  const before = await world.inspect()
  const { statuses, findings, slowest } = await askEverything(world, routes)
  const after = await world.inspect()
  const runs = world.service.isRunning()
  const exitCode = await world.end()

  const grown = (what: 'ballots' | 'staff' | 'units' | 'deeds') => after[what] - before[what]
  console.log(
    [...statuses]
      .sort(([a], [b]) => a - b)
      .map(([status, number]) => `${status || 'none'}: ${number}`)
      .join(', '),
    `\nStored: ${grown('ballots')} answers, ${grown('deeds')} deeds of ${after.kinds} kinds, ${grown('units')} units, ${grown('staff')} accounts.`,
    `\nSlowest answer ${slowest.toFixed(1)} s; ${((performance.now() - startedAt) / 1000).toFixed(0)} s in all.`,
  )
  for (const finding of findings.slice(0, 40)) console.log(`\n${told(finding)}`)
  const defects = world.service.said.filter((line) => /defect/.test(line))
  if (findings.length > 0) console.log(`\nThe log:\n${defects.slice(0, 40).join('\n')}`)
  const wrong = [
    ...after.wrong,
    ...(runs ? [] : ['the service has ended']),
    ...(exitCode === 0 ? [] : [`it ended with ${exitCode}`]),
  ]
  for (const what of wrong) console.log(`WRONG: ${what}`)
  console.log(findings.length + wrong.length > 0 ? `${findings.length} findings.` : 'Nothing was found.')
  if (findings.length + wrong.length > 0) process.exitCode = 1
}

async function askEverything(world: World, routes: Awaited<ReturnType<typeof allRoutes>>) {
  const statuses = new Map<number, number>()
  const findings: Finding[] = []
  const bar = progressBar('Asking', requests)
  const toPort = sender(world.port)
  let asked = 0
  let slowest = 0
  const onAnswer = ({ status = 0, seconds }: { status?: number; seconds: number }, finding?: Finding) => {
    statuses.set(status, (statuses.get(status) ?? 0) + 1)
    slowest = Math.max(slowest, seconds)
    if (finding) findings.push(finding)
    bar.update(++asked)
    if (asked % Math.ceil(requests / 40) === 0) void world.putRound(...phaseAt(asked / requests))
  }
  const whos = ['respondent', ...roles, 'respondent', 'coordinator', 'national'] as const
  await Promise.all(
    Array.from({ length: clients }, async (_, number) => {
      const chance = chanceFrom(seeded(seed + number))
      const people = whos.map((who) => visitor(who, { world, routes, sender: toPort, chance, onAnswer }))
      for (const person of people) await person.signIn()
      while (asked < requests && world.service.isRunning()) {
        if (chance.happens(0.02)) await toPort.sendRaw(rawRequest(chance))
        else await chance.oneOf(people).act()
      }
    }),
  )
  bar.end()
  toPort.end()
  return { statuses, findings, slowest }
}

/** A round collects most of the time. */
function phaseAt(share: number): Parameters<World['putRound']> {
  const turn = Math.floor(share * 40) % 10
  if (turn === 7) return ['collecting', true]
  if (turn === 8) return ['closed']
  return turn === 9 ? ['draft'] : ['collecting']
}
