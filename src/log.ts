import pino, { type DestinationStream, type Logger } from 'pino'

/**
 * What the service says to those who run it. It knows of no request, and Fastify is given no log at all: a line says of somebody's
 * visit only what it names itself, which is a kind of error and never an address, a URL, a header or a body.
 */
export type Log = Pick<Logger, 'error' | 'warn' | 'info'>

/** Lines of JSON, to standard output unless told where else. */
export function makeLog(level: string, stream?: DestinationStream): Log {
  return pino({ level, base: null }, stream)
}
