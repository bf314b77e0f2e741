import { escaped } from '../text/escaped.ts'
import { type DotRow, dotRow } from './dot-row.ts'
import { isWithheld } from './drawing.ts'

/** One small picture: a group with a few rows, each with its name, its dot and its number. */
export interface Multiple {
  title: string
  /** Of the page that tells more of the group, where there is one. */
  href?: string
  /** How many answered, and which share they are. */
  note?: string
  /** Why there are no rows. */
  why?: string
  /** `value` as it is read, with its sign, or why there is none: "79 %", ".. för få". */
  rows: (DotRow & { label: string; value: string })[]
}

/**
 * The same rows for several groups beside each other, so that the pattern is seen and not only each value. Every row is heard as its name
 * and its value.
 * @param level of the headings
 */
export function smallMultiples(multiples: readonly Multiple[], { level = 3 } = {}): string {
  const each = multiples.map(({ title, href, note, why, rows }) => {
    const name = href === undefined ? escaped(title) : `<a href="${escaped(href)}">${escaped(title)}</a>`
    const heading = `<h${level}>${name}${note === undefined ? '' : ` <span>${escaped(note)}</span>`}</h${level}>`
    const list = rows.length > 0 ? `<ul>${rows.map(rowOf).join('')}</ul>` : ''
    const kept =
      why === undefined ? '' : `${dotRow({ own: { status: 'few' } }, { size: 'small' })}<p>${escaped(why)}</p>`
    return `<div class="${list ? 'multiple' : 'multiple untold'}">${heading}${list || kept}</div>`
  })
  return `<div class="multiples">${each.join('')}</div>`
}

function rowOf({ label, value, ...row }: Multiple['rows'][number]): string {
  const told = isWithheld(row.own) ? `<small>${escaped(value)}</small>` : `<b>${escaped(value)}</b>`
  return `<li><span>${escaped(label)}</span> <span class="plot">${dotRow(row, { size: 'small' })}</span> ${told}</li>`
}
