import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { closeRound } from '../../src/cli/round-closing.ts'
import { parseConfig } from '../../src/config.ts'
import { closeDatabase, type Database, openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { roundKeyFile, sealTo } from '../../src/round/round-key.ts'
import { encodeBallot } from '../../src/urn/ballot.ts'
import { letSee } from '../results/published.ts'
import { runIn } from '../support/rows.ts'
import { openRound } from '../support/service.ts'

let folder: string
let printed: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'brukarsvar-'))
  printed = []
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => printed.push(String(text)) > 0)
})
afterEach(() => {
  vi.restoreAllMocks()
  rmSync(folder, { recursive: true })
})

test('a close that counts again says who sees the results, that nothing has changed, and that the answers are gone', async () => {
  const config = parseConfig({ DATA_DIR: folder })
  const within = async <Made>(does: (db: Database) => Promise<Made>) => {
    const db = openDatabase(config.databaseFile)
    try {
      return await does(db)
    } finally {
      closeDatabase(db)
    }
  }
  const { id, keyFile } = await within(async (db) => {
    await bindKeys(db, loadKeys(config.keyDir, { create: true }))
    const { id, key, strata } = await openRound(db)
    const [record, stratumId] = [prepareCommit(db), strata.youth]
    for (let n = 0; n < 12; n++) {
      const sealed = sealTo(key.publicKey, encodeBallot({ stratumId, language: 'sv', answers: { views: 'yes' } }))
      record([{ ballotId: randomBytes(16), stratumId, channel: 'tablet', roundId: id, sealed }])
    }
    const keyFile = join(folder, 'stick.key')
    writeFileSync(keyFile, roundKeyFile(key))
    return { id, keyFile }
  })
  const closed = async (more = {}) => {
    printed = []
    await closeRound(config, id, { keyFile, ...more })
    return printed.join('')
  }

  const first = await closed()
  expect(first).toContain('release 1, which only administrators see.')
  expect(first).toContain(`Next: brukarsvar results propose ${id} release`)
  expect(first).not.toContain('as before')

  await within(async (db) => {
    const clock = { now: new Date() }
    await letSee({ db, clock }, 'release', id)
    await letSee({ db, clock }, 'publish', id)
  })
  const again = await closed()
  expect(again).toContain(
    'release 1, which everybody sees.\nThey come out as before: nothing of release 1 has changed.',
  )
  expect(again).not.toMatch(/only administrators|Next:|reason/)
  expect(await closed({ reason: 'A tally was wrong.' })).toContain('nothing to correct, so the reason was not kept')

  await within((db) => runIn(db, "update openings set sealed_counts = x'', destroyed_on = '2027-01-02'"))
  await expect(closeRound(config, id, {})).rejects.toThrow(`The answers of round ${id} were destroyed on 2027-01-02.`)
})
