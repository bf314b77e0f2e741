import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Published } from '../../actions/published.ts'
import { licenceUrl } from '../../catalogue/licence.ts'
import type { Config } from '../../config.ts'
import { askedForEachTime, entityTag, hasAlready } from '../../web/entity-tag.ts'
import type { limitWeight } from './limit.ts'
import { sendProblem } from './problems.ts'

interface Given {
  limit: ReturnType<typeof limitWeight>
  settings: Pick<Config, 'keepRoundKey' | 'dataLicence'>
}

/** What stands with figures that were made up. */
const practice = 'Övningssiffror'

/** Says of which years figures were withdrawn, also where a file has no place for it. */
const withdrawnHeader = ({ withdrawn }: Published): Record<string, string> =>
  withdrawn.length > 0 ? { 'withdrawn-years': withdrawn.map(({ year }) => year).join(', ') } : {}

/** What every answer of what is published has in common. */
export function servingOf({ limit, settings: { keepRoundKey, dataLicence } }: Given) {
  /** What stands with figures that were made up; nothing with others. */
  const noteOf = ({ isPractice }: Published) => (keepRoundKey || isPractice ? practice : undefined)

  return {
    noteOf,

    /** Counts who asks, or tells them to wait, where they asked for much. @returns whether they wait */
    isTurnedAway(request: FastifyRequest, reply: FastifyReply): boolean {
      const seconds = limit.secondsToWait(request.ip)
      if (seconds > 0) sendProblem(reply.header('retry-after', String(seconds)), 429, 'Too Many Requests')
      else limit.countRequest(request.ip)
      return seconds > 0
    },

    /**
     * Says what is published, and under which licence: the same tag for everybody who asks the same, until something is published or the
     * program is another. @returns whether who asks has it already, and is told so
     */
    isKnown(request: FastifyRequest, reply: FastifyReply, known: Published): boolean {
      const tag = `W/${entityTag(JSON.stringify([known.key, noteOf(known), request.url]))}`
      reply.headers({
        ...askedForEachTime,
        etag: tag,
        link: `<${licenceUrl[dataLicence]}>; rel="license"`,
        ...withdrawnHeader(known),
      })
      const isKnown = hasAlready(request, tag)
      if (isKnown) reply.code(304).send()
      return isKnown
    },
  }
}
