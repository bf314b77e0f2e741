import { existsSync, readdirSync, statSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { brokenPragmas } from '../database/connection.ts'
import { unevenStrata } from '../response/reconcile.ts'
import { listRounds } from '../round/store.ts'
import { loadLanguages } from '../web/languages.ts'
import { type AddCommands, print, withDatabase } from './command.ts'

interface Finding {
  check: string
  ok: boolean
  /** A warning does not change the exit code. */
  level: 'ok' | 'warning' | 'fault'
  message: string
}

export const doctorCommand: AddCommands = (program, config) => {
  program
    .command('doctor')
    .description('Check database, keys, disk, settings and texts. Exit code 4 when something is wrong.')
    .option('--json', 'print JSON')
    .action(async (options: { json?: boolean }) => {
      const findings = await examine(config())
      const mark = { ok: 'ok      ', warning: 'warning ', fault: 'FAULT   ' }
      print(
        options,
        { ok: findings.every(({ ok }) => ok), findings },
        findings.map(({ level, check, message }) => `${mark[level]} ${check}: ${message}`),
      )
      if (findings.some(({ ok }) => !ok)) process.exitCode = 4
    })
}

async function examine(config: Config): Promise<Finding[]> {
  const findings: Finding[] = []
  const ok = (check: string, message: string) => findings.push({ check, ok: true, level: 'ok', message })
  const warning = (check: string, message: string) => findings.push({ check, ok: true, level: 'warning', message })
  const fault = (check: string, message: string) => findings.push({ check, ok: false, level: 'fault', message })

  await withDatabase(config, async (db) => {
    ok('keys', `the key folder ${config.keyDir} belongs to this database`)
    const integrity = db.$client.pragma('integrity_check', { simple: true })
    integrity === 'ok' ? ok('database', 'integrity check passed') : fault('database', String(integrity))
    const broken = brokenPragmas(db.$client)
    broken.length === 0
      ? ok('durability', 'truncated journal, full sync, secure delete')
      : fault('durability', broken.join('; '))
    const dangling = db.$client.pragma('foreign_key_check') as unknown[]
    dangling.length === 0 ? ok('references', 'none dangling') : fault('references', `${dangling.length} dangling`)
    const uneven = await unevenStrata(db)
    uneven.length === 0
      ? ok('urn', 'as many used codes as ballots that came by code, in every stratum')
      : fault('urn', `uneven strata: ${uneven.map(({ stratumId }) => stratumId).join(', ')}`)

    for (const { id, state } of await listRounds(db)) {
      const kept = existsSync(join(config.keyDir, `round-${id}.key`))
      if (kept && state === 'collecting')
        warning('round key', `the private key of round ${id} lies on this server while answers are collected`)
    }
  })

  for (const file of ['.', ...readdirSync(config.keyDir)]) {
    if (statSync(join(config.keyDir, file)).mode & 0o077)
      warning('key folder', `others may read ${join(config.keyDir, file)}`)
  }
  const { bavail, bsize } = await statfs(config.dataDir)
  const free = Math.round((bavail * bsize) / 1e6)
  free >= 500 ? ok('disk', `${free} MB free`) : fault('disk', `only ${free} MB free`)
  if (config.publicUrl.startsWith('http:'))
    warning('address', `${config.publicUrl} is not encrypted: fit for this machine only`)
  const unreviewed = loadLanguages()
    .all.filter(({ reviewed }) => !reviewed)
    .map(({ code }) => code)
  if (unreviewed.length > 0) warning('languages', `no person has reviewed the texts of: ${unreviewed.join(', ')}`)
  return findings
}
