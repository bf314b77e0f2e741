import { type QuestionId, qualityQuestions } from '../../questionnaire/questions.ts'
import { type GroupOrTotal, groupsAndTotal } from '../../results/indicator.ts'

const sorts = ['name', 'value', 'people'] as const

export type Sort = (typeof sorts)[number]

/** What the table of all municipalities is asked for. */
export interface AllQuery {
  question: QuestionId
  group: GroupOrTotal
  /** What somebody searches for, as they wrote it. */
  name: string
  /** A county's code; empty for all. */
  county: string
  sort: Sort
  isFalling: boolean
  /** Counted from 1; or all rows at once. */
  page: number | 'all'
}

/** No municipality's name is half as long. */
const longestName = 60

/** What an address asks for; what is not known in it is passed over. @param counties their codes */
export function allQuery(asked: Record<string, unknown>, counties: readonly string[]): AllQuery {
  const text = (name: string) => (typeof asked[name] === 'string' ? asked[name].trim().slice(0, longestName) : '')
  const known = <Value extends string>(name: string, values: readonly Value[], usual: Value) =>
    values.find((value) => value === text(name)) ?? usual
  const sort = known('sort', sorts, 'name')
  const page = text('page')
  return {
    question: known(
      'question',
      qualityQuestions.map(({ id }) => id),
      'overall',
    ),
    group: known('group', groupsAndTotal, 'total'),
    name: text('name'),
    county: known('county', counties, ''),
    sort,
    isFalling: known('direction', ['ascending', 'descending'], usualDirection(sort)) === 'descending',
    page: page === 'all' ? page : /^[1-9]\d{0,2}$/.test(page) ? Number(page) : 1,
  }
}

/** Names from a, numbers from the highest. */
const usualDirection = (sort: Sort) => (sort === 'name' ? 'ascending' : 'descending')

/** The address of the table as it is asked for, without what is usual. */
export function addressOfAll({ question, group, name, county, sort, isFalling, page }: AllQuery): string {
  const direction = isFalling ? 'descending' : 'ascending'
  const entries = Object.entries({
    question: question === 'overall' ? '' : question,
    group: group === 'total' ? '' : group,
    ...{ name, county },
    sort: sort === 'name' ? '' : sort,
    direction: direction === usualDirection(sort) ? '' : direction,
    page: page === 1 ? '' : String(page),
  }).filter(([, value]) => value !== '')
  return entries.length === 0 ? '/municipalities' : `/municipalities?${new URLSearchParams(entries)}`
}

/** The same table from its beginning, sorted by a column: the other way round where it is already. */
export const sortedBy = (query: AllQuery, sort: Sort): AllQuery => ({
  ...{ ...query, sort, page: 1 },
  isFalling: query.sort === sort ? !query.isFalling : usualDirection(sort) === 'descending',
})
