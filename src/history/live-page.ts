import { setTimeout as rest } from 'node:timers/promises'
import type { LiveLimits } from './live-limits.ts'
import { sourceRefusal } from './problem.ts'

/** Asks a live API for pages, one after the other, within limits. */
export function askPages(limits: LiveLimits) {
  const deadline = performance.now() + limits.seconds * 1000
  let pages = 0
  let waits = 0
  let allBytes = 0

  /** As long as a page may take, and not beyond the end of all. Node forgets a signal that was put together of others, with its time. */
  async function inTime<Found>(work: (signal: AbortSignal) => Promise<Found>): Promise<Found> {
    const ending = new AbortController()
    const end = () => ending.abort(new DOMException('It takes too long.', 'TimeoutError'))
    const timer = setTimeout(end, Math.min(limits.pageSeconds * 1000, Math.max(0, deadline - performance.now())))
    return work(ending.signal).finally(() => clearTimeout(timer))
  }

  async function ask(url: URL, signal: AbortSignal, redirects = 0): Promise<Response> {
    const headers = { accept: 'application/json' }
    const response = await fetch(url, { redirect: 'manual', headers, signal })
    const location = response.headers.get('location')
    if (response.status < 300 || response.status >= 400 || location === null) return response
    await response.body?.cancel()
    if (redirects >= limits.redirects) throw sourceRefusal('redirects', { host: url.host, limit: limits.redirects })
    return ask(sameHost(url, location), signal, redirects + 1)
  }

  /** The bytes of an answer as they come in, as many as may be. */
  async function* counted({ body }: Response, host: string): AsyncGenerator<Uint8Array> {
    let bytes = 0
    for await (const piece of body ?? []) {
      bytes += piece.length
      allBytes += piece.length
      if (bytes > limits.pageBytes || allBytes > limits.bytes) throw sourceRefusal('tooLarge', { host })
      yield piece
    }
  }

  /** Once more, when the server has said how long to wait. */
  async function waitFor({ headers, body }: Response, host: string): Promise<void> {
    const seconds = secondsIn(headers.get('retry-after'))
    await body?.cancel()
    waits++
    if (waits > limits.waits || seconds > limits.waitSeconds) throw sourceRefusal('busy', { host })
    await rest(Math.min(seconds * 1000, Math.max(0, deadline - performance.now())))
  }

  return {
    /**
     * Has the bytes of a page read, once it is known to be JSON.
     * @throws DomainError in the words of the page, for whatever goes wrong on the way
     */
    async read<Found>(url: URL, reading: (bytes: AsyncIterable<Uint8Array>) => Promise<Found>): Promise<Found> {
      const { host } = url
      pages++
      if (pages > limits.pages) throw sourceRefusal('endless', { host, limit: limits.pages })
      if (pages > 1) await rest(limits.restMs)
      const once = (): Promise<{ found: Found } | { busy: Response }> =>
        inTime(async (signal) => {
          const response = await ask(url, signal)
          if (response.status === 429) return { busy: response }
          refuseOther(response, host)
          return { found: await reading(counted(response, host)) }
        })
      try {
        for (;;) {
          const answer = await once()
          if ('found' in answer) return answer.found
          await waitFor(answer.busy, host)
        }
      } catch (error) {
        throw plainly(error as Error, host)
      }
    },
  }
}

/** Where a redirect leads: to the same host, and from https to nothing else. */
function sameHost(from: URL, location: string): URL {
  const to = URL.canParse(location, from) ? new URL(location, from) : undefined
  const isAllowed = to && (to.protocol === from.protocol || to.protocol === 'https:') && to.hostname === from.hostname
  if (!isAllowed) throw sourceRefusal('otherHost', { host: from.host, other: to?.host ?? location.slice(0, 100) })
  return to
}

const secondsIn = (text: string | null) => (text !== null && /^\d{1,6}$/.test(text) ? Math.max(1, Number(text)) : 1)

function refuseOther({ ok, status, headers }: Response, host: string): void {
  const type = headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? ''
  if (!ok) throw sourceRefusal('status', { host, status })
  if (type === 'text/html') throw sourceRefusal('html', { host })
  if (!/^application\/(?:[\w.+-]+\+)?json$/.test(type)) throw sourceRefusal('notJson', { host, type: type || '?' })
}

/** What a broken or slow connection is called. */
function plainly(error: Error, host: string): Error {
  if (error.name === 'DomainError') return error
  if (error.name === 'TimeoutError' || error.name === 'AbortError') return sourceRefusal('slow', { host }, error)
  if (error instanceof TypeError) return sourceRefusal('unreachable', { host, code: codeOf(error.cause) }, error)
  return error
}

const codeOf = (cause: unknown) => (cause as { code?: string } | undefined)?.code ?? '?'
