import type { FastifyRequest } from 'fastify'
import { type Missing, missingOf } from '../../../fieldwork/missing.ts'
import type { Overview } from '../../../fieldwork/overview.ts'
import { canBeCounted } from '../../../invitation/batch.ts'
import { may } from '../../../people/roles.ts'
import type { Round } from '../../../round/round.ts'
import type { StaffContext } from '../context.ts'
import { languageOf } from '../staff-page.ts'
import { type Todo, todosOfPrints } from '../todos.ts'

/** What keeps a rate from being true, the most misleading first: prints with their answers, all else with the way to mend it, for those who may. */
export async function toMend(
  request: FastifyRequest,
  { stores, languages }: Pick<StaffContext, 'stores' | 'languages'>,
  { round, overview }: { round: Round; overview: Pick<Overview, 'strata'> },
): Promise<Todo[]> {
  const { role, scope } = request.staff
  const language = languageOf(request, languages)
  const missing = missingOf(overview)
  const todoOf = ({ kind, place, channel, href, action }: Missing): Todo => {
    const word = (key: string) => languages.text(language, `staff.words.${key}`).toLocaleLowerCase(language.intl)
    const values = {
      ...{ unit: place.unit, group: word(`groups.${place.targetGroup}`) },
      channel: channel ? word(`channels.${channel}`) : '',
    }
    const text = languages.text(language, `staff.fieldwork.missing.${kind}`, values)
    const isMendable = kind !== 'unsettled' && may(role, action)
    return isMendable
      ? { text, href, button: languages.text(language, `staff.fieldwork.missing.mend.${kind}`) }
      : { text }
  }
  const prints = missing.filter(({ kind }) => kind === 'unsettled')
  const first = missing.findIndex(({ kind }) => kind === 'unsettled')
  if (first < 0 || !may(role, 'count leftovers') || !canBeCounted(round)) return missing.map(todoOf)
  const shown = new Set(prints.map(({ place }) => place.id))
  const batches = await stores.invitation.listBatches(round.id, scope)
  const theirs = batches.filter(({ stratumId }) => shown.has(stratumId))
  const others = missing.filter(({ kind }) => kind !== 'unsettled').map(todoOf)
  return others.toSpliced(first, 0, ...todosOfPrints(languages, language, theirs))
}
