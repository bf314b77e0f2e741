import type { AllQuery } from './all-query.ts'
import type { AllPages } from './all-view.ts'

/** So many municipalities are shown at once, unless all are asked for. */
const rowsOfPage = 50

/** The rows of one page, and the addresses of the pages around it; a page beyond the last is the last. */
export function pageOf<Row>(
  rows: readonly Row[],
  query: AllQuery,
  link: (query: AllQuery) => string,
): { shown: readonly Row[]; pages?: AllPages } {
  const last = Math.ceil(rows.length / rowsOfPage)
  if (last <= 1 || query.page === 'all') return { shown: rows }
  const page = Math.min(query.page, last)
  const from = (page - 1) * rowsOfPage
  const shown = rows.slice(from, from + rowsOfPage)
  return {
    shown,
    pages: {
      ...{ first: from + 1, last: from + shown.length, total: rows.length, all: link({ ...query, page: 'all' }) },
      ...(page > 1 ? { before: link({ ...query, page: page - 1 }) } : {}),
      ...(page < last ? { after: link({ ...query, page: page + 1 }) } : {}),
    },
  }
}
