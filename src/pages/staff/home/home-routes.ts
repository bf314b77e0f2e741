import type { FastifyInstance } from 'fastify'
import { courseOf } from '../../../round/course.ts'
import { seeOther } from '../../../web/page.ts'
import type { StaffContext } from '../context.ts'
import { isMissing, missingText } from '../municipality-list.ts'
import { homeOf } from '../navigation.ts'
import { type NationSituation, pathAt, type Situation } from '../next-step.ts'
import { type Standing, standingOf } from '../situation.ts'
import { languageOf } from '../staff-page.ts'
import { todosOf, withDays } from '../todos.ts'
import { countText, rateText } from '../words.ts'
import { headingOf } from './heading.ts'
import type { Views } from './views.ts'

/** The round; one whose results they are told of has been counted, and one whose results everybody can read is published. */
function roundIn({ situation, isPublished }: Pick<Standing, 'situation' | 'isPublished'>): Situation['round'] {
  const { round, results = [] } = situation
  if (round && isPublished) return { ...round, state: 'published' }
  const isCounted = results.length > 0 || ('isOpened' in situation && situation.isOpened)
  return round?.state === 'closed' && isCounted ? { ...round, state: 'released' } : round
}

/** The first page after signing in: what to do next, then how it goes. */
export async function homeRoutes(app: FastifyInstance, context: StaffContext<Views>): Promise<void> {
  const { page, languages } = context

  app.get('/', { config: { may: 'use own account' } }, async (request, reply) => {
    const { role } = request.staff
    if (homeOf(role) !== '/staff') return seeOther(reply, homeOf(role) + request.url.replace(/^[^?]*/, ''))
    const { situation, overview, nation, isPublished } = await standingOf(request.staff, context)
    const { today } = situation
    const round = roundIn({ situation, isPublished })
    const course = round && courseOf(round, today)
    const language = languageOf(request, languages)
    const { key, values } = headingOf(round, today, course)
    return page(request, reply, 'staff/home/home', {
      ...{ heading: languages.text(language, `staff.home.headings.${key}`, withDays(language, values)), course },
      todos: await todosOf(request, context, situation),
      ...{ overview, nation, countText, rateText },
      pathAt: role === 'national' ? pathAt(situation as NationSituation) : undefined,
      troubled: round?.state === 'collecting' ? overview?.municipalities.filter(isMissing) : undefined,
      missingText,
    })
  })

  /** What an exercise is, for those who wonder at the word in the head of every page. */
  app.get('/practice', { config: { may: 'use own account' } }, async (request, reply) =>
    page(request, reply, 'staff/home/practice', {}),
  )
}
