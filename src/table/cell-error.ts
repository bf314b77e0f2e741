const names = [
  ...['N/A', 'NULL!', 'DIV/0!', 'VALUE!', 'REF!', 'NAME?', 'NUM!', 'SPILL!', 'CALC!', 'FIELD!', 'GETTING_DATA'],
  ...['SAKNAS!', 'SKÄRNING!', 'DIVISION/0!', 'VÄRDEFEL!', 'REFERENS!', 'NAMN?', 'OGILTIGT!', 'SPILL!', 'BERÄKNA!'],
].map((name) => `#${name}`)

/** Whether a cell holds an error as Excel shows it, in English or Swedish, or the signs of a value that does not fit. */
export function isCellError(cell: string): boolean {
  return cell.startsWith('#') && (names.includes(cell.toUpperCase()) || /^#{2,}$/.test(cell))
}
