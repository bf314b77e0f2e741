import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { requestOf } from './client.ts'

/** What became of people who came at a steady pace, whether or not others were still being served. */
export interface Crowd {
  /** Came to the thank-you page, a second. */
  thanked: number
  /** The same, in all, also before it was measured. */
  visits: number
  /** Were turned away at the door, of all who came. */
  turnedAway: number
  /** How long the 99th of a hundred answers took, of those to people who were let in and of those to people turned away, in ms. */
  p99: number
  p99Away: number
  failed: number
}

export interface CrowdOptions {
  url: string
  /** Another code for everybody. */
  code: () => string
  /** Over lines that are kept and taken by whoever is next, as a proxy does; else everybody has one of their own. */
  kept?: boolean
  /** How long is measured, after two seconds that are not. */
  seconds: number
  /** Who comes: so many at once, each again when done; or so many a second, whatever becomes of those before. */
  who: { atOnce: number } | { perSecond: number }
}

const answer = 'contact=fairly_easy&views=yes&overall=fairly_satisfied'
const warmUpMs = 2_000
const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Visits, each of another person: the start page, a code, the questions, the answer, the thanks. */
export async function crowd({ url, code, seconds, who, kept = false }: CrowdOptions): Promise<Crowd> {
  const { hostname, port } = new URL(url)
  const waits: number[] = []
  const waitsAway: number[] = []
  const started = performance.now() + warmUpMs
  const end = started + seconds * 1000
  const counts = { thanked: 0, away: 0, failed: 0 }
  let visits = 0
  const idle: Line[] = []
  await ('atOnce' in who ? comeAgain(who.atOnce) : comeSteadily(who.perSecond))
  for (const line of idle) line.close()
  const all = counts.thanked + counts.away + counts.failed
  return {
    thanked: counts.thanked / seconds,
    visits,
    turnedAway: counts.away / all,
    p99: quantile(waits, 0.99),
    p99Away: quantile(waitsAway, 0.99),
    failed: counts.failed,
  }

  async function comeAgain(people: number) {
    const come = async () => {
      while (performance.now() < end) await counted()
    }
    await Promise.all(Array.from({ length: people }, come))
  }

  async function comeSteadily(perSecond: number) {
    const begun = performance.now()
    const visits: Promise<void>[] = []
    while (performance.now() < end) {
      const at = performance.now() - begun
      const due = (at < warmUpMs ? at ** 2 / (2 * warmUpMs) : at - warmUpMs / 2) * (perSecond / 1000)
      while (visits.length < due) visits.push(counted())
      await pause(1)
    }
    await Promise.all(visits)
  }

  /** Counts who is done while it is measured. */
  async function counted() {
    const outcome = await visit().catch(() => 'failed' as const)
    if (outcome === 'thanked') visits++
    if (performance.now() > started && performance.now() < end) counts[outcome]++
  }

  async function visit(): Promise<'thanked' | 'away'> {
    let line: Line | undefined
    const take = () => {
      line ??= idle.pop() ?? openLine(hostname, Number(port))
      return line
    }
    const giveBack = (isLast: boolean) => {
      if (line && kept && !isLast) idle.push(line)
      if (kept) line = undefined
    }
    try {
      const ask = async (request: Buffer, isFirst = false) => {
        const sent = performance.now()
        const found = await take().ask(request)
        giveBack(/^connection: close\r$/im.test(found.head))
        const wait = performance.now() - sent
        if (performance.now() < started) return found
        if (isFirst && found.status === 503) waitsAway.push(wait)
        else waits.push(wait)
        return found
      }
      if ((await ask(requestOf('GET', '/sv', { 'accept-encoding': 'br' }), true)).status === 503) return 'away'
      const entered = await ask(requestOf('POST', '/entry', form, `code=${code()}&language=sv`), true)
      if (entered.status === 503) return 'away'
      const [place, cookie] = [/^location: (.*)\/questions\r$/im, /^set-cookie: ([^;]*)/im].map(
        (pattern) => pattern.exec(entered.head)![1]!,
      )
      await ask(requestOf('GET', `${place}/questions`, { cookie: cookie!, 'accept-encoding': 'br' }))
      const sent = await ask(requestOf('POST', `${place}/response`, { ...form, cookie: cookie! }, answer))
      if (sent.status !== 303) throw new Error(`an answer met ${sent.status}`)
      await ask(
        requestOf('GET', `${place}/thanks`, {
          cookie: /^set-cookie: ([^;]*)/im.exec(sent.head)![1]!,
          'accept-encoding': 'br',
        }),
      )
      return 'thanked'
    } finally {
      line?.close()
    }
  }
}

type Line = ReturnType<typeof openLine>

/** One connection, on which one thing is asked after another. */
function openLine(host: string, port: number) {
  const socket = connect({ host, port, noDelay: true })
  let text = ''
  let wake: (() => void) | undefined
  let fault: Error | undefined
  socket.on('data', (part) => {
    text += part.toString('latin1')
    wake?.()
  })
  socket.on('error', (error) => {
    fault = error
    wake?.()
  })
  socket.on('close', () => {
    fault ??= new Error('cut off')
    wake?.()
  })
  async function ask(request: Buffer): Promise<{ status: number; head: string }> {
    text = ''
    socket.write(request)
    for (;;) {
      const end = text.indexOf('\r\n\r\n') + 4
      if (end > 3) {
        const head = text.slice(0, end)
        const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0)
        if (text.length >= end + length) return { status: Number(head.slice(9, 12)), head }
      }
      if (fault) throw fault
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
  }
  return { ask, close: () => socket.destroy() }
}

function quantile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN
}
