import { DomainError } from '../../../errors.ts'
import { spentTag } from '../../../invitation/code-tag.ts'
import { readAnyKeyboard } from '../../../invitation/other-keyboards.ts'
import type { Scope } from '../../../organisation/scope.ts'
import { answersOfDigits, type Digits, isBlank } from '../../../paper/digits.ts'
import type { Bundle, countBlank } from '../../../paper/store.ts'
import { sealMark } from '../../../paper/waiting-mark.ts'
import { sealTo } from '../../../round/round-key.ts'
import { encodeBallot } from '../../../urn/ballot.ts'
import type { Outcome } from '../../../urn/sealed-ballot.ts'
import type { StaffContext } from '../context.ts'
import type { FormTicket } from './ticket.ts'

/** Where a form goes: to its bundle's stratum, or to that of its code. */
export interface Destination {
  stratumId: string
  channel: 'paper' | 'letter' | 'handout' | 'email'
  spentTag?: Buffer
}

/** What becomes of a form that was typed in: where it goes, and the one write. */
export function entering(options: StaffContext) {
  const { stores, keys, recordResponse, findInvitation, findPublicKey } = options

  /** A used code is found like an unused one. What cannot be found here is said in one way each. */
  async function findDestination(scope: Scope, bundle: Bundle, typed: string): Promise<Destination | string> {
    const { digits, problem } = readAnyKeyboard(typed)
    if (problem) return `staff.paper.problem.code.${problem}`
    const invitation = await findInvitation(digits)
    if (!invitation) return 'staff.paper.problem.code.unknown'
    const { stratumId, channel, roundId, tag } = invitation
    if (roundId !== bundle.roundId) return 'staff.paper.problem.code.otherRound'
    try {
      await stores.organisation.getStratumWithin(scope, stratumId)
    } catch (error) {
      if (error instanceof DomainError) return 'staff.paper.problem.code.elsewhere'
      throw error
    }
    return { stratumId, channel, spentTag: spentTag(keys.spentPepper, tag) }
  }

  async function record(
    { roundId }: Bundle,
    { ballotId, language }: FormTicket,
    form: { digits: Digits; destination: Destination; place: Parameters<typeof countBlank>[1] },
  ): Promise<Outcome> {
    const { digits, destination, place } = form
    if (isBlank(digits)) return (await stores.paper.countBlank(place)) ? 'recorded' : 'out-of-turn'
    const { stratumId, channel, spentTag } = destination
    const publicKey = await findPublicKey(stratumId)
    const ballot = encodeBallot({ stratumId, language, answers: answersOfDigits(digits) })
    return recordResponse({
      ...{ stratumId, channel, sealedMark: sealMark(keys.spentPepper, spentTag) },
      ballotId: Buffer.from(ballotId, 'base64url'),
      roundId,
      sealed: sealTo(publicKey!, ballot),
      bundle: place,
    })
  }

  return { findDestination, record }
}
