import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { channels, dispositions, talliedDispositions } from '../src/invitation/disposition.ts'
import { roles } from '../src/people/roles.ts'
import { registers } from '../src/questionnaire/target-groups.ts'
import { enrolmentStates } from '../src/round/enrolment.ts'
import { roundStates } from '../src/round/round.ts'
import { tabletStates } from '../src/tablet/tablet.ts'

const [, list = ''] = /^## Words\n([\s\S]*?)^Licensed/m.exec(readFileSync('README.md', 'utf8')) ?? []
const rows = [...list.matchAll(/^\| (.+?) \| (.+) \|$/gm)].slice(1)

/** The names of all tables: `held_ballots`. */
const tables = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('tables.ts'))
  .flatMap((file) => [...readFileSync(`src/${file}`, 'utf8').matchAll(/sqliteTable\(\s*'(\w+)'/g)])
  .map(([, name]) => name!)

const isExplained = (word: string) => new RegExp(`(?<![a-z])${word}(?![a-z])`, 'i').test(list)
/** As it is said of one: `ballots` of a `ballot`. */
const forms = (word: string) => [
  word,
  word.replace(/s$/, ''),
  word.replace(/ies$/, 'y'),
  word.replace(/a$/, 'um'),
  word.replace(/es$/, ''),
]

test('the list of words has every word once', () => {
  const words = rows.flatMap(([, names]) => names!.replace(/\(.*?\)/g, '').split(',')).map((word) => word.trim())
  expect(words.length).toBeGreaterThan(60)
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([])
})

test('the list of words has the words of every table, and everything that something of the survey can be', () => {
  expect(tables.length).toBeGreaterThan(30)
  const ofTables = tables.flatMap((name) => name.split('_'))
  expect(ofTables.filter((word) => !forms(word).some(isExplained))).toEqual([])
  const states = [...roundStates, ...enrolmentStates, ...tabletStates, ...dispositions, ...talliedDispositions]
  const others = [...states, ...channels, ...roles, ...registers].map((word) => word.replaceAll('_', ' '))
  expect(others.filter((word) => !isExplained(word))).toEqual([])
})
