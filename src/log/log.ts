import pino, { type Logger } from 'pino'
import type { LogLines } from './log-lines.ts'

/**
 * What the service says to those who run it. It knows of no request, and Fastify is given no log at all: a line says of somebody's
 * visit only what it names itself, which is a kind of error and never an address, a URL, a header or a body.
 */
export type Log = Pick<Logger, 'error' | 'warn' | 'info'>

/** Lines of JSON. Where they go must never fail: a destination of pino's own ends the process when the disk is full. */
export function makeLog(level: string, lines: LogLines): Log {
  return pino({ level, base: null }, lines)
}

/** Says nothing. */
export const silentLog: Log = pino({ level: 'silent' }, { write() {} })
