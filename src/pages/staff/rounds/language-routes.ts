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
  const roundOf = ({ params }: FastifyRequest) => stores.round.getRound((params as { roundId: string }).roundId)
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
      const round = await roundOf(request)
      const form = readForm(languagesForm, bringUpToDate(request.body, startOf(languages, round)).typed)
      const chosen = 'data' in form ? form.data.languages : []
      const isDone = await stores.round.changePlan(round.id, { languages: chosenLanguages(languages, chosen) })
      request.done = { subject: round.id, isDone }
      return seeOther(reply, `/staff/rounds/${round.id}?done=rounds.languagesChosen`)
    },
  )
}

/** Swedish is always there: its box is not sent. */
const startOf = (languages: Languages, round: Round) => ({
  languages: languagesOf(languages, round)
    .all.map(({ code }) => code)
    .filter((code) => code !== defaultLanguage),
})
