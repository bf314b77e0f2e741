import { DomainError } from '../errors.ts'
import { asBuffer } from '../memory/as-buffer.ts'
import { fairTurns } from '../memory/fair-turns.ts'
import { startThread } from '../memory/start-thread.ts'
import { endInTime } from '../memory/time-limit.ts'
import { inProject } from '../project-folder.ts'

/** What the thread says: the picture, or why there is none. */
export type PngReply = { png: Uint8Array } | { error: string }

// The built file: Node runs no TypeScript in a thread, and the tests run from the sources.
const program = inProject('dist/chart/png-thread-program.js')

/** A picture takes some tenths of a second; what takes this long takes for ever. */
const mostSeconds = 20

/** The tallest picture of a page has some 80 000 signs. Of a much larger one, the pixels alone would take hundreds of megabytes. */
const longest = 300_000

const busy = (message: string) => new DomainError('unavailable', message, { messageKey: 'pictureBusy' })

/** One picture at a time: however many are asked for, they take one core, and those who answer have the others. */
const inTurn = fairTurns({ mostOfOne: 8, most: 40, refusal: () => busy('Many pictures wait to be drawn.') })

const underway = new Map<string, Promise<Buffer>>()

/**
 * Draws a picture in pixels, twice as many across and down as it is large, with our own fonts: on a thread of its own, for it would
 * hold up everybody. What several people wait for is drawn once.
 * @param owner who asks: each has a turn before anybody has two
 * @throws DomainError `unavailable` when many pictures wait, and when it took too long; Error with what the renderer has to say
 */
export function pngOf(svg: string, owner: string, { seconds = mostSeconds } = {}): Promise<Buffer> {
  const same = underway.get(svg)
  if (same) return same
  const drawing = inTurn({ owner }, () => draw(svg, seconds)).finally(() => underway.delete(svg))
  underway.set(svg, drawing)
  return drawing
}

function draw(svg: string, seconds: number): Promise<Buffer> {
  if (svg.length > longest) throw new Error(`A picture of ${svg.length} signs is too large to be drawn`)
  return new Promise((resolve, reject) => {
    const worker = startThread(program, svg, { megabytes: 64 })
    const { isLate } = endInTime(worker, () => worker.terminate(), { seconds })
    worker.once('message', (reply: PngReply) => {
      if ('png' in reply) resolve(asBuffer(reply.png))
      else reject(new Error(`A picture cannot be drawn: ${reply.error}`))
    })
    worker.once('error', reject)
    // Its last word comes in the same turn as its end, and is to be heard first.
    worker.once('exit', () =>
      setImmediate(() =>
        reject(isLate() ? busy('A picture took too long.') : new Error('The thread of a picture ended without it')),
      ),
    )
  })
}
