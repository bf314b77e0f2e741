import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import type { Body } from './bodies.ts'

export interface Outgoing {
  method: string
  path: string
  headers: Record<string, string>
  body?: Body
}

/** What came back; no status when nothing did. */
export interface Incoming {
  status?: number
  headers: Record<string, string | string[] | undefined>
  text: string
  seconds: number
}

const patienceMs = 60_000

/** Sends requests to one service, over connections that are kept open. */
export function sender(port: number) {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 })
  return {
    send({ method, path, headers, body }: Outgoing): Promise<Incoming> {
      const startedAt = performance.now()
      const seconds = () => (performance.now() - startedAt) / 1000
      return new Promise((resolve) => {
        const nothing = (error: Error) => resolve({ headers: {}, text: String(error), seconds: seconds() })
        const typed = body?.type === undefined ? {} : { 'content-type': body.type }
        const length = body ? { 'content-length': String(body.bytes.length) } : {}
        const options = { agent, host: '127.0.0.1', port, method, path, headers: { ...typed, ...length, ...headers } }
        try {
          const outgoing = request({ ...options, timeout: patienceMs, insecureHTTPParser: false })
          outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in time')))
          outgoing.on('error', nothing)
          outgoing.on('upgrade', (_, socket) => socket.destroy())
          outgoing.on('response', (incoming) => {
            const chunks: Buffer[] = []
            incoming.on('data', (chunk) => chunks.push(chunk))
            incoming.on('error', nothing)
            incoming.on('end', () => {
              const { statusCode: status, headers } = incoming
              resolve({ status, headers, text: Buffer.concat(chunks).toString('utf8'), seconds: seconds() })
            })
          })
          outgoing.end(body?.bytes)
        } catch (error) {
          nothing(error as Error)
        }
      })
    },
    /** Bytes that are hardly HTTP; what comes back before the connection ends, or before a moment has passed. */
    sendRaw(bytes: Buffer): Promise<string> {
      return new Promise((resolve) => {
        let text = ''
        const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
        socket.setTimeout(300, () => socket.destroy())
        socket.on('data', (chunk) => (text += chunk.toString('latin1')))
        socket.on('error', () => {})
        socket.on('close', () => resolve(text))
      })
    },
    end: () => agent.destroy(),
  }
}

export type Sender = ReturnType<typeof sender>
