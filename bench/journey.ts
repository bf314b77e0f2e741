import { readFileSync } from 'node:fs'
import { createRoundKey, sealTo } from '../src/round/round-key.ts'
import { encodeBallot } from '../src/urn/ballot.ts'
import { answersPerSecond, requestOf } from './client.ts'
import { crowd } from './door.ts'
import { type Stage, startServer } from './stage.ts'

/** What one visit costs the processor of the server, in ms: five requests, one of which stores an answer. And the 99th percentile of the answers, in ms. */
export interface JourneyCost {
  perVisit: number
  p99: number
}

const requestsOfVisit = 5

/** A tick of the system's clock of processor time, in ms. */
const tickMs = 10

/** Whole visits of so many people at once, over kept lines, without anybody at the door. */
export async function costOfVisit(stage: Stage, atOnce: number, seconds: number): Promise<JourneyCost> {
  const server = await startServer('open', stage)
  let used = 0
  const code = () => stage.codes[used++ % stage.codes.length]!
  await crowd({ url: server.url, code, who: { atOnce }, seconds: 1, kept: true }) // warms up
  const before = cpuMs(server.child.pid!)
  const { visits, p99 } = await crowd({ url: server.url, code, who: { atOnce }, seconds, kept: true })
  const perVisit = (cpuMs(server.child.pid!) - before) / visits
  await server.stop()
  return { perVisit, p99 }
}

/** The floor: five hello worlds of Fastify on so many lines, and one seal. */
export async function floorOfVisit(stage: Stage, atOnce: number, seconds: number): Promise<number> {
  const server = await startServer('hello', stage)
  const request = requestOf('GET', '/', {})
  const load = { url: server.url, next: () => request, connections: atOnce, staysAwake: false }
  await answersPerSecond({ ...load, seconds: 1 }, 200)
  const [before, began] = [cpuMs(server.child.pid!), performance.now()]
  const rate = await answersPerSecond({ ...load, seconds }, 200)
  const answers = (rate * (performance.now() - began)) / 1000
  const perHello = (cpuMs(server.child.pid!) - before) / answers
  await server.stop()
  return perHello * requestsOfVisit + costOfSeal()
}

function costOfSeal(): number {
  const { publicKey } = createRoundKey('2026')
  const ballot = encodeBallot({ stratumId: '0'.repeat(16), language: 'sv', answers: {} })
  for (let number = 0; number < 200; number++) sealTo(publicKey, ballot)
  const [before, many] = [process.cpuUsage(), 2_000]
  for (let number = 0; number < many; number++) sealTo(publicKey, ballot)
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000 / many
}

/** Processor time that a process has used with all its threads, in ms. Only on Linux. */
function cpuMs(pid: number): number {
  const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
  return (Number(afterName[11]) + Number(afterName[12])) * tickMs
}
