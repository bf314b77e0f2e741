import type { Incoming, Outgoing } from './send.ts'

export interface Finding {
  what: string
  who: string
  outgoing: Outgoing
  incoming: Incoming
}

/**
 * What is wrong with an answer, whatever was asked: a failure of the service, no answer at all, or words that are meant for nobody.
 * A 503 with `Retry-After` is a refusal, not a failure.
 */
export function faultOf({ status, headers, text }: Incoming): string | undefined {
  if (status === undefined) return /ECONNRESET|EPIPE|socket hang up|Parse Error/.test(text) ? undefined : text
  if (status >= 500 && !(status === 503 && headers['retry-after'])) return `status ${status}`
  if (/\n\s+at \S+ \(?\S+:\d+:\d+\)?/.test(text)) return 'a stack trace is shown'
  if (/\[object Object\]|>undefined<|>NaN</.test(text)) return 'a value is shown that is none'
  return undefined
}

/** A request that can be read, and made again. */
export function told({ what, who, outgoing: { method, path, headers, body }, incoming }: Finding): string {
  const sent = body
    ? `\n  ${body.type ?? 'no type'}, ${body.bytes.length} bytes: ${shortened(body.bytes.toString('latin1'))}`
    : ''
  const heads = Object.entries(headers).filter(([name]) => name !== 'cookie')
  return `${what}: ${method} ${shortened(path)} as ${who}, headers ${shortened(JSON.stringify(Object.fromEntries(heads)))}${sent}
  answered after ${incoming.seconds.toFixed(1)} s: ${incoming.status ?? 'nothing'} ${shortened(incoming.text.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' '))}`
}

const shortened = (text: string) => (text.length > 600 ? `${text.slice(0, 600)}… (${text.length} characters)` : text)
