import type { FastifyRequest } from 'fastify'
import { DomainError } from '../../../errors.ts'
import type { Release } from '../../../results/release-store.ts'
import type { Round } from '../../../round/round.ts'
import type { Stores } from '../../../stores.ts'

/** A round, one of its releases, and the numbers of all, the newest first. */
export interface FoundRelease {
  round: Round
  release: Release
  numbers: number[]
}

/** The round of an address, and the release that is meant: the newest where none is named. @throws DomainError `not-found` */
export async function findRelease(
  { round: rounds, results }: Pick<Stores, 'round' | 'results'>,
  { params, query, body }: FastifyRequest,
): Promise<FoundRelease> {
  const round = await rounds.getRound((params as { roundId: string }).roundId)
  const releases = await results.listReleases(round.id)
  const named = (body as { release?: unknown } | undefined)?.release ?? (query as { release?: unknown }).release
  const release = named === undefined ? releases[0] : releases.find(({ number }) => String(number) === named)
  if (!release) throw new DomainError('not-found', `Round ${round.id} has no such release.`)
  return { round, release, numbers: releases.map(({ number }) => number) }
}
