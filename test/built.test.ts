import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { isStale } from './support/built.ts'

/** A folder of sources of one minute, and what was made of them in the next. */
function project() {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-built-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const [source, thread, made] = ['src', 'src/urn/thread.ts', 'made.json'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ]
  mkdirSync(join(source, 'urn'), { recursive: true })
  for (const file of [thread, made]) writeFileSync(file, '')
  for (const path of [thread, join(source, 'urn'), source]) utimesSync(path, 60, 60)
  utimesSync(made, 120, 120)
  return { source, thread, made }
}

test('what was built after all sources is as they are', () => {
  const { source, thread, made } = project()
  expect(isStale(made, [source, thread])).toBe(false)
})

test('a thread program that was changed since is built anew', () => {
  const { source, thread, made } = project()
  utimesSync(thread, 180, 180)
  expect(isStale(made, [source])).toBe(true)
})

test('one that was taken out is noticed', () => {
  const { source, thread, made } = project()
  rmSync(thread)
  expect(isStale(made, [source])).toBe(true)
})

test('where nothing is built there is something to do', () => {
  const { source, made } = project()
  rmSync(made)
  expect(isStale(made, [source])).toBe(true)
})
