import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { vi } from 'vitest'
import { parseConfig } from '../../src/config.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { bindKeys, loadKeys } from '../../src/database/key-folder.ts'
import { openMailDatabase } from '../../src/database/mail-connection.ts'
import { serve } from '../../src/serve.ts'
import { launchChromium } from './chromium.ts'
import { freePort } from './free-port.ts'

/** What an installed service is the first time it is started, listening, with nothing in it; and browsers. */
export async function startFirstTime(settings: Record<string, string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-whole-'))
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const config = parseConfig({
    ...{ DATA_DIR: join(folder, 'data'), HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url, LOG_LEVEL: 'silent' },
    ...settings,
  })
  mkdirSync(config.dataDir)
  const empty = openDatabase(config.databaseFile)
  await bindKeys(empty, loadKeys(config.keyDir, { create: true }))
  empty.$client.close()

  const terminal = vi.spyOn(console, 'log').mockImplementation(() => {})
  const app = await serve(config)
  const said = terminal.mock.calls.flat().join('\n')
  terminal.mockRestore()
  const browser = await launchChromium()
  const db = openDatabase(config.databaseFile)
  const mailDb = openMailDatabase(config.mailDatabaseFile)

  return {
    url,
    /** Where what people save is put. */
    folder,
    /** What stands in the terminal: the link for the first account. */
    setUpLink: said.match(/http\S+\/staff\/set-up\/\S+/)![0],
    /** What the service wrote, to look at. */
    db,
    mailDb,
    /** Somebody's own browser; nothing in it is shared with anybody else's. */
    async person(width: number, options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: { width, height: 800 }, locale: 'sv-SE', ...options })
      return context.newPage()
    },
    async close() {
      await browser.close()
      db.$client.close()
      mailDb.$client.close()
      await app.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

export type WholeService = Awaited<ReturnType<typeof startFirstTime>>
