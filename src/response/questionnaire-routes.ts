import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { isPassing } from '../database/connection.ts'
import type { Log } from '../log.ts'
import { type Answers, isEmpty } from '../questionnaire/answers.ts'
import { answersSchema } from '../questionnaire/answers-form.ts'
import { registerOf } from '../questionnaire/target-groups.ts'
import { sealTo } from '../round/round-key.ts'
import type { Language, Languages } from '../web/languages.ts'
import { preferredLanguage } from '../web/negotiation.ts'
import { seeOther, sendPage } from '../web/page.ts'
import { encodeBallot } from './ballot.ts'
import type { SurveyPages } from './pages.ts'
import type { RecordResponse } from './store.ts'
import type { Answering, Visit } from './visit.ts'
import type { VisitCookie } from './visit-cookie.ts'

export interface QuestionnaireOptions {
  pages: () => SurveyPages
  languages: Languages
  visits: VisitCookie
  findPublicKey: (stratumId: string) => Promise<Buffer | undefined>
  recordResponse: RecordResponse
  log: Log
}

const languageForm = answersSchema.and(z.object({ language: z.string().max(20) }))

/** From the first question to the thank-you. The one place where an answer is sealed and stored. */
export async function questionnaireRoutes(app: FastifyInstance, options: QuestionnaireOptions): Promise<void> {
  const { pages, languages, visits, findPublicKey, recordResponse, log } = options

  app.get('/questions', (request, reply) => {
    const visit = visits.read(request)
    if (visit?.kind === 'thanked') return seeOther(reply, '/thanks')
    if (visit?.kind !== 'answering') return seeOther(reply, '/')
    if (visit.expired) return askForCodeAgain(request, reply, visit.draft)

    const { targetGroup, draft, problem } = visit
    const language = languageOf(visit, request)
    if (!draft && !problem) return sendPage(request, reply, pages().questionnaire(language, targetGroup))
    return pages()
      .questionnaireInProgress(language, targetGroup, { answers: draft, problem })
      .then((page) => sendPage(request, reply, page))
  })

  app.post('/language', async (request, reply) => {
    const { language, ...answers } = languageForm.parse(request.body)
    const wanted = pages().offered.find(language)
    const visit = visits.read(request)
    if (visit?.kind === 'thanked') return seeOther(reply, '/thanks')
    if (visit?.kind !== 'answering' || visit.expired) return askForCodeAgain(request, reply, answers, wanted)

    const next = { ...stay(visit), language: (wanted ?? languageOf(visit, request)).code, draft: answers }
    return seeOther(visits.write(reply, next), '/questions')
  })

  app.post('/response', async (request, reply) => {
    const answers = answersSchema.parse(request.body ?? {})
    const visit = visits.read(request)
    if (visit?.kind === 'thanked') return seeOther(reply, '/thanks')
    if (visit?.kind !== 'answering' || visit.expired) return askForCodeAgain(request, reply, answers)
    if (isEmpty(answers)) return seeOther(visits.write(reply, { ...stay(visit), problem: 'empty' }), '/questions')

    try {
      const outcome = await recordResponse(await sealedBallot(visit, answers))
      if (outcome === 'closed') return seeOther(visits.clear(reply), `/${visit.language}/closed`)
    } catch (error) {
      if (!isPassing(error)) throw error
      log.error({ code: (error as { code: string }).code }, 'an answer could not be stored; the person was told')
      const page = await pages().questionnaireInProgress(languageOf(visit, request), visit.targetGroup, {
        answers,
        problem: 'unavailable',
      })
      return sendPage(request, reply.header('retry-after', '30'), page, 503)
    }
    const { language, targetGroup } = visit
    return seeOther(visits.write(reply, { kind: 'thanked', language, register: registerOf(targetGroup) }), '/thanks')
  })

  app.get('/thanks', async (request, reply) => {
    const visit = visits.read(request)
    if (visit?.kind !== 'thanked') return seeOther(reply, '/')
    return sendPage(request, reply, pages().thanks(languageOf(visit, request), visit.register))
  })

  /** The visit has run out, or its cookie is gone: nothing is stored, and the answers in hand come along to the start page. */
  function askForCodeAgain(request: FastifyRequest, reply: FastifyReply, answers: Answers = {}, wanted?: Language) {
    const language = wanted ?? languageOf(visits.read(request), request)
    const draft = isEmpty(answers) ? undefined : answers
    return seeOther(visits.write(reply, { kind: 'entering', problem: 'time-passed', draft }), `/${language.code}`)
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

/** The visit as it goes on, without what was said about it last time. */
function stay({ kind, spentTag, ballotId, stratumId, roundId, channel, targetGroup, language }: Answering): Answering {
  return { kind, spentTag, ballotId, stratumId, roundId, channel, targetGroup, language }
}
