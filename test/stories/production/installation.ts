import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answering, ended } from '../../cli/operator.ts'
import { freePort } from '../../support/free-port.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))

export const host = 'svar.example.se'
export const url = `https://${host}`

/** A machine with the built service, as README and docs/operations.md have an operator set it up. */
export async function install(smtpUrl: string) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-production-'))
  const path = (name: string) => join(folder, name)
  for (const name of ['etc', 'usb1', 'usb2', 'backup']) mkdirSync(path(name))
  const port = await freePort()
  const settings: Record<string, string> = {
    ...{ PUBLIC_URL: url, HOST: '127.0.0.1', PORT: String(port), TRUSTED_PROXIES: '127.0.0.1' },
    ...{ DATA_DIR: path('data'), KEY_DIR: path('etc/keys') },
    ...{ SMTP_URL: smtpUrl, MAIL_FROM: 'Brukarsvar <svar@example.se>', MAIL_PER_MINUTE: '600' },
    ...{ OWNER_NAME: 'Exempelmyndigheten', OWNER_CONTACT: 'svar@example.se', DPO_CONTACT: 'dataskydd@example.se' },
    TABLET_CONTACT_SECONDS: '2',
  }
  const run = (script: string[]) =>
    spawn('npm', script, {
      cwd: project,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...settings },
      detached: true, // a group of its own, which is told to stop together, as a service manager does
    })
  let service: ChildProcess | undefined
  let said = ''

  const machine = {
    path,
    port,
    settings,
    /** What the service has said since it was started last. */
    said: () => said,
    /** The operators' command, which must succeed. Gives what it prints. */
    async brukarsvar(...args: string[]): Promise<string> {
      const { exitCode, out, err } = await ended(run(['run', '-s', 'brukarsvar', '--', ...args]))
      if (exitCode !== 0) throw new Error(`brukarsvar ${args.join(' ')} ended with ${exitCode}: ${err}${out}`)
      return out
    },
    async start(): Promise<void> {
      said = ''
      service = run(['start'])
      for (const stream of [service.stdout!, service.stderr!]) stream.on('data', (text) => (said += text))
      await answering(service, `http://127.0.0.1:${port}`).catch((error) => {
        throw new Error(`${error.message}: ${said}`)
      })
    },
    /** Waits until everything that `npm start` started is gone. */
    async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
      if (!service) return
      const closed = once(service, 'close')
      process.kill(-service.pid!, signal)
      service = undefined
      await closed
    },
    async leave(): Promise<void> {
      await machine.stop('SIGKILL').catch(() => {})
      rmSync(folder, { recursive: true, force: true })
    },
  }
  return machine
}

export type Installation = Awaited<ReturnType<typeof install>>
