import { randomBytes } from 'node:crypto'
import { fingerprint } from '../../src/crypto/secrets.ts'
import type { DeliveryReply } from '../../src/pages/tablet/delivery.ts'
import type { Answers } from '../../src/questionnaire/answers.ts'
import type { TargetGroup } from '../../src/questionnaire/target-groups.ts'
import { sealTo } from '../../src/round/round-key.ts'
import { hashPin, newEnrolmentToken } from '../../src/tablet/secrets.ts'
import { inviteTablet } from '../../src/tablet/store.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import type { Service, TestRound } from './service.ts'

/** A ballot as it lies on a tablet, written as it is delivered. */
export interface LyingBallot {
  id: string
  stratumId: string
  sealed: string
}

/** What a tablet of a stratum is to the service, without a screen: set up by its link, and delivering what it is given. */
export async function setUpDevice(
  { app, db, clock }: Service,
  round: TestRound,
  { name = 'Reception', group = 'youth', quota = 200 }: { name?: string; group?: TargetGroup; quota?: number } = {},
) {
  const [token, key] = [newEnrolmentToken(), randomBytes(32).toString('base64url')]
  const stratumId = round.strata[group]
  const enrolUntil = new Date(clock.now.getTime() + 3_600_000)
  const id = await inviteTablet(db, {
    ...{ name, strata: [stratumId], dailyQuota: quota, enrolUntil },
    ...{ enrolmentTag: fingerprint(token), pin: hashPin('4711') },
  })
  const post = (url: string, payload: object) =>
    app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${key}` } })
  await post('/tablet/enrolment', { token, key })

  return {
    id,
    seal(answers: Answers = { views: 'yes' }): LyingBallot {
      const sealed = sealTo(round.key.publicKey, encodeBallot({ stratumId, language: 'sv', answers }))
      return { id: randomBytes(16).toString('base64'), stratumId, sealed: sealed.toString('base64') }
    },
    /** @throws on any answer but success. */
    async deliver(ballots: LyingBallot[]): Promise<DeliveryReply> {
      const waiting = ballots.length // as older tablets say: it is not heard
      const response = await post('/tablet/delivery', { sequence: 0, waiting, declined: {}, ballots })
      if (response.statusCode !== 200) throw new Error(`${response.statusCode} ${response.body}`)
      return response.json()
    },
  }
}
