import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { formToken } from '../../src/crypto/secrets.ts'
import { bindStore } from '../../src/database/bound.ts'
import { closeDatabase, examineDatabaseFile, isPassing, openDatabase } from '../../src/database/connection.ts'
import { loadKeys } from '../../src/database/key-folder.ts'
import { atOnce, patiently } from '../../src/database/patience.ts'
import { freePort } from '../../src/free-port.ts'
import type { Role } from '../../src/people/roles.ts'
import { bindStores } from '../../src/stores.ts'
import { unevenStrata, wrongCounts } from '../../src/urn/store.ts'
import { startMailServer } from '../../test/mail/mail-server.ts'
import { rowIn, runIn, valueIn, valuesIn } from '../../test/support/rows.ts'
import { startService } from '../../test/support/service.ts'
import { newStaff } from '../../test/support/staff.ts'
import { newWorld } from '../../test/support/staff-world.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

/** A round that collects, as the built service serves it, with accounts, codes and a mail server. */
export async function startWorld(codeCount: number) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-fuzz-'))
  const file = join(folder, 'brukarsvar.sqlite')
  const keys = loadKeys(join(folder, 'keys'), { create: true })
  const prepared = await startService({ file, keys, now: new Date().toISOString() })
  const world = await newWorld(prepared)
  const { issueCodes } = bindStores(prepared.db, atOnce).invitation
  const codes: string[] = []
  for (const stratumId of Object.values(world.round.strata)) {
    const wanted = { stratumId, channel: 'handout', count: Math.ceil(codeCount / 5), drawn: true } as const
    codes.push(...(await issueCodes(keys.codePepper, wanted)).codes)
  }
  await prepared.close()

  const mail = await startMailServer()
  const port = await freePort()
  const service = startBuilt({ folder, port, smtpUrl: mail.url })
  await service.ready()
  const db = openDatabase(file, { mustExist: true })
  const urn = bindStore({ unevenStrata, wrongCounts }, db, patiently)
  const { round, service: _, ...places } = world
  /** Units come and go meanwhile. */
  const unitsOf = (municipality: string) =>
    valuesIn<string>(db, 'select id from units where municipality_code = ? limit 3', municipality)
  return {
    port,
    codes,
    mails: mail.received,
    /** Ids that stand in addresses, by their names there. */
    ids: new Map(
      ['unitId', 'stratumId', 'batchId', 'tabletId', 'staffId', 'bundleId', 'municipalityCode', 'roundId'].map(
        (name) => [
          name,
          [places.own, places.beside, places.foreign].map(
            (place) => (place as unknown as Record<string, string>)[name]!,
          ),
        ],
      ),
    ),
    service,
    /** Somebody of a role, newly signed in: their cookie, and the token of their forms. */
    async signIn(role: Role): Promise<{ cookie: string; form: string }> {
      const place = role === 'national' ? { role } : { role, municipalityCode: '1489', unitIds: await unitsOf('1489') }
      const { token } = await stubbornly(() => newStaff({ db, clock: { now: new Date() } }, place))
      return { cookie: `staff=${token}`, form: formToken(token) }
    },
    /** Puts the round into a phase, whatever was done to it. */
    async putRound(state: 'collecting' | 'closed' | 'draft', isPaused = false): Promise<void> {
      const change = 'update rounds set state = ?, is_paused = ?, late_until = null where id = ?'
      await stubbornly(() => runIn(db, change, state, Number(isPaused), round.id))
    },
    /** What is wrong with the database, in words, and how often something was stored. */
    async inspect() {
      const count = (table: string) => valueIn<number>(db, `select count(*) from ${table}`)
      const { integrity, dangling } = examineDatabaseFile(db)
      const wrong = [
        ...[integrity].filter((said) => said !== 'ok'),
        ...Array.from({ length: dangling }, () => 'a dangling reference'),
        ...(await urn.unevenStrata()).map(({ stratumId }) => `codes and ballots differ in ${stratumId}`),
        ...(await urn.wrongCounts()).map(({ stratumId }) => `a count is wrong in ${stratumId}`),
      ]
      const ofDeeds = 'select count(*) as deeds, count(distinct action) as kinds from audit'
      const { deeds, kinds } = await rowIn<{ deeds: number; kinds: number }>(db, ofDeeds)
      return {
        ...{ wrong, deeds, kinds },
        ...{ ballots: await count('urn'), staff: await count('staff'), units: await count('units') },
      }
    },
    async end(): Promise<number | null> {
      closeDatabase(db)
      const exitCode = await service.stop()
      await mail.close()
      rmSync(folder, { recursive: true, force: true })
      return exitCode
    },
  }
}

/** Again and again while the service holds the database just then. */
async function stubbornly<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await work()
    } catch (error) {
      if (tries > 200 || !isPassing(error)) throw error
      await pause(20)
    }
  }
}

export type World = Awaited<ReturnType<typeof startWorld>>

function startBuilt({ folder, port, smtpUrl }: { folder: string; port: number; smtpUrl: string }) {
  const url = `http://127.0.0.1:${port}`
  const child: ChildProcess = spawn(
    process.execPath,
    ['--max-semi-space-size=2', '--max-old-space-size=80', 'dist/main.js'],
    {
      cwd: project,
      env: {
        ...{ PATH: process.env.PATH, DATA_DIR: folder, HOST: '127.0.0.1', PORT: String(port), PUBLIC_URL: url },
        ...{ LOG_LEVEL: 'warn', WRONG_CODES_PER_HOUR: '1000000', TRUSTED_PROXIES: '127.0.0.1' },
        ...{ SMTP_URL: smtpUrl, MAIL_FROM: 'Brukarsvar <svar@example.se>', MAIL_PER_MINUTE: '600' },
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  )
  const ended = once(child, 'exit')
  const said: string[] = []
  for (const stream of [child.stdout!, child.stderr!])
    stream.on('data', (text) => said.push(...String(text).split('\n').filter(Boolean)))
  return {
    url,
    /** Lines of its log. */
    said,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    async ready(): Promise<void> {
      while (child.exitCode === null) {
        if (
          await fetch(`${url}/health`).then(
            ({ ok }) => ok,
            () => false,
          )
        )
          return
        await pause(50)
      }
      throw new Error(`The service did not start: ${said.join('\n')}`)
    },
    async stop(): Promise<number | null> {
      if (child.exitCode === null) child.kill('SIGTERM')
      await ended
      return child.exitCode
    },
  }
}
