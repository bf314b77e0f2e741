import fc from 'fast-check'
import { expect, test } from 'vitest'
import { changeGroups, deleteUnit, mergeUnits } from '../../src/enrolment/units-store.ts'
import { DomainError } from '../../src/errors.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { type TargetGroup, targetGroups } from '../../src/questionnaire/target-groups.ts'
import { openLedger } from '../fieldwork/ledger-database.ts'
import { listChannelRecords, rateLine } from '../support/exact-ledger.ts'
import { runIn } from '../support/rows.ts'

const municipality = { municipalityCode: '1489' }
const at = { ...municipality, roundId: '2026', today: '2026-09-20' }
const number = fc.nat({ max: 5 })
const groups = targetGroups.slice(0, 3)
const group = fc.constantFrom<TargetGroup>(...groups)
const step = fc.oneof(
  fc.record({ does: fc.constant('merge' as const), unit: number, into: number }),
  fc.record({ does: fc.constant('remove' as const), unit: number }),
  fc.record({ does: fc.constant('add' as const), unit: number }),
  fc.record({ does: fc.constant('group' as const), unit: number, groups: fc.uniqueArray(group) }),
  fc.record({ does: fc.constant('draw' as const), unit: number, group }),
  fc.record({ does: fc.constant('decline' as const), unit: number, group }),
)

test('whatever is added, merged and removed, the ledger adds up to the same and no stratum with activity is lost', async () => {
  let merged = 0
  let refused = 0
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
      const { db, codePepper } = await openLedger()
      await runIn(db, "insert into enrolments (round_id, municipality_code, state) values ('2026', '1489', 'approved')")
      const used = new Set<string>()
      const offered = { codes: 0, declines: 0 }
      let made = 1
      for (const one of steps) {
        const units = await listUnits(db, municipality)
        const unit = units[one.unit % Math.max(units.length, 1)]
        const stratumOf = async (targetGroup: TargetGroup) =>
          (await listStrata(db, '2026')).find((it) => it.unitId === unit?.id && it.targetGroup === targetGroup)?.id
        try {
          if (one.does === 'add') await addUnit(db, { ...municipality, name: `Unit ${made++}` })
          else if (!unit) continue
          else if (one.does === 'merge') {
            await mergeUnits(db, unit, units[one.into % units.length]!)
            merged++
          } else if (one.does === 'remove') await deleteUnit(db, unit)
          else if (one.does === 'group')
            await changeGroups(db, at, [
              { unitId: unit.id, added: one.groups, removed: groups.filter((it) => !one.groups.includes(it)) },
            ])
          else {
            const stratumId = await stratumOf(one.group)
            if (!stratumId) continue
            used.add(stratumId)
            if (one.does === 'draw') {
              await issueCodes(db, codePepper, { stratumId, channel: 'handout', count: 1, drawn: true })
              offered.codes++
            } else {
              await runIn(
                db,
                "insert into tallies values (?, 'handout', 'declined', 1) on conflict do update set number = number + 1",
                stratumId,
              )
              offered.declines++
            }
          }
        } catch (error) {
          if (!(error instanceof DomainError)) throw error
          refused++
        }
        const records = await listChannelRecords(db, '2026')
        const sum = rateLine(records)
        expect([sum.offered, sum.declined]).toEqual([offered.codes + offered.declines, offered.declines])
        const strata = await listStrata(db, '2026')
        const there = new Set(strata.map(({ id }) => id))
        expect([...used].filter((id) => !there.has(id))).toEqual([])
        expect(new Set(strata.map(({ unitId, targetGroup }) => `${unitId} ${targetGroup}`)).size).toBe(strata.length)
        expect(db.$client.pragma('foreign_key_check')).toEqual([])
      }
      db.$client.close()
    }),
    { numRuns: 30 },
  )
  expect(Math.min(merged, refused)).toBeGreaterThan(0) // both happened, whatever the lot was
})
