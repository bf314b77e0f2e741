import { connect } from 'node:net'

export interface PagesAsked {
  url: string
  path: string
  headers: Record<string, string>
  connections: number
  seconds: number
}

/**
 * Asks for one page again and again, on so many connections, and gives how many came in a second. A server that fast is
 * measured only by a client that is faster: this one does next to nothing for an answer, taking all to be as long as the
 * first, and never sleeps, for to wake a sleeper on another core costs the server some ten microseconds an answer.
 */
export async function pagesPerSecond({ url, path, headers, connections, seconds }: PagesAsked): Promise<number> {
  const { hostname, port } = new URL(url)
  const lines = Object.entries({ host: `${hostname}:${port}`, ...headers }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  const request = Buffer.from(`GET ${path} HTTP/1.1\r\n${lines.join('')}\r\n`)
  const length = await lengthOfAnswer(hostname, Number(port), request)
  const started = performance.now()
  const end = started + seconds * 1000
  const stayAwake = () => {
    if (performance.now() < end) setImmediate(stayAwake)
  }
  stayAwake()
  const counts = Array.from({ length: connections }, async () => {
    let count = 0
    let received = 0
    const socket = connect({ host: hostname, port: Number(port), noDelay: true })
    socket.write(request)
    await new Promise<void>((resolve, reject) => {
      socket.on('error', reject)
      socket.on('data', (part) => {
        received += part.length
        if (received < length) return
        if (received > length) reject(new Error('an answer was longer than the first'))
        received = 0
        count++
        if (performance.now() > end) resolve()
        else socket.write(request)
      })
    })
    socket.destroy()
    return count
  })
  const sum = (await Promise.all(counts)).reduce((sum, count) => sum + count, 0)
  return (sum / (performance.now() - started)) * 1000
}

/** Head and body of an answer, in bytes. */
function lengthOfAnswer(host: string, port: number, request: Buffer): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port })
    let text = ''
    socket.on('data', (part) => {
      text += part.toString('latin1')
      const head = text.indexOf('\r\n\r\n') + 4
      if (head < 4) return
      if (!text.startsWith('HTTP/1.1 200 ')) reject(new Error(text.slice(0, head)))
      const body = Number(/^content-length: (\d+)/im.exec(text)![1])
      if (text.length < head + body) return
      resolve(head + body)
      socket.destroy()
    })
    socket.on('error', reject)
    socket.write(request)
  })
}
