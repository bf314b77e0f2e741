import { type ChildProcess, spawn } from 'node:child_process'
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { freePort } from '../../src/free-port.ts'
import { answering, ended, stopped } from '../../test/cli/operator.ts'

export type OlderProgram = ReturnType<typeof olderProgram>

/** The built program of an older version, on a machine whose clock stands at `now`; the machine's own goes on from there. */
export function olderProgram(version: string, folder: string, now: Date) {
  const clockModule = new URL('../../test/support/clock-ahead.mjs', import.meta.url).href
  let aheadMs = now.getTime() - Date.now()
  const run = (file: string, args: string[], { dataDir = join(folder, 'data'), port = 0, moreMs = 0 } = {}) =>
    spawn(process.execPath, ['--import', clockModule, join(version, 'dist', file), ...args], {
      cwd: folder,
      env: {
        ...{ PATH: process.env.PATH, LOG_LEVEL: 'warn', TABLET_CONTACT_SECONDS: '1' },
        ...{ DATA_DIR: dataDir, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: `http://127.0.0.1:${port}` },
        ...{ SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@example.se' }, // nobody listens there: mail waits
        CLOCK_AHEAD_MS: String(aheadMs + moreMs),
      },
    })
  const program = {
    now: () => new Date(Date.now() + aheadMs),
    /** Days go by. */
    wait(days: number) {
      aheadMs += days * 86_400_000
    },
    path: (name: string) => join(folder, name),
    async brukarsvar(...args: string[]) {
      const { exitCode, out, err } = await ended(run('cli.js', [...args, '--json']))
      if (exitCode !== 0) throw new Error(`brukarsvar ${args.join(' ')} ended with ${exitCode}: ${err}${out}`)
      return JSON.parse(out || '{}')
    },
    async start(options: { dataDir?: string; moreMs?: number } = {}) {
      const port = await freePort()
      const url = `http://127.0.0.1:${port}`
      const service: ChildProcess = run('main.js', [], { ...options, port })
      let said = ''
      for (const stream of [service.stdout!, service.stderr!]) stream.on('data', (text) => (said += text))
      await answering(service, url)
      return { url, said: () => said, stop: () => stopped(service) }
    },
    /** A copy of the machine with a clock that is a hundred years ahead: what it seals is good for as long. */
    async startInAHundredYears() {
      const dataDir = program.path('copy')
      cpSync(program.path('data'), dataDir, { recursive: true })
      return program.start({ dataDir, moreMs: 100 * 365.25 * 86_400_000 })
    },
  }
  return program
}
