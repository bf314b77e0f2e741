import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { localesFolder, readTexts } from '../../src/language/languages.ts'

/*
 * One thing has one word for staff, on every page and in the documents. Here stand the words that
 * were in use beside it and can be told for certain; a word that has a right use as well (number, place, answer, part)
 * needs a reader.
 */

const swedish = [
  ...['urn(?:a|an|or|orna)?', 'försegl\\p{L}+', 'räkningen är låst'], // låsta svar; lås upp
  ...[
    'har paus',
    'omgången har öppnat',
    '(?<!insamlingen i )omgång(?:en)?(?: \\{\\{round\\}\\})? är (?:pausad|stängd)',
  ], // insamlingen är pausad, öppen
  ...['erbjudande\\p{L}*', 'avböj\\p{L}*', 'dra(?:r|git)? (?:en|ett|fler) (?:kod|koder|nej)'], // har erbjudits; tackar nej; ta fram en kod
  ...['i lager', 'räkna(?:r|s|t)? tillbaka'], // överblivna
  ...['levere?r(?:a|ar|as|at|ade|ades)', 'platt(?:a|an|or|orna)', 'hört av sig'], // skickade; surfplatta; har haft kontakt
  ...['så går det', 'laddade? ner', 'hämta från en fil', 'gör filen'], // svarsfrekvens; hämta, läsa in
  ...['koppla(?:de)? en app', 'skriva? in formulär\\p{L}*'], // ansluta en app; registrera
  ...['glöms', 'är glömd?a?'], // raderas, finns inte kvar
]

const english = [
  ...['enrol\\p{L}*', 'abstain\\p{L}*', 'takes? no part'], // register, registration; not taking part
  ...['urns?', 'drill\\p{L}*', 'draw(?:s|n)?', 'drew'], // locked responses; test the key; get or issue a code
  ...['close the round', '(?<!in )round(?: \\{\\{round\\}\\})? (?:has (?:not )?opened|opens|is (?:closed|paused))'], // data collection is closed
  ...['a decline', 'says? yes', 'in stock', 'tall(?:y|ies|ied)'], // refusal; approve; left over; count
  ...['leftovers', 'count\\p{L}* back in', 'came back', 'how it goes', 'in the country'], // left over; returned; progress; national
  ...['e-mails?', 'a mail', 'mails'], // email
  ...['forgets?', 'is good once', 'only now', 'anew', 'once more', 'somebody', 'anybody'], // delete; can be used once; again; someone
]

const everything = (patterns: string[]) => new RegExp(`(?<![\\p{L}-])(?:${patterns.join('|')})(?![\\p{L}])`, 'giu')

/** Each text of a tree with its key. */
function textsIn(tree: object, path = ''): [string, string][] {
  return Object.entries(tree).flatMap(([name, branch]) =>
    typeof branch === 'string' ? [[path + name, branch] as [string, string]] : textsIn(branch, `${path}${name}.`),
  )
}

const found = (text: string, words: RegExp) => [...text.matchAll(words)].map(([word]) => word)

describe('one word for one thing', () => {
  test.each([
    ['sv', everything(swedish)],
    ['en', everything(english)],
  ] as const)('in the texts for staff, %s', (language, words) => {
    const { staff } = readTexts(join(localesFolder, language)) as { staff: object }
    const wrong = textsIn(staff).flatMap(([key, text]) => found(text, words).map((word) => `${key}: ${word}`))
    expect(wrong).toEqual([])
  })

  test('in the documents', () => {
    const files = [
      'README.md',
      ...readdirSync('docs').flatMap((name) => (name.endsWith('.md') ? [`docs/${name}`] : [])),
    ]
    const wrong = files.flatMap((file) =>
      found(prose(readFileSync(file, 'utf8')), everything(english)).map((word) => `${file}: ${word}`),
    )
    expect(wrong).toEqual([])
  })
})

/** What people read of a document: no code, no address, and not the list that explains the words of the program. */
function prose(markdown: string): string {
  return markdown
    .replace(/^## Words\n[\s\S]*?(?=^## |(?![\s\S]))/m, '')
    .replace(/```[\s\S]*?```|`[^`\n]*`/g, '')
    .replace(/\]\([^)]*\)/g, ']')
}
