// Enters one form after the other, every third with a code that was used, and says so after each, until it is killed.
import { randomBytes } from 'node:crypto'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { valueIn } from '../support/rows.ts'

const [file, bundleId, stratumId, used] = process.argv.slice(2) as [string, string, string, string]
const db = openDatabase(file)
const commit = prepareCommit(db)
let position = await valueIn<number>(db, 'select entered from paper_bundles where id = ?', bundleId)
for (;;) {
  const code =
    position % 3 === 0
      ? ({ channel: 'letter', sealedMark: Buffer.from(used, 'hex') } as const)
      : ({ channel: 'paper' } as const)
  const bundle = { bundleId, position, compared: 0, differing: 0 }
  const form = { ballotId: randomBytes(16), sealed: randomBytes(112), stratumId, roundId: '2026', bundle, ...code }
  const [outcome] = commit([form])
  if (outcome !== 'recorded') throw new Error(outcome)
  position++
  process.stdout.write(`${position}\n`)
}
