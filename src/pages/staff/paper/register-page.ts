import { randomBytes } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { StaffContext } from '../context.ts'
import type { Views } from './views.ts'

/** What the page of registering shows: bundles that are not done, the target groups that one can be begun of, and how much has been entered. */
export async function registerPage(
  { staff }: FastifyRequest,
  { stores, languages }: StaffContext,
): Promise<Views['staff/paper/register']> {
  const { scope, municipalityCode } = staff
  const round = await stores.round.findWorkingRound()
  const bundles = round ? await stores.paper.listBundles(round.id, scope) : []
  const strata = round ? await stores.paper.listHandedOut(round.id, scope) : []
  const inRound = round && municipalityCode ? { roundId: round.id, municipalityCode } : undefined
  const sum = (numbers: number[]) => numbers.reduce((all, number) => all + number, 0)
  return {
    strata: strata.map((stratum) => {
      const own = bundles.filter(({ stratumId }) => stratumId === stratum.stratumId)
      return { ...stratum, registered: sum(own.map(({ entered, blank }) => entered + blank)) }
    }),
    imported: inRound ? await stores.paper.countImported(inRound) : undefined,
    open: bundles.filter(({ isDone }) => !isDone),
    entered: sum(bundles.map(({ entered }) => entered)),
    blank: sum(bundles.map(({ blank }) => blank)),
    handedOut: sum(strata.map(({ handedOut }) => handedOut)),
    spoken: languages.all,
    id: randomBytes(6).toString('hex'),
  }
}
