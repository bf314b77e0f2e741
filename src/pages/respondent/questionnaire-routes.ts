import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { isPassing } from '../../database/connection.ts'
import type { Language, Languages } from '../../language/languages.ts'
import { type CountedLog, countNotStored } from '../../log/counted-log.ts'
import { type Answers, isEmpty } from '../../questionnaire/answers.ts'
import { answersSchema } from '../../questionnaire/answers-form.ts'
import { registerOf, type TargetGroup, targetGroups } from '../../questionnaire/target-groups.ts'
import { sealTo } from '../../round/round-key.ts'
import { encodeBallot } from '../../urn/ballot.ts'
import type { RecordResponse } from '../../urn/sealed-ballot.ts'
import type { NoteLostCookie } from '../../web/lost-cookies.ts'
import { preferredLanguage } from '../../web/negotiation.ts'
import { seeOther, sendPage } from '../../web/page.ts'
import type { SurveyPages } from './pages.ts'
import type { VisitCookie } from './visit-cookie.ts'
import type { Answering, Visit } from './visit-format.ts'

export interface QuestionnaireOptions {
  pages: () => SurveyPages
  languages: Languages
  visits: VisitCookie
  findPublicKey: (stratumId: string) => Promise<Buffer | undefined>
  recordResponse: RecordResponse
  noteLostCookie: NoteLostCookie
  troubles: CountedLog
}

/** A page or a form of the visit with this mark. */
interface Marked {
  Params: { mark: string }
}

const toQuestions = { formAt: '/visit/:mark/questions' }
/** Whom a form asks: all that is known of it where its visit is not. */
const askedForm = z.object({ group: z.enum(targetGroups).optional().catch(undefined) })
const languageForm = answersSchema.and(z.object({ language: z.string().max(20) }))

