import { keyFor } from '../crypto/secrets.ts'
import type { Keys } from '../database/key-folder.ts'
import { DomainError } from '../errors.ts'
import { offersHash } from '../results/offers-hash.ts'
import { type Protocol, protocolOf, readProtocol } from '../results/protocol.ts'
import type { ReleaseContent } from '../results/release.ts'
import { releaseHash } from '../results/release-hash.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'

type Asked = Pick<AnswerStores, 'results' | 'people'>

/** Whether the offers are those that a release was worked out from. Corrected later they are used by a correction alone. */
type OffersSince = 'as they were counted' | 'corrected since'

/** What protocols are signed with: made of a key of the key folder, for nothing else. */
export const protocolSeed = ({ staffKey }: Pick<Keys, 'staffKey'>): Buffer => keyFor(staffKey, 'protocol')

/** What a release says of one municipality: itself and its units. @throws DomainError `not-found` where it took no part */
export async function ownContent(
  { results }: Pick<AnswerStores, 'results'>,
  key: { roundId: string; number: number },
  municipality: string,
): Promise<Omit<ReleaseContent, 'hash'> & { name: string }> {
  const named = (await results.listReleasedMunicipalities(key)).filter(({ area }) => area === municipality)
  if (!named[0]) throw new DomainError('not-found', `${municipality} has no part in round ${key.roundId}.`)
  const areas = [...named, ...(await results.listReleasedUnits(key, municipality))]
  const indicators = await results.listIndicators(key, {
    levels: ['municipality', 'unit'],
    areas: areas.map(({ area }) => area),
  })
  return { areas, indicators, name: named[0].name }
}

/**
 * The signed protocol of a release, with the names of those who proposed and approved it.
 * @param municipality whose part it is alone, where it is not the whole: then it says nothing of the units of others, nor of ballots of the whole round
 */
export async function signedProtocol(
  { people, results }: Asked,
  keys: Pick<Keys, 'staffKey'>,
  { roundId, number, madeAt, hash, facts, reason, steps }: Release,
  municipality?: string,
): Promise<Protocol> {
  const own = municipality === undefined ? undefined : await ownContent({ results }, { roundId, number }, municipality)
  const part = own && { municipality: municipality!, name: own.name, sha256: releaseHash(own) }
  const nameOf = async (id?: string) => (id === undefined || id === 'operator' ? id : await people.findNameOf(id))
  const named = []
  for (const { nth: _, ...step } of steps)
    named.push({
      ...step,
      proposedByName: await nameOf(step.proposedBy),
      approvedByName: await nameOf(step.approvedBy),
    })
  const opening = await results.findOpening(roundId)
  const destroyed = opening?.destroyedOn ? { on: opening.destroyedOn, decision: opening.archiveDecision } : undefined
  const indicators = { sha256: hash }
  return protocolOf(
    {
      ...{ round: roundId, release: number, openedAt: madeAt, facts: own ? factsOf(own.name, facts) : facts, part },
      ...{ reason, indicators, destroyed, steps: named },
    },
    protocolSeed(keys),
  )
}

/** What is said of an opening to one municipality, by its name. */
const factsOf = (name: string, { unreadable: _, strata, ...facts }: Release['facts']): Release['facts'] => ({
  ...facts,
  strata: strata.filter(({ municipality }) => municipality === name),
})

/**
 * Checks a protocol against the database: its signature, that there is that release, and that the indicators are those that it was made of.
 * It says what has become of the offers, too, where the protocol has their hash: that they were corrected is no fault.
 * @throws DomainError `invalid` or `not-found` that says what does not fit
 */
export async function verifyProtocol(
  stores: Pick<AnswerStores, 'results' | 'fieldwork'>,
  keys: Pick<Keys, 'staffKey'>,
  json: string,
): Promise<{ round: string; release: number; indicators: number; offers?: OffersSince }> {
  const { round, release: number, indicators, part, facts } = readProtocol(json, protocolSeed(keys))
  const release = (await stores.results.listReleases(round)).find((one) => one.number === number)
  if (!release) throw new DomainError('not-found', `There is no release ${number} of round ${round} in this database.`)
  if (release.hash !== indicators.sha256)
    throw new DomainError('invalid', 'The protocol is of another counting than the release in this database.')
  const key = { roundId: round, number }
  const kept = part
    ? await ownContent(stores, key, part.municipality)
    : { areas: await stores.results.listReleasedAreas(key), indicators: await stores.results.listIndicators(key) }
  if (releaseHash(kept) !== (part?.sha256 ?? release.hash))
    throw new DomainError(
      'invalid',
      `The indicators of release ${number} of round ${round} are not those that were released: the database was changed.`,
    )
  const offers = facts.offers && (await offersSince(stores, round, facts.offers))
  return { round, release: number, indicators: kept.indicators.length, ...(offers ? { offers } : {}) }
}

async function offersSince(
  { fieldwork }: Pick<AnswerStores, 'fieldwork'>,
  round: string,
  hash: string,
): Promise<OffersSince> {
  return offersHash(await fieldwork.listChannelRecords(round)) === hash ? 'as they were counted' : 'corrected since'
}
