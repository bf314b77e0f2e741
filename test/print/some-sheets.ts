import type { Language, Languages } from '../../src/language/languages.ts'
import { letterSheet } from '../../src/print/letters.ts'
import { paperFormSheet } from '../../src/print/paper-forms.ts'
import type { Sheet } from '../../src/print/sheet.ts'
import { slipSheet } from '../../src/print/slips.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'

export const publicUrl = 'https://undersokning.alingsas.se'
export const someCodes = Array.from({ length: 10 }, (_, index) => `${index}234567890123456`)
export const letterBasics = {
  letters: [{ code: someCodes[0]!, address: ['Fatuma Åkesson Öberg', 'Storgatan 12 B, lgh 1102', '441 30 Alingsås'] }],
  group: 'guardian' as TargetGroup,
  sender: ['Alingsås kommun', 'Enheten för barn och unga', 'Sveagatan 12, 441 81 Alingsås'],
  contact: ['Karin Lindqvist, 0322-61 60 00', 'karin.lindqvist@alingsas.se'],
  lastDay: '2026-10-31',
  municipality: { code: '1489', name: 'Alingsås' },
  publicUrl,
}

/** One of everything that respondents get in a language, for every group where that makes a difference, by name. */
export function everySheet(languages: Languages, language: Language): Map<string, Sheet> {
  const sheets = new Map([
    [
      'slips',
      slipSheet({
        codes: someCodes,
        batch: 'bcb86ff0',
        municipality: letterBasics.municipality,
        publicUrl,
        language,
        languages,
      }),
    ],
  ])
  for (const group of targetGroups) {
    const common = { group, municipality: letterBasics.municipality, publicUrl, language, languages }
    sheets.set(`letters ${group}`, letterSheet({ ...letterBasics, ...common }))
    sheets.set(`forms ${group}`, paperFormSheet({ ...common, codes: someCodes.slice(0, 1) }))
    sheets.set(`bare forms ${group}`, paperFormSheet(common))
  }
  return sheets
}
