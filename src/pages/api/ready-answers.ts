import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { keptWhile } from '../../memory/kept-while.ts'
import type { Encoding } from '../../web/negotiation.ts'

/** How long an answer may be that is kept, and how much all of them may take together, in bytes. */
const most = { ofOne: 64 * 1024, together: 8 * 1024 * 1024 }

/** What keeping one costs beside its bytes: few are as large as this. */
const costOfOne = 500

/** An answer as it goes out, and how many rows there are in it. */
export interface ReadyAnswer {
  body: Buffer
  rows: number
}

/** Small answers as they went out, by address and encoding, for as long as the same is published. Large ones are made anew each time. */
export function readyAnswers() {
  const answers = keptWhile<ReadyAnswer>({
    mostSize: most.together,
    sizeOf: ({ body }) => costOfOne + body.length,
  })
  const keyOf = (address: string, encoding: Encoding) => `${encoding} ${address}`

  return {
    /** @param now what is published */
    find: (now: string, address: string, encoding: Encoding): ReadyAnswer | undefined =>
      answers.find(now, keyOf(address, encoding)),
    /** Keeps an answer that was made of what was published. @returns it as it goes out */
    keep(
      known: string,
      address: string,
      encoding: Encoding,
      { text, rows }: { text: string; rows: number },
    ): ReadyAnswer {
      const answer = { body: pack[encoding](Buffer.from(text)), rows }
      answers.keep(known, keyOf(address, encoding), answer)
      return answer
    },
  }
}

const pack: Record<Encoding, (body: Buffer) => Buffer> = {
  identity: (body) => body,
  gzip: (body) => gzipSync(body),
  br: (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
}

/** The whole text where it is small; otherwise its pieces, of which none is lost. */
export async function wholeOrPieces(pieces: AsyncGenerator<string>): Promise<string | AsyncGenerator<string>> {
  let text = ''
  for (let next = await pieces.next(); !next.done; next = await pieces.next()) {
    text += next.value
    if (text.length > most.ofOne) return after(text, pieces)
  }
  return text
}

async function* after(first: string, pieces: AsyncGenerator<string>): AsyncGenerator<string> {
  yield first
  yield* pieces
}
