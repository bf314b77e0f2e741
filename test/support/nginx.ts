import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { inProject } from '../../src/project-folder.ts'
import { freePort } from './free-port.ts'

/** Whether a proxy can be tried on this machine. */
export const hasNginx = spawnSync('nginx', ['-v']).status === 0

/**
 * nginx as docs/nginx.conf sets it up, in front of a service on this machine: one process, without TLS, with the pages that were built.
 * @param isBound whether it turns newcomers away.
 */
export async function startNginx(servicePort: number, isBound = true) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-nginx-'))
  const port = await freePort()
  const server = readFileSync(inProject('docs/nginx.conf'), 'utf8')
    .replaceAll('127.0.0.1:3000', `127.0.0.1:${servicePort}`)
    .replace('listen 443 ssl;', `listen 127.0.0.1:${port} backlog=4096;`)
    .replace(/^ *ssl_certificate.*$/gm, '')
    .replace(/max_conns=\d+/, (bound) => (isBound ? bound : ''))
    .replace('/opt/brukarsvar/dist/busy', inProject('dist/busy'))
    .replace('/var/log/nginx/brukarsvar.log', join(folder, 'error.log'))
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  writeFileSync(
    join(folder, 'nginx.conf'),
    `daemon off; master_process off; pid ${folder}/pid; events { worker_connections 8000; }
     http { ${temporary.map((what) => `${what}_temp_path ${folder}/${what};`).join(' ')} ${server} }`,
  )
  const child = spawn('nginx', ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'error.log')], {
    stdio: 'inherit',
  })
  while (!(await takesLines(port))) {
    if (child.exitCode !== null) throw new Error(`nginx ended with ${child.exitCode}`)
    await pause(10)
  }
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid!,
    stop: () =>
      new Promise<void>((resolve) => {
        child.once('exit', () => {
          rmSync(folder, { recursive: true })
          resolve()
        })
        child.kill('SIGTERM')
      }),
  }
}

const takesLines = (port: number) =>
  new Promise<boolean>((resolve) => {
    const line = connect(port, '127.0.0.1')
    line.once('connect', () => resolve(true)).once('error', () => resolve(false))
    line.once('connect', () => line.destroy())
  })
