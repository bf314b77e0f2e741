import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import * as z from 'zod'
import { isPassing } from '../../database/connection.ts'
import { spentTag as spentTagOf } from '../../invitation/code-tag.ts'
import { readAnyKeyboard } from '../../invitation/other-keyboards.ts'
import type { FindInvitation, Invitation } from '../../invitation/store.ts'
import type { Language, Languages } from '../../language/languages.ts'
import { type CountedLog, countFailure } from '../../log/counted-log.ts'
import type { Answers } from '../../questionnaire/answers.ts'
import type { Door } from '../../web/door.ts'
import type { MayBeHttp } from '../../web/lost-cookies.ts'
import { preferredLanguage } from '../../web/negotiation.ts'
import { seeOther, sendPage } from '../../web/page.ts'
import type { SurveyPages } from './pages.ts'
import { type DoorProblem, typedAgain } from './start-page.ts'
import { newBallotId } from './visit.ts'
import type { VisitCookie } from './visit-cookie.ts'
import type { Answering } from './visit-format.ts'
import type { WrongCodes } from './wrong-codes.ts'

export interface EntryOptions {
  pages: () => SurveyPages
  languages: Languages
  visits: VisitCookie
  findInvitation: FindInvitation
  spentPepper: Buffer
  isHttp: MayBeHttp
  wrongCodes: WrongCodes
  door: Door
  troubles: CountedLog
}

/** A whole message may be pasted; its beginning is enough. */
const code = z
  .string()
  .default('')
  .transform((text) => text.slice(0, 10_000))
const languageCode = z.string().max(20).optional()
/** Answers whose code is asked for again, as the page got them. */
const kept = z.string().max(500).optional().catch(undefined)
const entryForm = z.object({ code, language: languageCode, kept })
const otherLanguageForm = z.object({ code, wanted: languageCode, kept })

/** From the start page to the first question: a code is read, looked up, and becomes a visit. Nothing is stored. */
export async function entryRoutes(app: FastifyInstance, options: EntryOptions): Promise<void> {
  const { pages, languages, visits, findInvitation, spentPepper, isHttp, wrongCodes, door, troubles } = options

  app.get('/', async (request, reply) => {
    const language = preferredLanguage(request.headers, pages().offered)
    return sendPage(request, reply, await startPage(request, reply, language))
  })

  for (const language of languages.all) {
    app.get(`/${language.code}`, async (request, reply) => {
      const { offered } = pages()
      if (offered.find(language.code)) return sendPage(request, reply, await startPage(request, reply, language))
      return seeOther(reply, `/${preferredLanguage(request.headers, offered).code}`)
    })
  }

  app.post('/entry', async (request, reply) => {
    const form = entryForm.parse(request.body ?? {})
    const { offered } = pages()
    const language = offered.find(form.language ?? '') ?? preferredLanguage(request.headers, offered)
    const isLetIn = await door.enter('code')
    const { digits, problem } = readAnyKeyboard(form.code)
    /** At once, and not by way of a cookie: a browser that keeps none would come to an empty start page. */
    const again = async (what: DoorProblem, status = 400, minutes = 0.5) => {
      const asked = { problem: what, typed: typedAgain(form.code, digits), kept: form.kept, minutes }
      if (status === 503 || status === 429) reply.header('retry-after', `${minutes * 60}`) // a defect does not pass by itself
      return sendPage(request, reply, await pages().start(language, asked), status)
    }
    if (!isLetIn) return again('unavailable', 503)
    if (problem) return again(problem)

    const minutes = await wrongCodes.minutesToWait(request.ip)
    if (minutes > 0) return again('tooMany', 429, minutes)
    const invitation = await findInvitation(digits).catch((error: Error) => error)
    if (invitation instanceof Error) {
      const passing = isPassing(invitation)
      countFailure(troubles, invitation, passing)
      return passing ? again('unavailable', 503) : again('unexpected', 500)
    }
    if (!invitation) {
      await wrongCodes.count(request.ip)
      if (form.kept) return again('cannot-use')
      visits.writeEntering(reply, { kind: 'entering', typed: typedAgain(form.code, digits) })
      return seeOther(reply, `/${language.code}/${isHttp(request) ? 'cannot-use-http' : 'cannot-use'}`)
    }
    if (invitation.phase !== 'collecting') return seeOther(reply, `/${language.code}/${invitation.phase}`)
    const spentTag = spentTagOf(spentPepper, invitation.tag)
    const draft =
      form.kept === undefined ? undefined : visits.takeUp(form.kept, { spentTag, targetGroup: invitation.targetGroup })
    const mark = visits.begin(request, reply, answering({ invitation, spentTag, language, draft }))
    if (visits.readEntering(request)) visits.clearEntering(reply)
    return seeOther(reply, `/visit/${mark}/questions`)
  })

  /** The start page in another language, while it keeps answers. */
  app.post('/entry/language', async (request, reply) => {
    const { code, wanted, kept } = otherLanguageForm.parse(request.body ?? {})
    const { offered } = pages()
    const language = offered.find(wanted ?? '') ?? preferredLanguage(request.headers, offered)
    if (!kept) return seeOther(reply, `/${language.code}`)
    const typed = typedAgain(code, readAnyKeyboard(code).digits)
    return sendPage(request, reply, await pages().start(language, { problem: 'kept', typed, kept }))
  })

  /** What was typed of a code that cannot be used comes back once, to be compared. */
  async function startPage(request: FastifyRequest, reply: FastifyReply, language: Language) {
    const visit = visits.readEntering(request)
    if (!visit || visit.expired) return pages().start(language)
    visits.clearEntering(reply)
    return pages().start(language, { typed: visit.typed })
  }

  function answering(entered: {
    invitation: Invitation
    spentTag: Buffer
    language: Language
    draft: Answers | undefined
  }): Answering {
    const { invitation, spentTag, language, draft } = entered
    return {
      kind: 'answering',
      spentTag,
      ballotId: newBallotId(),
      stratumId: invitation.stratumId,
      roundId: invitation.roundId,
      channel: invitation.channel,
      targetGroup: invitation.targetGroup,
      language: language.code,
      draft,
    }
  }
}
