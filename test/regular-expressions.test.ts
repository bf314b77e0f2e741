import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkSync } from 'recheck'
import ts from 'typescript'
import { expect, test } from 'vitest'

/*
 * Whoever sends us a text or a file must not be able to hold up the one thread that others wait for: every expression takes a time
 * that grows with its text and no faster. Two that begin to look anew at each sign, or at each end of what came before, do not.
 */

/** Texts that nobody sends: a percentage as Intl writes it, and a part of an XLSX file whose comments were looked at (xlsx-pieces.ts). */
const ofOwnTexts = new Set([String.raw`/\s*%/`, String.raw`/<!--[\s\S]*?-->|<!\[CDATA\[([\s\S]*?)\]\]>/g`])
/** Put together when they run, so looked at by hand: each begins at a `<`, a space or the beginning, and runs over none of those. */
const putTogether = [
  'invitation/spreadsheet-code',
  'round/key-file-text',
  'table/xlsx-markup',
  'table/xlsx-sheet',
  'text/sender',
]

const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))

function expressionsIn(text: string) {
  const found: string[] = []
  const look = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) found.push(node.text)
    ts.forEachChild(node, look)
  }
  look(ts.createSourceFile('x.ts', text, ts.ScriptTarget.Latest))
  return found
}

process.env.RECHECK_BACKEND = 'pure'

/** By its automaton, so that it says the same each time; expressions that look around or back have none and are looked at by hand. */
function isSlow(expression: string): boolean {
  const [, source, flags] = /^\/(.*)\/(\w*)$/s.exec(expression)!
  return checkSync(source!, flags!, { timeout: 60_000, checker: 'automaton' }).status === 'vulnerable'
}

test('no regular expression takes longer than its text is long', () => {
  const all = files.flatMap((file) => expressionsIn(readFileSync(join('src', file), 'utf8')))
  expect(all.length).toBeGreaterThan(150)
  expect([...new Set(all)].filter((expression) => !ofOwnTexts.has(expression) && isSlow(expression))).toEqual([])
})

test.each([
  String.raw`/<(?:\w+:)?row\s[^>]*?r="(\d+)"/g`, // held the thread for 20 seconds
  `/^["']+|["']+$/g`,
  `/<([^<>]*@[^<>]*)>/g`,
])('%s would be found', (expression) => {
  expect(expressionsIn(`const x = ${expression}`).filter(isSlow)).toEqual([expression])
})

test('expressions that are put together when they run are known', () => {
  const made = files.filter((file) => /\bRegExp\(/.test(readFileSync(join('src', file), 'utf8')))
  expect(made.map((file) => file.replace(/\.ts$/, '').replaceAll('\\', '/')).sort()).toEqual(putTogether)
})
