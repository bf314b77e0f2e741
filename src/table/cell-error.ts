const names = [
  ...[
    'N/A',
    'NULL!',
    'DIV/0!',
    'VALUE!',
    'REF!',
    'NAME?',
    'NUM!',
    'SPILL!',
    'CALC!',
    'FIELD!',
    'GETTING_DATA',
    'DIV/0',
  ],
  ...['SAKNAS!', 'SKÄRNING!', 'DIVISION/0!', 'VÄRDEFEL!', 'REFERENS!', 'NAMN?', 'OGILTIGT!', 'SPILL!', 'BERÄKNA!'],
].map((name) => `#${name}`)

/** What a program writes as an error and no list has: `#BLOCKED!`, `#NEWS?`, `Err:502`, in capitals as they are written. */
const byItsShape = /^(?:#[\p{Lu}_/\d]{2,30}[!?]|Err:\d{1,4}|#{2,})$/u

/**
 * Whether a cell holds an error as Excel and LibreOffice show it, in English or Swedish, or the signs of a value that does not fit.
 * What an XLSX file marks as an error comes as one of these.
 */
export function isCellError(cell: string): boolean {
  return byItsShape.test(cell) || (cell.startsWith('#') && names.includes(cell.toUpperCase()))
}
