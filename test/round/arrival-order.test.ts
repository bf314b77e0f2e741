import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { closeRound } from '../../src/cli/round-closing.ts'
import { parseConfig } from '../../src/config.ts'
import { closeDatabase, openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { roundKeyFile, sealTo } from '../../src/round/round-key.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { openRound } from '../support/service.ts'
import { urnAsItLies } from '../support/urn-as-it-lies.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  vi.spyOn(process.stdout, 'write').mockReturnValue(true) // what the command prints
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

/** A round with twelve ballots that came one after the other, and the key of it on a stick. */
async function collected() {
  const config = parseConfig({ DATA_DIR: folder })
  const db = openDatabase(config.databaseFile)
  await bindKeys(db, loadKeys(config.keyDir, { create: true }))
  const { id, key, strata } = await openRound(db)
  const record = prepareCommit(db)
  const stratumId = strata.youth
  for (let n = 0; n < 12; n++) {
    const sealed = sealTo(key.publicKey, encodeBallot({ stratumId, language: 'sv', answers: { views: 'yes' } }))
    record([{ ballotId: randomBytes(16), stratumId, channel: 'tablet', roundId: id, sealed }])
  }
  closeDatabase(db)
  const keyFile = join(folder, 'stick.key')
  writeFileSync(keyFile, roundKeyFile(key))
  return { config, id, keyFile }
}

test.each([
  ['opens the urn', {}],
  ['waits for tablets', { wait: true }],
])('a close by command that %s leaves no ballot where it lay as it came', async (_, how) => {
  const { config, id, keyFile } = await collected()
  const before = urnAsItLies(config.databaseFile)
  expect(before).toHaveLength(12)
  expect(before).not.toEqual([...before].sort())

  await closeRound(config, id, { keyFile, ...how })

  expect(urnAsItLies(config.databaseFile)).toEqual([...before].sort())
})
