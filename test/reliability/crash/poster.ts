import { Agent, type ClientRequest, request } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'

export interface Reply {
  status: number
  location?: string
  cookie?: string
}

/** Sends forms to a server that may die at any moment, over connections that are kept open. */
export function poster(port: number, maxSockets: number) {
  const agent = new Agent({ keepAlive: true, maxSockets })
  let underWay = 0
  let cutOff = 0
  let back: Promise<void> | undefined

  function serverIsBack(): Promise<void> {
    back ??= untilSomebodyListens(port).finally(() => {
      back = undefined
    })
    return back
  }

  return {
    /** `undefined` when the connection died or nobody listened, and then not before somebody listens again. */
    async post(path: string, form: Record<string, string>, cookie?: string): Promise<Reply | undefined> {
      const body = new URLSearchParams(form).toString()
      const headers = {
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': body.length,
        ...(cookie ? { cookie } : {}),
      }
      underWay++
      const outgoing = request({ agent, host: '127.0.0.1', port, method: 'POST', path, headers })
      outgoing.end(body)
      const reply = await replyTo(outgoing, (code) => {
        if (code !== 'ECONNREFUSED') cutOff++
      })
      underWay--
      if (!reply) await serverIsBack()
      return reply
    },
    /** How many requests wait for their answer at this moment. */
    underWay: () => underWay,
    /** How many requests were left without an answer by a server that had taken them. */
    cutOff: () => cutOff,
    end: () => agent.destroy(),
  }
}

function replyTo(outgoing: ClientRequest, onDeath: (code?: string) => void): Promise<Reply | undefined> {
  return new Promise((resolve) => {
    const died = ({ code }: NodeJS.ErrnoException) => {
      onDeath(code)
      resolve(undefined)
    }
    outgoing.on('error', died)
    outgoing.on('response', (incoming) => {
      const { statusCode: status = 0, headers } = incoming
      const cookie = headers['set-cookie']?.[0]?.split(';')[0]
      incoming.on('error', died)
      incoming.on('end', () => resolve({ status, location: headers.location, cookie }))
      incoming.resume()
    })
  })
}

/** Tries one connection at a time on behalf of all who wait, so that a starting server has the processor to itself. */
async function untilSomebodyListens(port: number): Promise<void> {
  for (;;) {
    await pause(10)
    const socket = connect(port, '127.0.0.1')
    const isOpen = await new Promise<boolean>((resolve) => {
      socket.on('connect', () => resolve(true)).on('error', () => resolve(false))
    })
    socket.destroy()
    if (isOpen) return
  }
}
