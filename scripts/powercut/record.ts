import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { DomainError } from '../../src/errors.ts'
import { freePort } from '../../src/free-port.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import type { RoundKey } from '../../src/round/round-key.ts'
import { applyLoad } from '../../test/reliability/crash/load.ts'
import type { Person } from '../../test/reliability/crash/verdict.ts'
import { openRound } from '../../test/support/service.ts'
import type { StoredFile } from './disk.ts'
import { readRecording, type Step } from './recording.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const clients = 24

/** A service's life: what was on its disk before, every step of it, and the people who used it. */
export interface Recorded {
  folder: string
  before: StoredFile[]
  steps: Step[]
  people: Person[]
  key: RoundKey
}

/**
 * Runs the built service, or one whose database does not sync, while people answer, until so many answers were thanked.
 * @throws DomainError `conflict` without a C compiler, or when the service ended otherwise than well.
 */
export async function record({ answers, syncs = true }: { answers: number; syncs?: boolean }): Promise<Recorded> {
  const work = mkdtempSync(join(tmpdir(), 'brukarsvar-powercut-'))
  const recorder = compile(work)
  const folder = join(work, 'data')
  const log = join(work, 'recording')
  const { key, people } = await prepare(folder, answers * 2)
  const before = filesIn(folder)
  const port = await freePort()
  const program = syncs ? ['dist/main.js'] : ['--import', 'tsx', 'scripts/powercut/service-without-syncs.ts']
  const service = spawn(process.execPath, program, {
    cwd: project,
    env: {
      ...{ PATH: process.env.PATH, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' },
      ...{ LD_PRELOAD: recorder, POWERCUT_DIR: folder, POWERCUT_LOG: log },
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = once(service, 'exit')
  const load = applyLoad(port, people, clients)
  while (load.figures.thanks < answers && service.exitCode === null) await pause(20)
  if (service.exitCode === null) await load.stop()
  service.kill('SIGTERM')
  const [exitCode] = await ended
  if (exitCode !== 0) throw new DomainError('conflict', `The service ended with ${exitCode}.`)
  return { folder: work, before, steps: readRecording(readFileSync(log)), people, key }
}

function compile(folder: string): string {
  const [source, library] = [join(project, 'scripts/powercut/recorder.c'), join(folder, 'recorder.so')]
  try {
    execFileSync('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-ldl', '-lpthread'], { stdio: 'pipe' })
  } catch (error) {
    const { code, stderr } = error as { code?: string; stderr?: Buffer }
    const what = code === 'ENOENT' ? 'gcc is missing: apt-get install -y gcc libc6-dev' : String(stderr ?? code)
    throw new DomainError('conflict', `The recorder, which is written in C, could not be compiled. ${what}`)
  }
  return library
}

/** A database with an open round, its key folder, and people with codes in every stratum, in no order. */
async function prepare(folder: string, count: number): Promise<{ key: RoundKey; people: Person[] }> {
  mkdirSync(folder)
  const keys = loadKeys(join(folder, 'keys'), { create: true })
  openMailDatabase(join(folder, 'mail.sqlite')).$client.close()
  const db = openDatabase(join(folder, 'brukarsvar.sqlite'))
  await bindKeys(db, keys)
  const { key, strata } = await openRound(db)
  const lists: Person[][] = []
  for (const stratumId of Object.values(strata)) {
    const wanted = { stratumId, channel: 'handout', count: Math.ceil(count / 5), drawn: true } as const
    const { codes } = await issueCodes(db, keys.codePepper, wanted)
    lists.push(codes.map((code) => ({ code, stratumId, visits: [], sent: [] })))
  }
  db.$client.close()
  return { key, people: lists[0]!.flatMap((_, index) => lists.map((list) => list[index]!)) }
}

function filesIn(folder: string): StoredFile[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return files.map((entry) => {
    const path = join(entry.parentPath, entry.name)
    return { path, inode: statSync(path, { bigint: true }).ino, content: readFileSync(path) }
  })
}
