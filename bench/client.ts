import { connect } from 'node:net'

export interface Load {
  url: string
  /** Makes the next request to be sent, whole. Every answer to them is to be as long as the first. */
  next: () => Buffer
  connections: number
  seconds: number
  /** Whether the client keeps a core busy while it waits: to wake a sleeper costs a server some ten microseconds an answer. */
  staysAwake: boolean
}

/**
 * Sends requests on so many connections, on each the next when the last is answered, and gives how many were answered in a
 * second. A server that fast is measured only by a client that is faster: this one does next to nothing for an answer.
 * @throws Error when an answer is not as expected: not as long as the first, or the first not of the status.
 */
export async function answersPerSecond(load: Load, status: number): Promise<number> {
  const { hostname, port } = new URL(load.url)
  const address = { host: hostname, port: Number(port) }
  const length = await lengthOfAnswer(address, load.next(), status)
  const started = performance.now()
  const end = started + load.seconds * 1000
  const stayAwake = () => {
    if (performance.now() < end) setImmediate(stayAwake)
  }
  if (load.staysAwake) stayAwake()
  const counts = Array.from({ length: load.connections }, async () => {
    let count = 0
    let received = 0
    const socket = connect({ ...address, noDelay: true })
    socket.write(load.next())
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('data', (part) => {
        received += part.length
        if (received < length) return
        if (received > length) reject(new Error(`not as long as the first: ${part.toString('latin1', 0, 32)}`))
        received = 0
        count++
        if (performance.now() > end) resolve()
        else socket.write(load.next())
      })
    })
    socket.destroy()
    return count
  })
  const sum = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return (sum / (performance.now() - started)) * 1000
}

/** A request as it goes over the line. */
export function requestOf(method: 'GET' | 'POST', path: string, headers: Record<string, string>, body = ''): Buffer {
  const all = { host: 'localhost', ...headers, ...(body ? { 'content-length': String(Buffer.byteLength(body)) } : {}) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`)
}

/** Head and body of an answer, in bytes. */
function lengthOfAnswer(address: { host: string; port: number }, request: Buffer, status: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(address)
    let text = ''
    socket.on('data', (part) => {
      text += part.toString('latin1')
      const head = text.indexOf('\r\n\r\n') + 4
      if (head < 4) return
      if (!text.startsWith(`HTTP/1.1 ${status} `)) return reject(new Error(text.slice(0, head)))
      const body = Number(/^content-length: (\d+)/im.exec(text)![1])
      if (text.length < head + body) return
      resolve(head + body)
      socket.destroy()
    })
    socket.on('error', reject)
    socket.write(request)
  })
}
