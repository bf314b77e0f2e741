import { makeXlsx, row, text } from '../../test/table/make-xlsx.ts'
import type { Chance } from './chance.ts'
import { nastyText, type Upload } from './values.ts'

const answers = 'kön;bemötande\nKvinna;Mycket bra\nMan;Ganska dåligt\n'
const units = 'Enhet;Målgrupp\nEnheten;Ekonomiskt bistånd\nNy enhet;Skadligt bruk och beroende\n'

/** A file as an office may have it, or one that is none. */
export function anyUpload(chance: Chance, codes: readonly string[]): Upload {
  const people = Array.from({ length: chance.below(40) }, (_, index) => `Kim ${index};p${index}@example.org`).join('\n')
  return chance.oneOf<() => Upload>([
    () => csv(units),
    () => csv(answers),
    () => csv(`Kod\n${codes.slice(0, 20).join('\n')}\n`),
    () => csv(`Namn;E-post\n${people}\n`),
    () => csv(`${nastyText(chance)};${nastyText(chance)}\n`.repeat(chance.below(20))),
    () => csv('a;'.repeat(chance.below(3000))),
    () => csv(`"${'x'.repeat(chance.below(5000))}`),
    () => ({ filename: 'a.csv', bytes: Buffer.from(`\ufeff${units}`, 'utf16le') }),
    () => ({ filename: 'a.csv', bytes: Buffer.alloc(0) }),
    () => ({ filename: 'a.xlsx', bytes: workbook(chance) }),
    () => ({ filename: 'a.xlsx', bytes: broken(workbook(chance), chance) }),
    () => ({ filename: 'a.xlsx', bytes: Buffer.from('PK\x03\x04') }),
    () => ({ filename: 'a.xls', bytes: Buffer.from('d0cf11e0a1b11ae1', 'hex') }),
    () => ({ filename: 'a.pdf', bytes: Buffer.from('%PDF-1.7') }),
  ])()
}

const csv = (content: string): Upload => ({ filename: 'a.csv', bytes: Buffer.from(content) })

const workbook = (chance: Chance) =>
  makeXlsx({
    rows: [
      'Enhet',
      'Målgrupp',
      nastyText(chance)
        .replace(/[<>&\0]/g, '')
        .slice(0, 500),
    ]
      .map((cell, index) => row(index + 1, [text(`A${index + 1}`, cell)]))
      .join(''),
    others: chance.below(3),
    hiddenBefore: chance.happens(0.2),
  })

function broken(bytes: Buffer, chance: Chance): Buffer {
  const copy = Buffer.from(bytes)
  for (let times = 1 + chance.below(20); times > 0; times--) copy[chance.below(copy.length)] = chance.below(256)
  return chance.happens(0.3) ? copy.subarray(0, chance.below(copy.length)) : copy
}
