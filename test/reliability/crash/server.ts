import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Sabotage } from './sabotage.ts'

const builtServer = fileURLToPath(new URL('../../../dist/main.js', import.meta.url))
const sabotagedServer = fileURLToPath(new URL('sabotaged-server.ts', import.meta.url))

export interface ServerOptions {
  folder: string
  port: number
  /** Starts a server with a store that breaks a promise, instead of the real one. */
  sabotage?: Sabotage
}

/** The real server as a process of its own. It may not be listening yet: see `ready`. */
export function spawnServer({ folder, port, sabotage }: ServerOptions) {
  const env = { PATH: process.env.PATH, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'error' }
  const args = sabotage ? ['--import', 'tsx', sabotagedServer, sabotage] : [builtServer]
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'exit')
  const startedAt = performance.now()
  let said = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text))

  return {
    /** Waits until the server answers, and says how many milliseconds after its start that was. @throws Error when it ends instead. */
    async ready(): Promise<number> {
      while (!(await isUp(port))) {
        if (child.exitCode !== null) throw new Error(`The server did not start: ${said}`)
        if (performance.now() - startedAt > 60_000) throw new Error(`The server is not up after a minute: ${said}`)
        await pause(10)
      }
      return performance.now() - startedAt
    },
    /** SIGKILL, which no process can prepare for. */
    async kill(): Promise<void> {
      child.kill('SIGKILL')
      await ended
    },
    /** SIGTERM, as a service manager stops it. @returns the exit code. */
    async stop(): Promise<number | null> {
      child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}

export type Server = ReturnType<typeof spawnServer>

async function isUp(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/health`)).ok
  } catch {
    return false
  }
}
