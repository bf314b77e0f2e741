import { keyFor } from '../crypto/secrets.ts'
import type { Keys } from '../database/key-folder.ts'
import { DomainError } from '../errors.ts'
import { type Protocol, protocolOf, readProtocol } from '../results/protocol.ts'
import { releaseHash } from '../results/release-hash.ts'
import type { Release } from '../results/release-store.ts'
import type { AnswerStores } from '../stores.ts'

type Asked = Pick<AnswerStores, 'results' | 'people'>

/** What protocols are signed with: made of a key of the key folder, for nothing else. */
export const protocolSeed = ({ staffKey }: Pick<Keys, 'staffKey'>): Buffer => keyFor(staffKey, 'protocol')

/** The signed protocol of a release, with the names of those who proposed and approved it. */
export async function signedProtocol(
  { people, results }: Asked,
  keys: Pick<Keys, 'staffKey'>,
  { roundId, number, madeAt, hash, facts, reason, steps }: Release,
): Promise<Protocol> {
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
    { round: roundId, release: number, openedAt: madeAt, facts, reason, indicators, destroyed, steps: named },
    protocolSeed(keys),
  )
}

/**
 * Checks a protocol against the database: its signature, that there is that release, and that the indicators are those that it was made of.
 * @throws DomainError `invalid` or `not-found` that says what does not fit
 */
export async function verifyProtocol(
  stores: Asked,
  keys: Pick<Keys, 'staffKey'>,
  json: string,
): Promise<{ round: string; release: number; indicators: number }> {
  const { round, release: number, indicators } = readProtocol(json, protocolSeed(keys))
  const release = (await stores.results.listReleases(round)).find((one) => one.number === number)
  if (!release) throw new DomainError('not-found', `There is no release ${number} of round ${round} in this database.`)
  if (release.hash !== indicators.sha256)
    throw new DomainError('invalid', 'The protocol is of another counting than the release in this database.')
  const key = { roundId: round, number }
  const kept = {
    areas: await stores.results.listReleasedAreas(key),
    indicators: await stores.results.listIndicators(key),
  }
  if (releaseHash(kept) !== release.hash)
    throw new DomainError(
      'invalid',
      `The indicators of release ${number} of round ${round} are not those that were released: the database was changed.`,
    )
  return { round, release: number, indicators: kept.indicators.length }
}
