import { existsSync, readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { mutated } from '../scripts/mutants/copy.ts'
import { allMutants } from '../scripts/mutants/list.ts'

/** `npm run mutants` tries these faults, outside `npm run check`: here it is held that each could still be tried. */
describe('each fault that is tried', () => {
  test('is another, and of some there are many', () => {
    const changes = allMutants.map(({ file, text, instead }) => [file, text, instead].join('\n'))
    expect(new Set(changes).size).toBe(changes.length)
    expect(changes.length).toBeGreaterThan(40)
  })

  test('stands in its file once, leaves a program that can be read, and names tests that are there', () => {
    for (const mutant of allMutants) {
      const source = readFileSync(mutant.file, 'utf8')
      const changed = mutated(source, mutant)
      expect(changed, mutant.fault).not.toBe(source)
      expect(() => transformSync(changed, { loader: 'ts' }), mutant.fault).not.toThrow()
      for (const test of mutant.tests) expect(existsSync(test.split(' > ')[0]!), test).toBe(true)
      expect(mutant.tests.length).toBeGreaterThan(0)
    }
  })
})
