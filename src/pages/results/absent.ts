import type { AskedPage, ResultsContext } from './results-pages.ts'
import { yearsOf } from './without-year.ts'

/** Of a municipality that did not take part: that it did not, and in which years it did; nothing of a code that no municipality has. */
export async function absentMunicipality(
  code: string,
  { frame, readable, params, t, year: asked }: AskedPage,
  { organisation, results }: ResultsContext['stores'],
) {
  const municipality = (await organisation.listMunicipalities()).find((one) => one.code === code)
  if (!municipality || params.file !== undefined) return undefined
  const years = (await yearsOf(code, readable, results)).map((year) => ({
    year,
    href: `${frame.base}/${year}/${code}`,
  }))
  const { name } = municipality
  const title = t('results.absent.title', { name, year: String(asked) })
  return { view: 'results/absent', title, data: { name, years }, status: 404 } as const
}
