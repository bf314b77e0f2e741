import { resolve } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'
import { findUnawaited } from './support/unawaited.ts'

/*
 * A promise that nobody waits for is true in every condition, and a question to the database that nobody asks changes nothing: the
 * compiler sees neither, and a linter finds one kind of five.
 */

const root = resolve(import.meta.dirname, '..')
const { config } = ts.readConfigFile(resolve(root, 'tsconfig.json'), ts.sys.readFile)
const { options, fileNames } = ts.parseJsonConfigFileContent(config, ts.sys, root)

test('nothing is taken for an answer that has not come yet', () => {
  const found = findUnawaited(ts.createProgram(fileNames, options), (file) => !file.includes('/node_modules/'))
  expect(found.map(({ file, line, text, why }) => `${file.slice(root.length + 1)}:${line}: ${text} (${why})`)).toEqual(
    [],
  )
})

const head = `
  import { eq, sql } from 'drizzle-orm'
  import type { Database, Transaction } from '../src/database/connection.ts'
  import { step, transaction, type Steps } from '../src/database/transaction.ts'
  import { units } from '../src/organisation/tables.ts'
  declare const db: Database
  declare const ids: string[]
  declare function isUsed(id: string): Promise<boolean>
  const named = db.select().from(units).where(eq(units.id, sql.placeholder('id'))).prepare()
  declare function isUsedIn(tx: Transaction, id: string): Steps<boolean>
  declare function log(line: string): void
`

test.each([
  ['a promise as a statement', 'isUsed("x")'],
  ['a transaction as a statement', 'transaction(db, function* (tx) { yield* step(tx.delete(units).run()) })'],
  ['a question that is never asked', 'db.delete(units).where(eq(units.id, "x"))'],
  ['a question that nobody waits for', 'db.delete(units).run()'],
  ['steps that nobody takes', 'await transaction(db, function* (tx) { isUsedIn(tx, "x") })'],
  ['a condition', 'if (isUsed("x")) log("used")'],
  ['a condition that is turned round', 'if (!isUsed("x")) log("unused")'],
  ['one of two conditions', 'log(ids.length > 0 && isUsed("x") ? "used" : "unused")'],
  ['steps in a condition', 'await transaction(db, function* (tx) { if (!isUsedIn(tx, "x")) log("unused") })'],
  ['what is kept', 'log(String(ids.filter((id) => !isUsed(id))))'],
  ['what is kept, by an async callback', 'log(String(ids.filter(async (id) => id !== "")))'],
  ['each of many', 'ids.forEach((id) => isUsed(id))'],
  ['steps for each of many', 'await transaction(db, function* (tx) { ids.map((id) => isUsedIn(tx, id)) })'],
  [
    'steps that are gone through',
    'await transaction(db, function* (tx) { for (const x of isUsedIn(tx, "x")) log(String(x)) })',
  ],
  ...[
    ['all', 'const all = tx.select().from(units).all(); log(String(all.length))'],
    ['get', 'const one = tx.select().from(units).get(); log(String(one))'],
    ['values', 'const [one] = tx.select().from(units).values(); log(String(one))'],
    ['run', 'const { changes } = tx.delete(units).run(); log(String(changes))'],
    ['a text', 'const all = tx.all(sql`select 1`); log(String(all.length))'],
    ['a prepared one', 'const one = named.get({ id: "x" }); log(String(one))'],
    ['one of the database itself', 'const one = db.select().from(units).get(); log(String(one))'],
    [
      'one within a callback',
      'log(String(ids.filter((id) => tx.delete(units).where(eq(units.id, id)).run().changes === 1)))',
    ],
    ['one whose answer is used at once', 'yield* step(tx.select().from(units).all().map(({ id }) => id))'],
  ].map(([what, body]) => [`a question past the steps: ${what}`, `await transaction(db, function* (tx) { ${body} })`]),
  [
    'a question past the steps: of a part',
    'function* part(tx: Transaction): Steps<void> { tx.delete(units).run() }\n void part',
  ],
  [
    'a question past the steps: of a helper',
    'const count = (tx: Transaction) => tx.select().from(units).all().length\n void count',
  ],
  ['what is done later', 'setTimeout(() => isUsed("x"), 10)'],
  ['what is done later, by an async callback', 'setImmediate(async () => log(String(await isUsed("x"))))'],
  ['a choice between it and something else', 'log(String(isUsed("x") ?? true))'],
  ['what is made true or false', 'log(Boolean(isUsed("x")) ? "used" : "unused")'],
  ['what is put into an object', 'log(JSON.stringify({ ...isUsed("x") }))'],
  ['a text', ['log(`used: $', '{isUsed("x")}`)'].join('')],
])('%s is found', (_, body) => {
  expect(foundIn(`async () => { ${body} }`).length).toBeGreaterThan(0)
})

test('what is waited for is not', () => {
  const body = `async () => {
    if (await isUsed("x")) log("used")
    const all = await Promise.all(ids.map(isUsed))
    void isUsed("x").catch(() => log("failed"))
    await transaction(db, function* (tx) {
      for (const id of ids) if (!(yield* isUsedIn(tx, id))) yield* step(tx.delete(units).where(eq(units.id, id)).run())
    })
    const known = new Map([['x', 'y']])
    await transaction(db, function* (tx) {
      const at = (id: string) => step(tx.select().from(units).where(eq(units.id, id)).all())
      const rows = yield* at(known.get('x')!)
      yield* step(tx.insert(units).values(rows).run())
      yield* step(ids.length > 0 ? named.get({ id: 'x' }) : tx.select().from(units).get())
    })
    await db.delete(units).run()
    setTimeout(() => void isUsed("x"), 10)
    log(String((await isUsed("x")) ?? ids.length))
    return { ...all }
  }`
  expect(foundIn(body)).toEqual([])
})

/** Reads what was read before once, for all these. */
const known = new Map<string, ts.SourceFile>()
let before: ts.Program | undefined

function foundIn(body: string) {
  const file = resolve(root, 'test/planted.ts')
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, version) => {
    if (name === file) return ts.createSourceFile(name, `${head}\nexport const planted = ${body}`, version, true)
    const source = known.get(name) ?? getSourceFile.call(host, name, version)
    if (source) known.set(name, source)
    return source
  }
  before = ts.createProgram([file], options, host, before)
  // Some of them the compiler sees too: a promise has no length, and nothing to go through.
  const wrong = before
    .getSemanticDiagnostics(before.getSourceFile(file))
    .filter(({ code }) => ![2339, 2488, 2774, 2801, 6133, 7031].includes(code))
  expect(wrong.map(({ messageText }) => messageText)).toEqual([])
  return findUnawaited(before, (name) => name === file)
}
