import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readTexts } from '../../src/language/languages.ts'

const filesIn = (folder: string, kind: RegExp) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => kind.test(file))
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''))

const code = [...filesIn('views', /\.eta$/), ...filesIn('src', /\.ts$/), ...filesIn('assets', /\.ts$/)].join('\n')

/** The keys below a branch of texts, plural forms as one. */
const keysOf = (branch: object, path: string): string[] =>
  Object.entries(branch).flatMap(([name, below]) =>
    typeof below === 'string'
      ? [path + name.replace(/_(zero|one|two|few|many|other)$/, '')]
      : keysOf(below, `${path}${name}.`),
  )

/** The keys that stand in the code, and those that are put together there: what is not known of them is anything. */
function keysInCode(): (key: string) => boolean {
  const whole = new Set([...code.matchAll(/['"`](staff\.[\w.-]+)['"`]/g)].map(([, key]) => key!))
  const begun = [...code.matchAll(/'(staff\.[\w.]*)' \+/g)].map(([, begin]) => `${begin}*`)
  const filled = [...code.matchAll(/`(staff\.\w[^`\n]*\$\{[^`\n]*)`/g)].map(([, key]) =>
    key!.replace(/\$\{[^}]*\}/g, '*'),
  )
  const told = ['done', 'notice', 'deeds'].map((kind) => `staff.*.${kind}.*`) // named by addresses and routes
  const patterns = [...begun, ...filled, ...told].map(
    (pattern) => new RegExp(`^${pattern.replaceAll('.', '\\.').replaceAll('*', '.+')}$`),
  )
  return (key) => whole.has(key) || patterns.some((pattern) => pattern.test(key))
}

test('every text of staff can be said somewhere', () => {
  const isSaid = keysInCode()
  expect(isSaid('staff.web.toHome')).toBe(true)
  expect(isSaid('staff.web.signedInAs')).toBe(false)
  const { staff } = readTexts('locales/sv')
  const keys = keysOf(staff as object, 'staff.')
  expect(keys.length).toBeGreaterThan(1500)
  expect(keys.filter((key) => !isSaid(key))).toEqual([])
})

test('every class in the style sheets is one of a page', () => {
  const rules = [...filesIn('assets', /\.css$/), ...filesIn('views', /\.css$/)].map((sheet) =>
    sheet.replace(/url\([^)]*\)|\{[^{}]*\}/g, ''),
  )
  const classes = new Set(rules.flatMap((rule) => [...rule.matchAll(/\.([a-z][\w-]*)/gi)].map(([, name]) => name!)))
  expect(classes.size).toBeGreaterThan(100)
  const isWritten = (name: string) => new RegExp(`(?<![\\w-])${name}(?![\\w-])`).test(code)
  expect([...classes].filter((name) => !isWritten(name))).toEqual([])
})
