import { randomInt } from 'node:crypto'
import { type Channel, channels } from '../invitation/disposition.ts'
import { type Answers, answersOf, optionNumbers } from '../questionnaire/answers.ts'
import { questions } from '../questionnaire/questions.ts'

/** An opened ballot as it is counted. */
export interface OpenedBallot {
  stratumId: string
  channel: Channel
  language: string
  answers: Answers
}

/** Four bytes that say which stratum, channel and language, of those that were seen, and one for each answer. */
const length = 4 + questions.length

/** Half a million opened ballots in six million bytes: as objects they would be hundreds. They come out in random order only. */
export function makePackedBallots() {
  const origins = new Map<string, number>()
  let bytes = new Uint8Array(1_024 * length)
  let ballots = 0
  return {
    get size() {
      return ballots
    },
    add({ stratumId, channel, language, answers }: OpenedBallot) {
      const end = (ballots + 1) * length
      if (end > bytes.length) bytes = grown(bytes)
      const origin = `${stratumId} ${channels.indexOf(channel)} ${language}`
      if (!origins.has(origin)) origins.set(origin, origins.size)
      new DataView(bytes.buffer).setUint32(ballots * length, origins.get(origin)!)
      bytes.set(optionNumbers(answers), ballots * length + 4)
      ballots++
    },
    /** Each of them once, in an order of the operating system's random source (Fisher and Yates). */
    *shuffled(): Generator<OpenedBallot> {
      const known = [...origins.keys()].map((origin) => origin.split(' ') as [string, string, string])
      const view = new DataView(bytes.buffer)
      for (let left = ballots; left > 0; left--) {
        const at = randomInt(left) * length
        const [stratumId, channel, language] = known[view.getUint32(at)]!
        const answers = answersOf(bytes.subarray(at + 4, at + length))
        bytes.copyWithin(at, (left - 1) * length, left * length)
        yield { stratumId, channel: channels[Number(channel)]!, language, answers }
      }
      ballots = 0
    },
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2)
  larger.set(bytes)
  return larger
}
