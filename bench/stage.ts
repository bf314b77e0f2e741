import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../src/database/connection.ts'
import { bindKeys, type Keys, loadKeys } from '../src/database/key-folder.ts'
import { issueCodes } from '../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../src/organisation/store.ts'
import { newBallotId, sealVisit } from '../src/pages/respondent/visit.ts'
import { targetGroups } from '../src/questionnaire/target-groups.ts'
import { createRoundKey } from '../src/round/round-key.ts'
import { createRound, moveRound } from '../src/round/store.ts'
import { freePort } from '../test/support/free-port.ts'

/** A database with an open round on the disk, its keys, and everything needed to pretend to be many people. */
export interface Stage {
  dataDir: string
  keys: Keys
  strata: string[]
  /** Codes that are out; each is good as often as it is used. */
  codes: string[]
  remove(): void
}

export async function makeStage(): Promise<Stage> {
  const dataDir = mkdtempSync(join(tmpdir(), 'brukarsvar-bench-'))
  const keys = loadKeys(join(dataDir, 'keys'), { create: true })
  const db = openDatabase(join(dataDir, 'brukarsvar.sqlite'))
  await bindKeys(db, keys)
  const { publicKey } = createRoundKey('2026')
  await createRound(db, {
    id: '2026',
    year: 2026,
    opensOn: '2026-09-01',
    closesOn: '2026-10-31',
    publicKey,
    targetGroups: [...targetGroups],
  })
  for (let unit = 0; unit < 20; unit++) {
    const { id } = await addUnit(db, { municipalityCode: '1489', name: `Unit ${unit}` })
    await addStrata(db, '2026', id, [...targetGroups])
  }
  await moveRound(db, '2026', ['draft'], 'collecting')
  const strata = (await listStrata(db, '2026')).map(({ id }) => id)
  const order = { stratumId: strata[0]!, channel: 'letter', count: 1000, drawn: false } as const
  const { codes } = await issueCodes(db, keys.codePepper, order)
  db.$client.close()
  return { dataDir, keys, strata, codes, remove: () => rmSync(dataDir, { recursive: true, force: true }) }
}

/** Somebody who has entered a code, as their browser's cookie. Every call is another person. */
export function visitor({ keys, strata }: Stage, language = 'sv'): string {
  const visit = {
    kind: 'answering',
    spentTag: randomBytes(32),
    ballotId: newBallotId(),
    stratumId: strata[Math.floor(Math.random() * strata.length)]!,
    roundId: '2026',
    channel: 'letter',
    targetGroup: 'economic_assistance',
    language,
  } as const
  return `visit-benchmarks=${sealVisit(keys.visitKey, visit, new Date(Date.now() + 3_600_000))}`
}

export interface Server {
  url: string
  child: ChildProcess
  /** The most memory it has held so far, in bytes. */
  peakMemory(): number
  stop(): Promise<void>
}

/** Starts a program of this folder, or the built service, and waits until it answers. */
export async function startServer(
  what: 'service' | 'hello' | 'group' | 'open' | 'single' | 'unstored',
  stage: Stage,
): Promise<Server> {
  const port = await freePort()
  const root = fileURLToPath(new URL('..', import.meta.url))
  const [flags, program] = startScript(root)
  const own = ['--import', 'tsx', join(root, 'bench/server.ts'), what]
  const args = what === 'service' ? [...flags, program] : what === 'hello' ? own : [...flags, ...own]
  const env = { ...process.env, PORT: String(port), HOST: '127.0.0.1', DATA_DIR: stage.dataDir, LOG_LEVEL: 'error' }
  const child = spawn(process.execPath, args, { env, cwd: root, stdio: ['ignore', 'ignore', 'inherit'] })
  const url = `http://127.0.0.1:${port}`
  await untilItAnswers(`${url}/sv`)
  return {
    url,
    child,
    peakMemory: () => peakMemoryOf(child.pid!),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

/** What `npm start` gives to node: flags, and the program. */
function startScript(root: string): [flags: string[], program: string] {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const words: string[] = scripts.start.split(' ').slice(1)
  return [words.slice(0, -1), words.at(-1)!]
}

async function untilItAnswers(url: string): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    try {
      await fetch(url)
      return
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
  throw new Error(`${url} does not answer`)
}

/** VmHWM of Linux's /proc; NaN elsewhere. */
function peakMemoryOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8')
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)![1]) * 1024
  } catch {
    return Number.NaN
  }
}
