import type { Language, Languages } from '../../src/language/languages.ts'
import { letterSheet } from '../../src/print/letters.ts'
import { paperFormSheet } from '../../src/print/paper-forms.ts'
import { protocolSheet } from '../../src/print/protocol.ts'
import type { Sheet } from '../../src/print/sheet.ts'
import { slipSheet } from '../../src/print/slips.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { protocolOf } from '../../src/results/protocol.ts'
import { heardSheets } from '../results/some-heard.ts'

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

const said = {
  ...{ proposedBy: 'a', proposedByName: 'Ada Ek', proposedAt: '2026-12-01T09:00:00.000Z' },
  ...{ approvedBy: 'b', approvedByName: 'Bo Dal', approvedAt: '2026-12-01T10:00:00.000Z', isAlone: false },
}

/** A protocol of a round that has come to its end, with all that can stand in one. */
export const someProtocol = protocolOf(
  {
    ...{ round: '2026', release: 2, openedAt: '2026-11-30T18:00:00.000Z', reason: 'Två enheter hade blandats ihop.' },
    facts: {
      ...{ year: 2026, version: '0.1.0', unreadable: { low: 1, high: 4 }, isGivenUp: true },
      offers: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      strata: Array.from({ length: 30 }, (_, nth) => ({
        municipality: 'Alingsås',
        unit: `Enheten för barn och unga ${nth}`,
        targetGroup: targetGroups[nth % targetGroups.length]!,
        ballots: (['none', 'fewer than ten', 'ten or more'] as const)[nth % 3]!,
      })),
    },
    indicators: { sha256: '8eef622dbeefd639ee8f773db94cdbd4248c63e982d45a9538288ded8ca9ab80' },
    destroyed: { on: '2027-03-15', decision: 'SN 2027-0113, 1 februari 2027' },
    steps: [
      { ...said, kind: 'release', takesEffect: '2026-12-01T10:00:00.000Z' },
      { ...said, kind: 'publish', takesEffect: '2026-12-15T08:00:00.000Z', isAlone: true },
    ],
  },
  Buffer.alloc(32, 7),
)

/** The protocol as it is printed. */
export const printedProtocol = (languages: Languages, language: Language): Sheet =>
  protocolSheet({ protocol: someProtocol, keyMark: '0123456789abcdef', isPractice: false, language, languages })

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
  return new Map([...sheets, ...heardSheets(languages, language, publicUrl)])
}

/** The white of every page, which typst draws over the first. */
const paper = /<path class="typst-shape" fill="#ffffff"[^>]*d="M 0 0v 841\.8898 h 595\.2756 v -841\.8898 Z "\/>/g

/** A print of several pages as one drawing in which each can be seen. */
export const withoutPaper = (svg: Buffer) => svg.toString().replace(paper, '')
