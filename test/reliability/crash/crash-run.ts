import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { openDatabase } from '../../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../../src/database/key-folder.ts'
import { issueCodes } from '../../../src/invitation/issue-store.ts'
import type { RoundKey } from '../../../src/round/round-key.ts'
import { freePort } from '../../support/free-port.ts'
import { openRound } from '../../support/service.ts'
import { applyLoad, type Load, type LoadFigures } from './load.ts'
import type { Sabotage } from './sabotage.ts'
import { type Server, type ServerOptions, spawnServer } from './server.ts'
import { isGood, type Person, type Verdict, verdict } from './verdict.ts'

export interface CrashOptions {
  kills: number
  /** How many people use the service at the same time. */
  clients?: number
  sabotage?: Sabotage
  onProgress?: (kills: number) => void
}

export interface CrashReport extends Verdict, Omit<LoadFigures, 'unexpected'> {
  good: boolean
  kills: number
  /** Kills while the server was starting, some of them while it repaired what the kill before had left. */
  killsWhileStarting: number
  /** Kills that left a transaction half written. */
  midTransaction: number
  /** Requests that the server had taken and a kill left without an answer. */
  cutOff: number
  /** Requests without an answer at the moment of a kill: the fewest, and the mean. */
  fewestUnderWay: number
  meanUnderWay: number
  unexpected: string[]
  /** From start to first answer, over all starts, in milliseconds. */
  meanStartMs: number
  slowestStartMs: number
  exitCode: number | null
  seconds: number
  /** Where everything lies, when something is wrong. */
  folder?: string
}

const codesPerKill = 450

/**
 * Runs the real server under load, kills it again and again, and compares in the end what people were promised with what
 * is in the urn. The folder of a run that finds nothing wrong is removed.
 */
export async function crashRun(options: CrashOptions): Promise<CrashReport> {
  const { kills, clients = 64, sabotage, onProgress } = options
  const startedAt = performance.now()
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-crash-'))
  const server = { folder, port: await freePort(), sabotage }
  const { key, people } = await prepare(folder, (kills + 4) * codesPerKill)
  const load = applyLoad(server.port, people, clients)
  const crashes = await killAgainAndAgain(server, load, kills, onProgress)

  const last = spawnServer(server)
  await last.ready()
  await load.stop()
  const exitCode = await last.stop()

  const db = openDatabase(databaseFile(folder), { mustExist: true })
  const found = await verdict(db, key, people)
  db.$client.close()

  const { unexpected, ...figures } = load.figures
  const good = isGood(found) && unexpected.size === 0 && exitCode === 0
  if (good) rmSync(folder, { recursive: true })
  return {
    ...found,
    ...figures,
    ...crashes,
    cutOff: load.cutOff(),
    good,
    kills,
    exitCode,
    unexpected: [...unexpected].map(([what, times]) => `${what} (${times} times)`),
    seconds: (performance.now() - startedAt) / 1000,
    folder: good ? undefined : folder,
  }
}

const databaseFile = (folder: string) => join(folder, 'brukarsvar.sqlite')

/** A database with an open round, its key folder, and people with codes in every stratum. */
async function prepare(folder: string, count: number): Promise<{ key: RoundKey; people: Person[] }> {
  const keys = loadKeys(join(folder, 'keys'), { create: true })
  const db = openDatabase(databaseFile(folder))
  await bindKeys(db, keys)
  const { key, strata } = await openRound(db)
  const people: Person[] = []
  for (const stratumId of Object.values(strata)) {
    const wanted = { stratumId, channel: 'handout', count: Math.ceil(count / 5), drawn: true } as const
    const { codes } = await issueCodes(db, keys.codePepper, wanted)
    people.push(...codes.map((code) => ({ code, stratumId, visits: [], sent: [] })))
  }
  db.$client.close()
  return { key, people: shuffled(people) }
}

async function killAgainAndAgain(options: ServerOptions, load: Load, kills: number, onProgress?: (n: number) => void) {
  const underWay: number[] = []
  const startMs: number[] = []
  let midTransaction = 0
  let killsWhileStarting = 0
  let server: Server | undefined
  try {
    for (let kill = 1; kill <= kills; kill++) {
      if (kill % 10 === 0) {
        server = spawnServer(options)
        await pause(Math.random() * startMs[0]!)
        await server.kill()
        killsWhileStarting++
      }
      server = spawnServer(options)
      startMs.push(await server.ready())
      await pause(20 + Math.random() * 280)
      if (options.sabotage) await load.isThankedAgain(20) // on a slow machine nothing has come to the store by then
      underWay.push(load.underWay())
      await server.kill()
      if (isHalfWritten(databaseFile(options.folder))) midTransaction++
      onProgress?.(kill)
    }
  } finally {
    await server?.kill()
  }
  return {
    midTransaction,
    killsWhileStarting,
    fewestUnderWay: Math.min(...underWay),
    meanUnderWay: mean(underWay),
    meanStartMs: mean(startMs),
    slowestStartMs: Math.max(...startMs),
  }
}

/** A journal that is not empty is one that the next start must play back. */
function isHalfWritten(file: string): boolean {
  return existsSync(`${file}-journal`) && statSync(`${file}-journal`).size > 0
}

function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item)
}

function mean(numbers: number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
