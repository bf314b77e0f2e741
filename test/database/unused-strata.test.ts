import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { step } from '../../src/database/transaction.ts'
import { hasActivity, removeIfUnused, removingStrata } from '../../src/organisation/unused-strata-store.ts'
import { runIn, valueIn, valuesIn } from '../support/rows.ts'
import { openRound, type Service, startService, type TestRound } from '../support/service.ts'

let service: Service
let round: TestRound
beforeEach(async () => {
  service = await startService()
  round = await openRound(service.db)
})
afterEach(() => service.close())

const run = (text: string) => runIn(service.db, text)
const id = () => round.strata.youth

/** One row of each table that names a stratum; a tablet and a bundle are there to be named. */
const rows: Record<string, (stratum: string) => string> = {
  batches: (stratum) =>
    `insert into batches (id, stratum_id, channel, drawn, issued) values ('b', '${stratum}', 'letter', 0, 1)`,
  tallies: (stratum) => `insert into tallies values ('${stratum}', 'handout', 'declined', 1)`,
  urn_counts: (stratum) => `insert into urn_counts values ('${stratum}', 'handout', 1)`,
  tablet_strata: (stratum) => `insert into tablet_strata (tablet_id, stratum_id) values ('t', '${stratum}')`,
  held_ballots: (stratum) => `insert into held_ballots values (x'00', 't', '${stratum}', 'held', zeroblob(112))`,
  paper_bundles: (stratum) =>
    `insert into paper_bundles (id, stratum_id, staff_id, forms) values ('p', '${stratum}', 's', 1)`,
  waiting_forms: (stratum) =>
    `insert into waiting_forms values (x'00', null, '${stratum}', 'letter', x'01', zeroblob(112))`,
}
/** A ballot is counted in `urn_counts` as it is written; a mark comes of a code, and a code of a batch. */
const knownByOthers = ['urn', 'spent']

describe('a stratum', () => {
  test('is named by no table in which nobody would look before it goes', async () => {
    const tables = await valuesIn<string>(service.db, `select name from sqlite_schema where type = 'table'`)
    const naming = tables.filter((table) =>
      (service.db.$client.pragma(`foreign_key_list(${table})`) as { table: string }[]).some(
        ({ table: named }) => named === 'strata',
      ),
    )
    expect(naming.sort()).toEqual([...Object.keys(rows), ...knownByOthers].sort())
  })

  test.each(Object.keys(rows))('stays when it is named in %s', async (table) => {
    service.db.$client.pragma('foreign_keys = off') // the tablet and the person are not there
    await run(rows[table]!(id()))
    expect(await removingStrata(service.db, (tx) => removeIfUnused(tx, id()))).toBe(false)
    expect(await removingStrata(service.db, (tx) => hasActivity(tx, round.strata.guardian))).toBe(false)
  })

  test('goes when nothing has happened there, with counts that went back to 0, and nothing is left that names it', async () => {
    await run(`insert into tallies values ('${id()}', 'handout', 'declined', 0)`)
    expect(await removingStrata(service.db, (tx) => removeIfUnused(tx, id()))).toBe(true)
    expect(service.db.$client.pragma('foreign_key_check')).toEqual([])
  })

  test('does not go when the same transaction writes a row that names what is not there', async () => {
    const write = () =>
      removingStrata(service.db, function* (tx) {
        yield* removeIfUnused(tx, id())
        yield* step(tx.run(`insert into enrolment_places values ('2026', 'nowhere', 'youth', 1)`))
      })
    await expect(write).rejects.toThrow('names what is not there')
    expect(await valueIn(service.db, 'select count(*) from strata where id = ?', id())).toBe(1)
  })

  test('is gone in a transaction after which the database looks again, also when it failed', async () => {
    await removingStrata(service.db, (tx) => removeIfUnused(tx, id()))
    await expect(run(`insert into strata values ('x', '2026', 'nowhere', 'youth')`)).rejects.toThrow('FOREIGN KEY')
    const fail = () =>
      removingStrata(service.db, () => {
        throw new Error('a defect')
      })
    await expect(fail).rejects.toThrow('a defect')
    await expect(run(`insert into strata values ('x', '2026', 'nowhere', 'youth')`)).rejects.toThrow('FOREIGN KEY')
  })
})
