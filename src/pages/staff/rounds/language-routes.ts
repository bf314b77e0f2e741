import type { FastifyInstance, FastifyRequest } from 'fastify'
import { defaultLanguage, type Languages, respondentTextKeys } from '../../../language/languages.ts'
import { chosenLanguages, languageStates, languagesOf } from '../../../round/languages.ts'
import type { Round } from '../../../round/round.ts'
import { languagesForm } from '../../../round/round-form.ts'
import { readForm } from '../../../web/form.ts'
import { bringUpToDate, seenText } from '../../../web/meanwhile.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

const may = 'manage rounds' as const

/** The languages of a round: how complete they are, who has read them, and which of them it uses. */
export async function languageRoutes(
  app: FastifyInstance,
  { stores, page, languages }: StaffContext<Views>,
): Promise<void> {
  const roundId = ({ params }: FastifyRequest) => (params as { roundId: string }).roundId
  const roundOf = (request: FastifyRequest) => stores.round.getRound(roundId(request))
  let keys: string[] | undefined

  app.get('/rounds/:roundId/languages', { config: { may } }, async (request, reply) => {
    const round = await roundOf(request)
    keys ??= respondentTextKeys()
    const mayChange = round.state === 'draft' || round.state === 'enrolling'
    const states = languageStates(languages, keys, round.languages)
    return page(request, reply, 'staff/rounds/languages', {
      round,
      states,
      mayChange,
      seen: seenText(startOf(languages, round)),
    })
  })

  app.post(
    '/rounds/:roundId/languages',
    { config: { may, does: 'rounds.languagesChosen' } },
    async (request, reply) => {
      const id = await choose(request)
      return seeOther(reply, `/staff/rounds/${id}?done=rounds.languagesChosen`)
    },
  )

  async function choose(request: FastifyRequest): Promise<string> {
    const stood = await stores.round.planAsText(roundId(request)) // before the rest: what changes in between is noticed
    const round = await roundOf(request)
    const form = readForm(languagesForm, bringUpToDate(request.body, startOf(languages, round)).typed)
    const chosen = chosenLanguages(languages, 'data' in form ? form.data.languages : [])
    const isDone = await stores.round.changePlan(round.id, { languages: chosen }, stood)
    if (isDone === 'meanwhile') return choose(request) // somebody else was first: on what they have written
    request.done = { subject: round.id, isDone }
    return round.id
  }
}

/** Swedish is always there: its box is not sent. */
const startOf = (languages: Languages, round: Round) => ({
  languages: languagesOf(languages, round)
    .all.map(({ code }) => code)
    .filter((code) => code !== defaultLanguage),
})
