// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are pieces of source.
import { faultsOf } from './mutant.ts'

const delivering = 'test/tablet/delivering.test.ts'
const [many, waits, destroyed, link, declined, revoked, ballots, hour, endless] = [
  `${delivering} > more answers than people can give`,
  `${delivering} > wait for a yes`,
  `${delivering} > that were destroyed`,
  `${delivering} > a one-time link`,
  `${delivering} > who declined`,
  `${delivering} > a tablet that is revoked`,
  `${delivering} > a ballot`,
  `${delivering} > leaves no trace of its device`,
  `${delivering} > are not held without end`,
]
const quota = faultsOf('src/tablet/tablet.ts', 'test/tablet/quota.test.ts')
const bring = (test: string) => faultsOf('src/tablet/bring-store.ts', test)
const held = faultsOf('src/tablet/held-store.ts', many)
const enrol = faultsOf('src/tablet/device-store.ts', link)
const report = (...tests: string[]) => faultsOf('src/tablet/device-store.ts', ...tests)
const ending = faultsOf('src/tablet/store.ts', revoked)
const routes = faultsOf('src/pages/tablet/tablet-routes.ts', ballots, revoked)
const padding = faultsOf('src/tablet/padding.ts', 'test/tablet/quota.test.ts')

/** In tablets: what they bring, and what is held of it. */
export const ofTablet = [
  quota('each contact of a day has a quota of its own', 'daysAway <= 0 ? allowance', 'daysAway < 0 ? allowance'),
  quota('a quota grows without end', 'Math.min(daysAway, mostDaysAway)', 'daysAway'),
  quota('what was left of a day is lost', '? allowance : dailyQuota', '? dailyQuota : dailyQuota'),
  faultsOf('src/disclosure/thresholds.ts', 'test/tablet/quota.test.ts')(
    'one answer fills up a quota',
    'fewestQuota = 20',
    'fewestQuota = 1',
  ),
  quota(
    'a tablet that is silent holds nothing',
    'lastContactHour < hourBefore(now, quietHours)',
    'lastContactHour > hourBefore(now, quietHours)',
  ),

  faultsOf('src/pages/tablet/tablet-routes.ts', 'test/tablet/strangers.test.ts')(
    'nobody counts the keys that nobody has',
    'countStranger(request, reply)\n    return answer',
    'return answer',
  ),

  bring(waits)('one more than the quota is taken', 'gt(tablets.allowance, 0)', 'gt(tablets.allowance, -1)'),
  bring(waits)('what is held lies in the urn as well', 'takeFromUrn.run({ ballotId })\n', ''),
  bring(destroyed)(
    'what was destroyed comes back',
    "if (findHeld.get({ ballotId })) return { outcome: 'recorded', added: 0 }",
    '',
  ),
  bring(ballots)(
    'what is brought twice uses two of the quota',
    "if (putInUrn.run({ ballotId, stratumId, channel, sealed }).changes === 0) return { outcome: 'recorded', added: 0 }",
    'putInUrn.run({ ballotId, stratumId, channel, sealed })',
  ),
  bring(endless)(
    'a tablet brings without end',
    "if (isFull.get({ tabletId })) return { outcome: 'not-now', added: 0 }",
    '',
  ),
  bring(waits)('what is held is counted', 'added: isAllowed ? 1 : 0', 'added: 1'),

  held(
    'a later count tells what was added',
    "if (round!.state !== 'collecting' && !round!.lateUntil)",
    "if (round!.state === 'draft')",
  ),
  held('what was destroyed can be read', "{ state: 'discarded', sealed: Buffer.alloc(112) }", "{ state: 'discarded' }"),
  held('answers of a stolen tablet count', "state === 'stolen' || isMany", 'isMany'),
  held('many count without a yes', "state === 'stolen' || isMany", "state === 'stolen'"),
  held(
    'few are destroyed about which nobody was asked',
    '(yield* toldHeld(tx, id)).low > 0',
    '(yield* toldHeld(tx, id)).low >= 0',
  ),
  held(
    'what was told of them stays',
    '(tx.delete(heldBallots).where(isHeldOf(tabletId)).run())\n  yield* step(tx.delete(toldNumbers)',
    '(tx.delete(heldBallots).where(isHeldOf(tabletId)).run())\n  if (!tabletId) yield* step(tx.delete(toldNumbers)',
  ),
  held('an answer that was accepted is not counted', '${urnCounts.number} + excluded.number', '${urnCounts.number}'),

  enrol('a link is good for two devices', "if (found?.state !== 'invited' || found", 'if (!found || found'),
  enrol('a link is good for ever', ' || found.enrolUntil <= now.toISOString()', ''),
  enrol(
    'a key goes with two tablets',
    'if (holder && !holder.enrolmentTag.equals(enrolmentTag))',
    'if (holder && !holder.enrolmentTag)',
  ),
  report(revoked)(
    'a stolen tablet is one of ours',
    "if (!tablet || tablet.state === 'stolen') return undefined",
    'if (!tablet) return undefined',
  ),
  report(hour)('the minute of a contact is kept', 'now.toISOString().slice(0, 13)', 'now.toISOString().slice(0, 16)'),
  report(declined)(
    'a report that comes late counts',
    'const isNewer = sequence >= tablet.sequence',
    'const isNewer = sequence >= 0',
  ),
  report(endless)(
    'any number of people have declined',
    'Math.min(declined[stratumId] ?? 0, dailyQuota * mostQuotaDays)',
    'declined[stratumId] ?? 0',
  ),
  report(revoked)(
    'a tablet out of use has a quota each day',
    '...(isActive ? { allowance',
    '...(isNewer ? { allowance',
  ),

  ending(
    'whoever sits at a tablet that ends is seen among those that are held',
    'lastContactHour: null, allowance }',
    'lastContactHour: null, allowance: 0 }',
  ),
  ending(
    'said again it gives a second quota',
    "if (before?.state === (stolen ? 'stolen' : 'revoked')) return false",
    '',
  ),
  ending(
    'a stolen tablet is taken back',
    "if (before?.state === 'stolen') throw",
    "if (before?.state === 'invited') throw",
  ),
  faultsOf('src/tablet/store.ts', link)('a tablet stands at two units', 'place.unitId !== unitId || place', 'place'),
  routes(
    'a tablet brings answers for a stratum of others',
    'delivery.ballots.filter(({ stratumId }) => tablet.strata.has(stratumId))',
    'delivery.ballots',
  ),
  routes(
    'a tablet out of use is told on',
    "tablet.state === 'active' ? await deviceOf",
    "tablet.state !== 'stolen' ? await deviceOf",
  ),
  padding('a delivery tells by its length', 'Math.max(0, missing)', '0'),
  padding('a reply tells by its length', "padding: '' }) + roomForIds)", "padding: '' }))"),
  padding(
    'what fills up is alike, and compresses',
    'crypto.getRandomValues(new Uint8Array(Math.max(0, missing)))',
    'new Uint8Array(Math.max(0, missing))',
  ),
]
