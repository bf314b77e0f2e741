import { fstatSync, writeSync } from 'node:fs'
import { Socket } from 'node:net'

/** Where lines of the log go. What cannot be written is dropped and counted: no log may stop the service, nor fill its memory. */
export interface LogLines {
  /** Never throws and never waits for a reader. */
  write(line: string): void
}

/** How much may wait for a reader who does not read, in bytes. */
const mostWaiting = 1_000_000

/**
 * Lines to an open file descriptor, such as standard output. After a gap the first line that gets through is preceded by one that
 * says how many were lost, with no time of theirs.
 */
export function linesTo(descriptor: number): LogLines {
  const put = hasReader(descriptor) ? intoPipe(descriptor) : intoFile(descriptor)
  let lost = 0
  return {
    write(line) {
      const gap =
        lost === 0 ? '' : `\n{"level":40,"lost":${lost},"msg":"so many lines of the log could not be written"}\n`
      if (put(`${gap}${line}`)) lost = 0
      else lost++
    },
  }
}

/** A pipe or a socket, as of a journal, whose reader may be slow or gone; a file's disk may be full instead. */
function hasReader(descriptor: number): boolean {
  try {
    const stat = fstatSync(descriptor)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false // it was closed before the start
  }
}

function intoFile(descriptor: number): (text: string) => boolean {
  return (text) => {
    const bytes = Buffer.from(text)
    try {
      return writeSync(descriptor, bytes) === bytes.length
    } catch {
      return false
    }
  }
}

function intoPipe(descriptor: number): (text: string) => boolean {
  let pipe: Socket | undefined
  return (text) => {
    pipe ??= openPipe(descriptor)
    if (pipe.destroyed || pipe.writableLength > mostWaiting) return false
    pipe.write(text)
    return true
  }
}

/** Written to without waiting: a reader that stands still would otherwise hold up everybody. */
function openPipe(descriptor: number): Socket {
  const pipe = new Socket({ fd: descriptor, readable: false, writable: true })
  pipe.on('error', () => {}) // the reader has gone: all that comes is dropped
  return pipe.unref()
}
