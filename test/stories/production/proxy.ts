import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { makeCertificate } from './certificate.ts'

/** A reverse proxy that ends TLS, as docs/operations.md asks for: it says who comes, and by what. It keeps no log. */
export async function startProxy(host: string, port: number) {
  const { key, cert, fingerprint } = makeCertificate(host)
  const server = createServer({ key, cert }, (asked, answer) => {
    const headers = {
      ...asked.headers,
      'x-forwarded-for': asked.socket.remoteAddress,
      'x-forwarded-proto': 'https',
    }
    const on = request({ host: '127.0.0.1', port, path: asked.url, method: asked.method, headers }, (said) => {
      answer.writeHead(said.statusCode!, said.rawHeaders)
      said.pipe(answer)
    })
    on.on('error', () => (answer.headersSent ? answer.destroy() : answer.writeHead(502).end()))
    asked.pipe(on)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    fingerprint,
    close() {
      server.close()
      server.closeAllConnections()
    },
  }
}
