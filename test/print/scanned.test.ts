import { describe, expect, test } from 'vitest'
import { loadLanguages } from '../../src/language/languages.ts'
import { printSvg } from '../../src/print/print-process.ts'
import { targetGroups } from '../../src/questionnaire/target-groups.ts'
import { codesOnPage } from '../support/read-codes.ts'
import { everySheet, withoutPaper } from './some-sheets.ts'

const languages = loadLanguages()

/** What is printed for each target group has its code at one place. */
const isOfOneGroup = (name: string) => !targetGroups.some((group) => group !== 'guardian' && name.endsWith(group))

/** Whatever is printed with a code in it, held before the reader that phones have, as it comes from an office printer. */
describe.each(languages.all.map((language) => [language.code, language] as const))('in %s', (_, language) => {
  const sheets = [...everySheet(languages, language)].filter(
    ([name, { links }]) => links.length > 0 && isOfOneGroup(name),
  )

  test('there is something to scan', () => expect(sheets.length).toBeGreaterThan(2))

  test.each(sheets)('%s leads where it says', async (_, sheet) => {
    const found = await codesOnPage(withoutPaper(await printSvg(sheet)))
    expect(found.sort()).toEqual([...sheet.links].sort())
  })
})

test('a code that is printed badly leads nowhere else', async () => {
  const slips = everySheet(languages, languages.find('sv')!).get('slips')!
  const svg = withoutPaper(await printSvg(slips))
  const smeared = svg.replaceAll('</svg>', '<rect x="60" y="0" width="9" height="842" fill="black"/></svg>')
  for (const text of await codesOnPage(smeared)) expect(slips.links).toContain(text)
})
