import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listPlaces } from '../../src/fieldwork/store.ts'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { findIssuedCodes, getBatchWithin, listBatches } from '../../src/invitation/stock-store.ts'
import { isWithin, type Scope } from '../../src/organisation/scope.ts'
import { addStrata, addUnit, listStrata, listUnits } from '../../src/organisation/store.ts'
import { hashPin } from '../../src/tablet/secrets.ts'
import { getTabletWithin, inviteTablet, listTablets } from '../../src/tablet/store.ts'
import { type Ledger, openLedger } from '../fieldwork/ledger-database.ts'

/** What is asked of the database is asked within a scope, and nothing beyond it is shown or found. */

let ledger: Ledger
/** Of each unit, by its name: the unit, its stratum, a batch with a code, and a tablet. */
let made: Record<
  'mine' | 'beside' | 'foreign',
  { unit: string; stratum: string; batch: string; code: string; tablet: string }
>
let scopes: { atUnit: Scope; municipality: Scope; nation: Scope }

beforeEach(async () => {
  ledger = await openLedger()
  const { db, roundId, codePepper } = ledger
  const make = async (name: string, municipalityCode: string) => {
    const { id: unit } = await addUnit(db, { municipalityCode, name })
    await addStrata(db, roundId, unit, ['youth'])
    const stratum = (await listStrata(db, roundId)).find(({ unitId }) => unitId === unit)!.id
    const printed = { stratumId: stratum, channel: 'letter', count: 1, drawn: false } as const
    const { batchId: batch, codes } = await issueCodes(db, codePepper, printed)
    const tablet = await inviteTablet(db, {
      ...{ name, strata: [stratum], dailyQuota: 200, enrolUntil: new Date() },
      ...{ enrolmentTag: randomBytes(32), pin: hashPin('4711') },
    })
    return { unit, stratum, batch, code: codes[0]!, tablet }
  }
  made = {
    mine: await make('Mine', '1489'),
    beside: await make('Beside', '1489'),
    foreign: await make('Foreign', '1480'),
  }
  const municipalityCode = '1489'
  scopes = { atUnit: { municipalityCode, unitIds: [made.mine.unit] }, municipality: { municipalityCode }, nation: {} }
})
afterEach(() => ledger.db.$client.close())

const names = ['mine', 'beside', 'foreign'] as const
const within = { atUnit: ['mine'], municipality: ['mine', 'beside'], nation: [...names] } as const

describe.each(['atUnit', 'municipality', 'nation'] as const)('whoever works in such a scope: %s', (which) => {
  const expected = () => within[which].map((name) => made[name])

  test('is shown their own and nothing else', async () => {
    const { db, roundId } = ledger
    const scope = scopes[which]
    const all = {
      units: (await listUnits(db, scope)).map(({ id }) => id),
      strata: (await listPlaces(db, roundId, scope)).map(({ id }) => id),
      batches: (await listBatches(db, roundId, scope)).map(({ id }) => id),
      tablets: (await listTablets(db, roundId, scope)).map(({ id }) => id),
    }
    const made = new Set(names.flatMap((name) => Object.values(madeOf(name))))
    const seen = Object.values(all).flatMap((ids) => ids.filter((id) => made.has(id)))
    expect(seen.sort()).toEqual(
      expected()
        .flatMap(({ unit, stratum, batch, tablet }) => [unit, stratum, batch, tablet])
        .sort(),
    )
  })

  test('finds their own and nothing else, by whatever they have of it', async () => {
    const { db, roundId, codePepper } = ledger
    const scope = scopes[which]
    for (const name of names) {
      const { batch, tablet, code } = made[name]
      const isOwn = (within[which] as readonly string[]).includes(name)
      const found = [
        await getBatchWithin(db, scope, batch).catch(({ code }) => code),
        await getTabletWithin(db, scope, tablet).catch(({ code }) => code),
      ].map((it) => it !== 'not-found')
      const codes = await findIssuedCodes(db, codePepper, { roundId, scope, codes: [code] })
      expect([...found, codes.length === 1], name).toEqual([isOwn, isOwn, isOwn])
    }
  })

  test('may do something at their own places only', () => {
    for (const name of names) {
      const place = { municipalityCode: name === 'foreign' ? '1480' : '1489', unitId: made[name].unit }
      expect(isWithin(scopes[which], place), name).toBe((within[which] as readonly string[]).includes(name))
    }
    expect(isWithin(scopes[which], { municipalityCode: '1489' })).toBe(which !== 'atUnit') // as a whole
    expect(isWithin(scopes[which], { municipalityCode: '1480' })).toBe(which === 'nation')
  })
})

const madeOf = (name: (typeof names)[number]) => made[name]
