import { mkdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { serve } from '../../src/serve.ts'
import { newFile } from '../support/new-file.ts'
import { openRound } from '../support/service.ts'

const owner = { OWNER_NAME: 'Exempelmyndigheten', OWNER_CONTACT: '08-123 45 67', DPO_CONTACT: 'ombud@example.se' }

/** An installed service that has never run, and what it writes to its log. */
async function install(settings: Record<string, string>, { isCollecting = false } = {}) {
  const dataDir = join(dirname(newFile()), 'data')
  mkdirSync(dataDir)
  const config = parseConfig({ DATA_DIR: dataDir, PORT: '0', PUBLIC_URL: 'https://svar.example.se', ...settings })
  const db = openDatabase(config.databaseFile)
  await bindKeys(db, loadKeys(config.keyDir, { create: true }))
  if (isCollecting) await openRound(db)
  db.$client.close()
  const said: unknown[] = []
  const note = (...words: unknown[]) => said.push(...words)
  const log = { fatal: note, error: note, warn: note, info: note } as unknown as Parameters<typeof serve>[1]
  return { said, start: () => serve(config, log) }
}

const { OWNER_NAME: _, ...nameless } = owner

test('a service for the public does not start before it says who leads the survey', async () => {
  await expect((await install({})).start()).rejects.toThrow('OWNER_NAME, OWNER_CONTACT, DPO_CONTACT')
  await expect((await install(nameless)).start()).rejects.toThrow(/Set OWNER_NAME\.$/)
})

test.each([
  ['says it', owner, false],
  ['collects answers, and warns', nameless, true],
  ['is only for this machine', { PUBLIC_URL: 'http://localhost' }, false],
])('it starts where it %s', async (_where, settings: Record<string, string>, isCollecting) => {
  const { start, said } = await install(settings, { isCollecting })
  await (await start()).close()
  expect(said.join(' ').includes('Set OWNER_NAME')).toBe(isCollecting)
})
