import { codeAddress } from '../invitation/code-address.ts'
import type { InvitationChannel } from '../invitation/disposition.ts'
import { inFours } from '../invitation/survey-code.ts'
import { guessColumns } from '../table/columns.ts'
import type { Table } from '../table/table.ts'

/** What can be made of a batch: slips to hand out, letters, or a table for a system of letters of their own. */
export const printKinds = ['slips', 'letters', 'xlsx', 'csv'] as const

export type PrintKind = (typeof printKinds)[number]

export const channelOf = (kind: PrintKind): InvitationChannel => (kind === 'slips' ? 'handout' : 'letter')

/** So many codes are issued at once for a table; a printed file takes fewer. */
export const mostTogether = 2_000

const fields = {
  postcode: ['postnummer', 'postnr', 'post nr', 'zip', 'postcode'],
  city: ['postort', 'ort', 'stad', 'city', 'town'],
}

/** What the columns of an address are called, to know their headings by. */
export const addressWords = {
  ...fields,
  name: ['namn', 'förnamn', 'efternamn', 'name', 'first name', 'last name'],
  street: ['gata', 'gatuadress', 'adress', 'utdelningsadress', 'c/o', 'street', 'address'],
}

/**
 * The lines of an address for each row, in the order of the columns; the postcode and the town share a line. Nothing else is
 * known of the columns: whatever else stands in the file is printed too, which the page says.
 */
export function addressesOf({ header, rows }: Pick<Table, 'header' | 'rows'>): string[][] {
  const { postcode, city } = guessColumns<keyof typeof fields>(header, fields)
  const isPair = postcode !== undefined && city !== undefined
  return rows.map(({ cells }) =>
    cells
      .map((cell, column) => (isPair && column === postcode ? `${cell} ${cells[city]}`.trim() : cell))
      .filter((cell, column) => cell !== '' && !(isPair && column === city)),
  )
}

/** The rows of a table with codes and links. The code stands in fours, so that no program takes it for a number. */
export function mergeRows(codes: string[], publicUrl: string): string[][] {
  return codes.map((code) => [inFours(code), codeAddress(publicUrl, code)])
}

/** The lines of a text field that hold something. */
export const linesOf = (text: string) =>
  text
    .split(/\r\n|\r|\n/)
    .map((line) => line.trim())
    .filter(Boolean)
