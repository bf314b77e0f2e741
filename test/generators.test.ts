import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

/**
 * A generator of fast-check whose `maxLength` is more than ten gives ten all the same, unless it is told a size: then a rule that only
 * matters among many is hardly ever tried, and its property stays green without it.
 */
const stands = /\{(?:[^{}]|\{[^{}]*\})*?\bmaxLength: (\d+)(?:[^{}]|\{[^{}]*\})*\}/g

const tests = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter((path) =>
  /\.ts$/.test(path),
)

test('what is made at random is as long as it says', () => {
  const capped = tests.flatMap((path) => {
    const source = readFileSync(join(import.meta.dirname, path), 'utf8')
    if (!source.includes("'fast-check'")) return []
    return [...source.matchAll(stands)]
      .filter(([options, most]) => {
        const least = /\bminLength: (\w+)/.exec(options)?.[1]
        return Number(most) > 10 && least !== most && !/\bsize: /.test(options)
      })
      .map(([options]) => `${path}: ${options}`)
  })
  expect(capped).toEqual([])
})
