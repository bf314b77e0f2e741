import type { FastifyInstance } from 'fastify'
import { aboutRoutes } from './about-routes.ts'
import { allRoutes } from './all-routes.ts'
import { compareRoutes } from './compare-routes.ts'
import { groupRoutes } from './group-routes.ts'
import { municipalityRoutes } from './municipality-routes.ts'
import { nationRoutes } from './nation-routes.ts'
import { questionRoutes } from './question-routes.ts'
import { type ResultsContext, resultsPages } from './results-pages.ts'
import { unitsRoutes } from './units-routes.ts'

/** The pages of results, for the public or for staff: the same pages, of what each may see. */
export async function resultsApp(app: FastifyInstance, context: ResultsContext): Promise<void> {
  const page = resultsPages(app, context)
  nationRoutes(page, context)
  municipalityRoutes(page, context)
  compareRoutes(page, context)
  aboutRoutes(page, context)
  unitsRoutes(page, context)
  questionRoutes(page, context)
  groupRoutes(page, context)
  allRoutes(page, context)
}
