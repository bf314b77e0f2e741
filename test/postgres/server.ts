import { execFileSync } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const installed = '/usr/lib/postgresql'

/** The programs of the newest PostgreSQL that Debian has put here; `undefined` where there is none (`apt-get install -y postgresql`). */
const programs = (existsSync(installed) ? readdirSync(installed) : [])
  .sort((one, other) => Number(other) - Number(one))
  .map((version) => join(installed, version, 'bin'))
  .find((folder) => existsSync(join(folder, 'initdb')))

export const hasPostgres = programs !== undefined

/** PostgreSQL will not run as the administrator of the machine: Debian has made it a user. */
const isRoot = process.getuid?.() === 0

/** A server of its own in a folder of its own, reached by a socket there and by nothing else, until it is stopped. */
export function startPostgres(): { host: string; user: string; stop(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-pg-'))
  const data = join(folder, 'data')
  if (isRoot) {
    chmodSync(folder, 0o755)
    execFileSync('chown', ['postgres', folder])
  }
  const run = (program: string, ...args: string[]) => {
    const command = [join(programs!, program), ...args]
    const [first, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    execFileSync(first!, rest, { stdio: 'ignore', cwd: folder })
  }
  run('initdb', '-D', data, '-U', 'brukarsvar', '--auth=trust', '--locale=C', '--encoding=UTF8', '--no-sync')
  run(
    'pg_ctl',
    '-D',
    data,
    '-l',
    join(folder, 'log'),
    '-w',
    '-o',
    `-c listen_addresses= -k ${folder} -c fsync=off`,
    'start',
  )
  return {
    host: folder,
    user: 'brukarsvar',
    stop() {
      run('pg_ctl', '-D', data, '-m', 'immediate', 'stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
