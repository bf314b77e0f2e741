import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { spentTag } from '../invitation/code-tag.ts'
import type { FindInvitation, Invitation } from '../invitation/store.ts'
import { readTypedCode } from '../invitation/survey-code.ts'
import type { Door } from '../web/door.ts'
import type { ErrorPages } from '../web/error-pages.ts'
import type { Language, Languages } from '../web/languages.ts'
import { preferredLanguage } from '../web/negotiation.ts'
import { seeOther, sendPage } from '../web/page.ts'
import { type SurveyPages, typedAgain } from './pages.ts'
import { type Answering, type Entering, newBallotId } from './visit.ts'
import type { VisitCookie } from './visit-cookie.ts'
import type { WrongCodes } from './wrong-codes.ts'

export interface EntryOptions {
  pages: () => SurveyPages
  languages: Languages
  visits: VisitCookie
  findInvitation: FindInvitation
  spentPepper: Buffer
  wrongCodes: WrongCodes
  door: Door
  errors: () => ErrorPages
}

/** A whole message may be pasted; its beginning is enough. */
const code = z
  .string()
  .default('')
  .transform((text) => text.slice(0, 10_000))
const entryForm = z.object({ code, language: z.string().max(20).optional() })

/** From the start page to the first question: a code is read, looked up, and becomes a visit. Nothing is stored. */
export async function entryRoutes(app: FastifyInstance, options: EntryOptions): Promise<void> {
  const { pages, languages, visits, findInvitation, spentPepper, wrongCodes, door, errors } = options

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
    if (door.isFullForCodes())
      return sendPage(request, reply.header('retry-after', '30'), errors().find(language, 'unavailable'), 503)
    const typed = readTypedCode(form.code)
    const draft = draftOf(visits.readEntering(request))
    if (typed.problem) {
      const again = typedAgain(form.code, typed.digits)
      return seeOther(
        visits.writeEntering(reply, { kind: 'entering', problem: typed.problem, typed: again, draft }),
        `/${language.code}`,
      )
    }

    await wrongCodes.refuseTooMany(request.ip)
    const invitation = await findInvitation(typed.digits)
    if (!invitation) {
      await wrongCodes.count(request.ip)
      const again: Entering = { kind: 'entering', typed: typedAgain(form.code, typed.digits), draft }
      return seeOther(visits.writeEntering(reply, again), `/${language.code}/cannot-use`)
    }
    if (invitation.phase !== 'collecting') return seeOther(reply, `/${language.code}/${invitation.phase}`)
    const mark = visits.begin(request, reply, answering(invitation, language, draft))
    if (visits.readEntering(request)) visits.clearEntering(reply)
    return seeOther(reply, `/visit/${mark}/questions`)
  })

  /** A problem with a code is shown once; what was typed comes back with it. */
  async function startPage(request: FastifyRequest, reply: FastifyReply, language: Language) {
    const visit = visits.readEntering(request)
    if (!visit || visit.expired) return pages().start(language)
    if (!visit.draft) visits.clearEntering(reply)
    return pages().start(language, visit)
  }

  function answering(invitation: Invitation, language: Language, draft: Entering['draft']): Answering {
    return {
      kind: 'answering',
      spentTag: spentTag(spentPepper, invitation.tag),
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

/** Answers that were in hand when a visit ran out. */
function draftOf(visit: (Entering & { expired: boolean }) | undefined) {
  return visit && !visit.expired ? visit.draft : undefined
}
