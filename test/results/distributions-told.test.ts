import { afterEach, beforeEach, expect, test } from 'vitest'
import { rowsIn } from '../support/rows.ts'
import { type Service, startService } from '../support/service.ts'
import { type Answered, openedRound } from './published.ts'

let service: Service
beforeEach(async () => {
  service = await startService({ now: '2026-12-15T08:00:00Z' })
})
afterEach(() => service.close())

/** Of which sets it is told how the answers were shared out, by level and name. */
async function sharedOut(answered: readonly Answered[]): Promise<string[]> {
  await openedRound(service, answered)
  const rows = await rowsIn<{ level: string; name: string; group: string }>(
    service.db,
    `select distinct level, target_group as "group", coalesce((select name from units where id = area), area) as name
     from released_indicators where measure = 'option' and question = 'situation' and status = 'shown'`,
  )
  return rows.map(({ level, name, group }) => `${level} ${name} ${group}`).sort()
}

const at = (unit: string, people: number, group: Answered['group'] = 'youth'): Answered => ({
  ...{ municipality: '1489', unit, group, people, positive: Math.floor(people / 2) },
})

test('a unit of thirty in a group of 42 keeps how the other twelve shared theirs out', async () => {
  expect(await sharedOut([at('A', 30), at('B', 12)])).not.toContain('unit A youth')
})

test('two units of thirty are told, and their group', async () => {
  const told = await sharedOut([at('A', 30), at('B', 31)])
  expect(told).toEqual(expect.arrayContaining(['municipality 1489 youth', 'unit A youth', 'unit B youth']))
})

test('a total is not told beside its groups where fewer than thirty are left', async () => {
  const told = await sharedOut([at('A', 60), at('B', 20, 'guardian')])
  expect(told).toContain('municipality 1489 youth')
  expect(told).not.toContain('municipality 1489 total')
})