/** From the first question to the thank-you. The one place where an answer is sealed and stored. */
export async function questionnaireRoutes(app: FastifyInstance, options: QuestionnaireOptions): Promise<void> {
  const { pages, languages, visits, findPublicKey, recordResponse, noteLostCookie, troubles } = options

  app.get<Marked>('/visit/:mark/questions', (request, reply) => {
    const { mark } = request.params
    const visit = visits.read(request, mark)
    if (visit?.kind === 'thanked') return seeOther(reply, `/visit/${mark}/thanks`)
    if (visit?.kind !== 'answering') return sayThatVisitIsGone(request, reply)
    if (visit.expired) return askForCodeAgain(request, reply, { visit, answers: visit.draft })

    const { targetGroup, draft, problem } = visit
    const language = languageOf(visit, request)
    const { questionnaire, questionnaireInProgress } = pages()
    const isFresh = !draft && !problem
    const page = isFresh
      ? questionnaire(language, targetGroup)
      : questionnaireInProgress(language, targetGroup, { answers: draft, problem })
    return page.then((page) => sendPage(request, reply, page))
  })

  app.post<Marked>('/visit/:mark/language', { config: toQuestions }, async (request, reply) => {
    const { mark } = request.params
    const { language, ...answers } = languageForm.parse(request.body)
    const wanted = pages().offered.find(language)
    const visit = visits.read(request, mark)
    if (visit?.kind === 'thanked') return seeOther(reply, `/visit/${mark}/thanks`)
    if (visit?.kind !== 'answering' || visit.expired)
      return askForCodeAgain(request, reply, { visit, answers, wanted, asked: groupOf(request) })

    const next = { ...stay(visit), language: (wanted ?? languageOf(visit, request)).code, draft: answers }
    return seeOther(visits.write(reply, mark, next), `/visit/${mark}/questions`)
  })

  app.post<Marked>('/visit/:mark/response', { config: toQuestions }, async (request, reply) => {
    const { mark } = request.params
    const answers = answersSchema.parse(request.body ?? {})
    const visit = visits.read(request, mark)
    if (visit?.kind === 'thanked') return seeOther(reply, `/visit/${mark}/thanks`)
    if (visit?.kind !== 'answering' || visit.expired)
      return askForCodeAgain(request, reply, { visit, answers, asked: groupOf(request) })
    if (isEmpty(answers))
      return seeOther(visits.write(reply, mark, { ...stay(visit), problem: 'empty' }), `/visit/${mark}/questions`)

    try {
      const outcome = await recordResponse(await sealedBallot(visit, answers))
      if (outcome === 'closed') return seeOther(visits.clear(reply, mark), `/${visit.language}/closed`)
    } catch (error) {
      return giveBack(request, reply, { visit, answers, error: error as Error })
    }
    const { language, targetGroup } = visit
    const thanked = { kind: 'thanked', language, register: registerOf(targetGroup) } as const
    return seeOther(visits.write(reply, mark, thanked), `/visit/${mark}/thanks`)
  })

  app.get<Marked>('/visit/:mark/thanks', async (request, reply) => {
    const visit = visits.read(request, request.params.mark)
    if (visit?.kind !== 'thanked') return sayThatVisitIsGone(request, reply)
    return sendPage(request, reply, await pages().thanks(languageOf(visit, request), visit.register))
  })

  /** Whatever went wrong: the form comes back with every choice still made. Sent again, it is the same ballot. */
  async function giveBack(
    request: FastifyRequest,
    reply: FastifyReply,
    { visit, answers, error }: { visit: Answering; answers: Answers; error: Error & { code?: string } },
  ) {
    const passing = isPassing(error)
    countNotStored(troubles, error, passing)
    const problem = passing ? 'unavailable' : 'unexpected'
    const page = await pages().questionnaireInProgress(languageOf(visit, request), visit.targetGroup, {
      answers,
      problem,
    })
    return sendPage(request, reply.header('retry-after', '30'), page, 503)
  }

  /** The cookie is not there: never kept by the browser, or too old. Where to go from here is the same. */
  async function sayThatVisitIsGone(
    request: FastifyRequest,
    reply: FastifyReply,
    language = languageOf(undefined, request),
  ) {
    const name = noteLostCookie(request) === 'http' ? 'visit-gone-http' : 'visit-gone'
    return sendPage(request, reply, await pages().message(language, name), 400)
  }

  /**
   * The visit has run out, or its cookie is gone: nothing is stored. The page that asks for the code holds the answers, sealed, and no
   * cookie does: whoever opens another code in this browser does not meet them.
   */
  async function askForCodeAgain(
    request: FastifyRequest,
    reply: FastifyReply,
    {
      visit,
      answers = {},
      wanted,
      asked,
    }: { visit: Visit | undefined; answers?: Answers; wanted?: Language; asked?: TargetGroup },
  ) {
    const known = visit?.kind === 'answering' ? visit : undefined
    if (!known && isEmpty(answers)) return sayThatVisitIsGone(request, reply, wanted)
    if (!known) noteLostCookie(request)
    const kept = isEmpty(answers) ? undefined : visits.keep(answers, known ?? asked)
    const problem = known ? 'time-passed' : 'visit-gone'
    const page = await pages().start(wanted ?? languageOf(visit, request), { problem, kept })
    return sendPage(request, reply, page, 400)
  }

  /** The language somebody is in the middle of, though it may not be offered any more; else the one they would begin in. */
  function languageOf(visit: Visit | undefined, request: FastifyRequest): Language {
    const chosen = visit && 'language' in visit ? languages.find(visit.language) : undefined
    return chosen ?? preferredLanguage(request.headers, pages().offered)
  }

  async function sealedBallot(visit: Answering, answers: Answers) {
    const { stratumId, channel, roundId, language, ballotId, spentTag } = visit
    const publicKey = await findPublicKey(stratumId)
    if (!publicKey) throw new Error('a visit names a stratum that does not exist')
    const sealed = sealTo(publicKey, encodeBallot({ stratumId, language, answers }))
    return { ballotId, spentTag, stratumId, channel, roundId, sealed }
  }
}

const groupOf = ({ body }: FastifyRequest) => askedForm.parse(body ?? {}).group

/** The visit as it goes on, without what was said about it last time. */
function stay({ kind, spentTag, ballotId, stratumId, roundId, channel, targetGroup, language }: Answering): Answering {
  return { kind, spentTag, ballotId, stratumId, roundId, channel, targetGroup, language }
}
