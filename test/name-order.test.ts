import { randomBytes } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { issueCodes } from '../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../src/organisation/store.ts'
import { addBundle } from '../src/paper/store.ts'
import { inviteTablet } from '../src/tablet/store.ts'
import { byName, compareNames } from '../src/text/name-order.ts'
import { valueIn } from './support/rows.ts'
import { openRound, type Service, startService } from './support/service.ts'
import { newStaff, staffBrowser } from './support/staff.ts'

/** As a Swedish reader would look for them. */
const names = [
  ...['alla', 'Barn', 'Enhet 1', 'Enhet 2', 'Enhet 10', 'Vuxenvård', 'vuxna norr', 'Vuxna söder'],
  ...['Zon ett', 'åkern', 'Åsa', 'ängen', 'Ängens enhet', 'Östra enheten'],
]

describe('names', () => {
  test('stand in Swedish order, whatever order they came in', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
        expect(shuffled.toSorted(compareNames)).toEqual(names)
      }),
    )
  })

  test('leave what is second to the order that things came in', () => {
    const things = [...names, ...names].map((name, at) => ({ name, at }))
    const sorted = things.toSorted(byName(({ name }) => name))
    for (let at = 0; at < sorted.length; at += 2) expect(sorted[at]!.at).toBeLessThan(sorted[at + 1]!.at)
    const codes = things.map(({ name }, at) => ({ name, code: at < names.length ? '0180' : '0114' }))
    const inPlaces = codes.toSorted(
      byName(
        ({ code }) => code,
        ({ name }) => name,
      ),
    )
    expect(inPlaces.map(({ name }) => name)).toEqual([...names, ...names])
    expect(inPlaces[0]!.code).toBe('0114')
  })

  test('stand so on every page that lists them', async () => {
    const mail = { SMTP_URL: 'smtp://127.0.0.1:9', MAIL_FROM: 'svar@example.se' } // without a server email is no list
    const service = await startService({ settings: mail })
    const round = await openRound(service.db, { unit: 'Enhet 2' })
    await fill(service, round.id)
    const coordinator = await staffBrowser(service, { role: 'coordinator', name: 'Enhet 2' })
    for (const page of ['units', 'people', 'tablets', 'paper', 'print?state=all', 'print/new', 'email', 'offer']) {
      const { body, statusCode } = await coordinator.get(`/staff/${page}`)
      expect(statusCode, page).toBe(200)
      const main = body.slice(body.indexOf('<main'))
      const found = [
        ...main.matchAll(new RegExp(`(?<!\\p{L})(?:${names.join('|')})(?![\\p{L}\\d]| \\p{L})`, 'gu')),
      ].map(([name]) => name)
      const once = found.filter((name, at) => name !== found[at - 1])
      const lists = once.length / names.length
      expect(Number.isInteger(lists) && lists > 0, `${page}: ${once.join(', ')}`).toBe(true)
      expect(once, page).toEqual(Array.from({ length: lists }, () => names).flat())
    }
    await service.close()
  })
})

/** A unit of each name with all that can be listed of it. */
async function fill(service: Service, roundId: string) {
  const { db, keys, clock } = service
  for (const name of names.toReversed()) {
    const isThere = name === 'Enhet 2'
    if (!isThere) {
      const unit = await addUnit(db, { municipalityCode: '1489', name })
      await addStrata(db, roundId, unit.id, ['youth'])
      await newStaff(service, { role: 'caseworker', name, unitIds: [unit.id] })
    }
    const strata = (await listStrata(db, roundId)).filter(({ unit }) => unit === name)
    const stratumId = strata[0]!.id
    await issueCodes(db, keys.codePepper, {
      stratumId,
      channel: 'handout',
      count: 1,
      drawn: false,
      issuedOn: '2026-09-10',
    })
    const tablet = { name, strata: [stratumId], enrolmentTag: randomBytes(32), enrolUntil: clock.now, dailyQuota: 10 }
    await inviteTablet(db, { ...tablet, pin: { salt: randomBytes(16), hash: randomBytes(32) } })
    const staffId = await valueIn<string | undefined>(db, 'select id from staff limit 1')
    if (staffId)
      await addBundle(db, { id: randomBytes(4).toString('hex'), stratumId, staffId, forms: 1, isSampled: false })
  }
}

describe('no list of names', () => {
  const root = new URL('../src', import.meta.url).pathname
  const ordersOf = (text: string) => [
    ...[...text.matchAll(/\.orderBy\(((?:[^()]|\((?:[^()]|\([^()]*\))*\))*)\)/g)].flatMap(([all, by]) =>
      /\bname\b/.test(by!) ? [all] : [],
    ),
    ...(text.match(/\border by [^`']*\bname\b|\blocaleCompare\(/gi) ?? []),
  ]

  test('gets its order from the database or from a comparison of its own', () => {
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
    const found = files.flatMap((file) =>
      ordersOf(readFileSync(join(root, file), 'utf8')).map((text) => `${file}: ${text}`),
    )
    expect(files.length).toBeGreaterThan(200)
    expect(found).toEqual([])
  })

  test.each([
    '.orderBy(asc(units.municipalityCode), asc(units.name))',
    '.orderBy(desc(isNull(batches.leftover)), units.name, batches.id)',
    'select name from units order by name',
    'ORDER BY units.municipality_code, units.name',
    "a.name.localeCompare(b.name, 'sv')",
  ])('would be found: %s', (text) => expect(ordersOf(text)).toHaveLength(1))
  test.each(['.orderBy(asc(strata.targetGroup)).all().map(({ name }) => name)', '.orderBy(desc(audit.at))'])(
    'is not seen in %s',
    (text) => expect(ordersOf(text)).toEqual([]),
  )
})
