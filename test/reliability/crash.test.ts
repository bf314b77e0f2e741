import { rmSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { crashRun } from './crash/crash-run.ts'
import { answersOfPattern, freshPatterns, patternCount, patternOf } from './crash/patterns.ts'
import { type Sabotage, sabotages } from './crash/sabotage.ts'

describe('a server that is killed under load', () => {
  test('20 times, has lost no acknowledged answer and doubled none, and is whole', async () => {
    const report = await crashRun({ kills: 20 })

    expect(report).toMatchObject({
      lost: 0,
      doubled: 0,
      strange: 0,
      unevenStrata: 0,
      integrity: 'ok',
      unexpected: [],
      exitCode: 0,
      good: true,
    })
    expect(report.fewestUnderWay).toBeGreaterThan(10)
    expect(report.acknowledged).toBeGreaterThan(20)
    expect(report.replays).toBeGreaterThan(20)
  })
})

describe('the crash run itself notices', () => {
  const signs: Record<Sabotage, 'lost' | 'doubled' | 'unevenStrata'> = {
    early: 'lost',
    twice: 'doubled',
    apart: 'unevenStrata',
  }

  test.each(Object.keys(sabotages) as Sabotage[])('a store that is sabotaged: %s', async (kind) => {
    const report = await crashRun({ kills: 2, sabotage: kind })
    if (report.folder) rmSync(report.folder, { recursive: true })

    expect(report.good).toBe(false)
    expect(report[signs[kind]]).toBeGreaterThan(0)
  })

  test('each POST by its own pattern of answers', () => {
    const fresh = freshPatterns()
    const patterns = Array.from({ length: 20_000 }, fresh)
    expect(new Set(patterns).size).toBe(patterns.length)
    expect(patterns).not.toContain(0)
    expect(patterns.every((pattern) => pattern < patternCount)).toBe(true)
    expect(patterns.map((pattern) => patternOf(answersOfPattern(pattern)))).toEqual(patterns)
  })
})
