import type { RouteOptions } from 'fastify'
import { issueCodes } from '../../src/invitation/issue-store.ts'
import { addStrata, addUnit, listStrata } from '../../src/organisation/store.ts'
import type { Role } from '../../src/people/roles.ts'
import { runIn } from './rows.ts'
import { makeEnrolment, openRound, type Service, startService } from './service.ts'
import { newStaff, type StaffOptions } from './staff.ts'

/** Two units of Alingsås and one of Göteborg, each with all that an address can name. */
export async function newWorld(service?: Service) {
  service ??= await startService()
  const round = await openRound(service.db, { unit: 'Vuxenenheten' })
  const places = [
    { municipalityCode: '1489', unit: 'Vuxenenheten' },
    { municipalityCode: '1489', unit: 'Enheten för barn och unga' },
    { municipalityCode: '1480', unit: 'Centrum' },
  ]
  const [own, beside, foreign] = await Promise.all(places.map((place) => furnish(service, round.id, place)))
  return { service, roundId: round.id, round, own: own!, beside: beside!, foreign: foreign! }
}

export type World = Awaited<ReturnType<typeof newWorld>>
export type Place = Awaited<ReturnType<typeof furnish>>

async function furnish(
  { db, keys, clock }: Service,
  roundId: string,
  place: { municipalityCode: string; unit: string },
) {
  const { municipalityCode } = place
  const unit = await addUnit(db, { municipalityCode, name: place.unit })
  await addStrata(db, roundId, unit.id, ['addiction'])
  const stratumId = (await listStrata(db, roundId, { municipalityCode, unitIds: [unit.id] }))[0]!.id
  const batch = await issueCodes(db, keys.codePepper, { stratumId, channel: 'letter', count: 3, drawn: false })
  const tabletId = await makeEnrolment(db, stratumId, clock.now)
  const { id: staffId } = await newStaff({ db, clock }, { role: 'caseworker', municipalityCode, unitIds: [unit.id] })
  const { id: coordinatorId } = await newStaff({ db, clock }, { role: 'coordinator', municipalityCode })
  const bundleId = `bundle-${unit.id}`
  await runIn(
    db,
    'insert into paper_bundles (id, stratum_id, staff_id, forms) values (?, ?, ?, 5)',
    ...[bundleId, stratumId, coordinatorId],
  )
  return {
    roundId,
    municipalityCode,
    unitId: unit.id,
    stratumId,
    batchId: batch.batchId,
    tabletId,
    staffId,
    coordinatorId,
    bundleId,
  }
}

/** Every route under /staff, as the service itself has it; not those that only lead on to the page of a form. */
export async function staffRoutes() {
  const found: RouteOptions[] = []
  const service = await startService({ eachRoute: (route) => void found.push(route) })
  await service.close()
  return found
    .filter(({ url, method, config }) => /^\/staff(\/|$)/.test(url) && method !== 'HEAD' && !config?.leadsOn)
    .map(({ url, method, config = {} }) => ({ url, method: method as 'GET' | 'POST', config }))
}

/** What is made in memory, for one session: nobody else's is found, and neither is one of a test. */
export const isOfMemory = (url: string) => /:(jobId|importId|ceremonyId)|kept\/:id/.test(url)
/** What belongs to a place; the round belongs to everybody who may see it. */
export const isOfPlace = (url: string) =>
  /:(municipalityCode|unitId|stratumId|batchId|tabletId|staffId|bundleId)/.test(url)

/** What is read of a release, once there is one: until then there is no such page, for anybody. */
export const isOfRelease = (url: string) => /\/results(\/|$)|\/texts\/:/.test(url)
const ofResults = {
  year: '2026',
  municipality: '1489',
  question: 'overall',
  group: 'youth',
  file: 'questions.png',
  kind: 'next',
  language: 'sv',
}

export function addressOf(url: string, place: Place, role: Role): string {
  return url.replace(/:(\w+)(?:\([^)]*\))?/g, (_, name: string) => {
    if (name in ofResults) return ofResults[name as keyof typeof ofResults]
    if (name === 'staffId') return role === 'national' ? place.coordinatorId : place.staffId
    if (name === 'token') return 'A'.repeat(43)
    return encodeURIComponent((place as Record<string, string>)[name] ?? 'none')
  })
}

export const placeOf = (role: Role, world: World): StaffOptions =>
  role === 'national' ? { role } : { role, municipalityCode: '1489', unitIds: [world.own.unitId] }
