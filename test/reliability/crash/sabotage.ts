import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { prepareRecordResponse } from '../../../src/actions/record-response.ts'
import type { Database } from '../../../src/database/connection.ts'
import type { RecordResponse } from '../../../src/urn/sealed-ballot.ts'

/** Stores that break one promise each, to show that the crash run notices. */
export const sabotages = {
  early: 'thanks people half a second before their answer is committed: answers are lost',
  twice: 'does not look whether a code was used: answers are doubled',
  apart: 'marks the code and stores the ballot half a second apart, in two transactions: a kill parts them',
} as const

export type Sabotage = keyof typeof sabotages

/** A store that does what its name says in {@link sabotages}. */
export function sabotagedRecordResponse(db: Database, sabotage: Sabotage): RecordResponse {
  const record = prepareRecordResponse(db)
  const mark = db.$client.prepare('insert or ignore into spent (tag, stratum_id) values (?, ?)')
  const putInUrn = db.$client.prepare('insert into urn (ballot_id, stratum_id, channel, sealed) values (?, ?, ?, ?)')

  switch (sabotage) {
    case 'early':
      return async (ballot) => {
        setTimeout(() => void record(ballot), 500)
        return 'recorded'
      }
    case 'twice':
      return (ballot) => record({ ...ballot, ballotId: randomBytes(16), spentTag: randomBytes(32) })
    case 'apart':
      return async ({ ballotId, stratumId, channel, sealed, spentTag }) => {
        if (mark.run(spentTag, stratumId).changes === 0) return 'recorded'
        await pause(500)
        putInUrn.run(ballotId, stratumId, channel, sealed)
        return 'recorded'
      }
  }
}
