import type { Kpi } from '../catalogue/kpis.ts'
import { firstYear } from './figure.ts'
import { sourceRefusal } from './problem.ts'

/** So many ids the indicator database takes in one place of an address. */
const mostIds = 25

/**
 * What is asked of a live API. An address that ends in its version (`https://api.kolada.se/v3`) is asked for all indicators of the survey and
 * all years, of all areas; one that has a question behind it (`…/v3/data/kpi/U30453/year/2023`) for that alone.
 * @throws DomainError for what is no such address
 */
export function liveQuestions(address: string, kpis: readonly Kpi[], thisYear: number): URL[] {
  if (!URL.canParse(address)) throw sourceRefusal('address', { address: address.slice(0, 200) })
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw sourceRefusal('scheme', { scheme: url.protocol })
  if (/\/v[23]\/data\b/.test(url.pathname)) return [url]
  const version = /^(.*\/v[23])\/?$/.exec(url.pathname)
  if (!version) throw sourceRefusal('address', { address: address.slice(0, 200) })
  const years = yearsUntil(thisYear).join(',')
  return inPieces(kpis.map(({ id }) => id)).map((ids) => {
    const question = new URL(url)
    question.pathname = `${version[1]}/data/kpi/${ids.join(',')}/year/${years}`
    question.searchParams.set('per_page', '5000')
    return question
  })
}

const yearsUntil = (year: number) => Array.from({ length: year - firstYear + 1 }, (_, at) => firstYear + at)

function inPieces(ids: string[]): string[][] {
  const count = Math.ceil(ids.length / mostIds)
  return Array.from({ length: count }, (_, at) => ids.slice(at * mostIds, (at + 1) * mostIds))
}
