import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openDatabase } from '../../src/database/connection.ts'
import { tellRound } from '../../src/fieldwork/tell.ts'
import { runIn, valueIn } from '../support/rows.ts'

const built = (file: string) => fileURLToPath(new URL(`../../dist/${file}`, import.meta.url))

/** What a command gave back. */
export interface Said {
  exitCode: number | null
  out: string
  err: string
}

export type Operator = ReturnType<typeof newOperator>

/** Somebody at a terminal of an empty machine: the built command, a folder of its own, no settings but its data folder. */
export function newOperator() {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  const dataDir = join(folder, 'data')
  const env = { PATH: process.env.PATH!, DATA_DIR: dataDir, LOG_LEVEL: 'warn' }

  async function run(args: string[], options: RunOptions = {}): Promise<Said> {
    return ended(
      spawn(process.execPath, [built('cli.js'), ...args], { env: { ...env, ...options.env } }),
      options.input,
    )
  }

  return {
    folder,
    dataDir,
    databaseFile: join(dataDir, 'brukarsvar.sqlite'),
    path: (name: string) => join(folder, name),
    run,
    /** Runs a command that must succeed, and reads what it prints for programs. */
    async json(...args: string[]) {
      const said = await run([...args, '--json'])
      if (said.exitCode !== 0) throw new Error(`${args.join(' ')}: ${said.err}`)
      return JSON.parse(said.out)
    },
    /** A shell line in which `brukarsvar` is the built command. */
    shell: (line: string, input?: string) =>
      ended(
        spawn('sh', ['-c', `brukarsvar() { '${process.execPath}' '${built('cli.js')}' "$@"; }; ${line}`], { env }),
        input,
      ),
    /** The service (`main.js`) or the demo (`demo.js`), until it is told to stop. */
    start: (program: 'main.js' | 'demo.js', settings: Record<string, string>, args: string[] = []) =>
      spawn(process.execPath, [built(program), ...args], { env: { ...env, ...settings } }),
    /** The service with its output somewhere else than in a pipe that is read. */
    startInto: (stdio: SpawnOptions['stdio'], settings: Record<string, string>): ChildProcess =>
      spawn(process.execPath, [built('main.js')], { env: { ...env, ...settings }, stdio }),
    /** A night goes by, and what came in until then is told. */
    async tellNight(roundId: string, day = '2026-09-14') {
      const db = openDatabase(join(dataDir, 'brukarsvar.sqlite'), { mustExist: true })
      await tellRound(db, { roundId, day }).finally(() => db.$client.close())
    },
    /** How many ballots are in the urn, which no command tells. */
    async answered() {
      const db = openDatabase(join(dataDir, 'brukarsvar.sqlite'), { mustExist: true })
      const number = await valueIn(db, 'select count(*) from urn')
      db.$client.close()
      return number
    },
    /** Changes what no command changes. */
    async inDatabase(statement: string) {
      const db = openDatabase(join(dataDir, 'brukarsvar.sqlite'), { mustExist: true })
      await runIn(db, statement)
      db.$client.close()
    },
    /** A command as another user of the machine; only an administrator may become one. */
    runAs: (uid: number, args: string[]) =>
      ended(spawn(process.execPath, [built('cli.js'), ...args], { env, uid, gid: uid })),
    /** The service as another user of the machine; only an administrator may become one. */
    startAs: (uid: number, settings: Record<string, string> = {}) =>
      spawn(process.execPath, [built('main.js')], { env: { ...env, ...settings }, uid, gid: uid }),
    leave: () => rmSync(folder, { recursive: true, force: true }),
  }
}

interface RunOptions {
  input?: string
  env?: Record<string, string>
}

/** Waits until a process has ended. */
export async function ended(child: ChildProcess, input = ''): Promise<Said> {
  let out = ''
  let err = ''
  child.stdout!.on('data', (chunk) => (out += chunk))
  child.stderr!.on('data', (chunk) => (err += chunk))
  child.stdin!.on('error', () => {}).end(input)
  const [exitCode] = await once(child, 'close')
  return { exitCode, out, err }
}

/** Waits until a service answers; fails when it ends instead. */
export async function answering(child: ChildProcess, url: string): Promise<void> {
  while (child.exitCode === null) {
    const answer = await fetch(`${url}/health`).catch(() => undefined)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The service ended with ${child.exitCode}`)
}

/** Asks a process to stop, and gives its exit code. */
export async function stopped(child: ChildProcess, signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
  const close = once(child, 'exit')
  child.kill(signal)
  return (await close)[0]
}

/** Answers over HTTP as a browser without JavaScript does. */
export async function answer(url: string, code: string, answers: Record<string, string>): Promise<void> {
  const cookies = new Map<string, string>()
  const post = async (path: string, form: Record<string, string>) => {
    const response = await fetch(`${url}${path}`, {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams(form),
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
    })
    for (const [pair] of response.headers.getSetCookie().map((cookie) => cookie.split(';'))) {
      const [name, ...value] = pair!.split('=')
      cookies.set(name!, value.join('='))
    }
    return response.headers.get('location')
  }
  const entered = await post('/entry', { code, language: 'sv' })
  const visit = /^(\/visit\/[a-z]+)\/questions$/.exec(entered ?? '')?.[1]
  const sent = visit && (await post(`${visit}/response`, answers))
  if (!visit || sent !== `${visit}/thanks`) throw new Error(`Entering led to ${entered}, sending to ${sent}`)
}
