import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { restoringFile } from '../database/backup.ts'
import { type Database, examineDatabaseFile } from '../database/connection.ts'
import { demoFileOf } from '../database/demo-file.ts'
import { lockFile } from '../database/in-use.ts'
import { isOpenToOthers, type Keys, openToOthers } from '../database/key-folder.ts'
import { explain } from '../explain.ts'
import { doubted, doubtOf } from '../fieldwork/clock-doubt.ts'
import { loadLanguages } from '../language/languages.ts'
import { missingSettings } from '../notice/responsible.ts'
import { builtAt } from '../project-folder.ts'
import type { AnswerStores } from '../stores.ts'
import { unevenStrata, wrongCounts } from '../urn/store.ts'
import { type AddCommands, type Output, print, withStores } from './command.ts'
import { examineAddresses, examineMail, examineMailFile } from './doctor-mail.ts'
import { examineWriting } from './examine-writing.ts'
import { type Finding, fault, ok, warning } from './finding.ts'
import { keptKeyFile } from './key-file.ts'
import { examineMemory } from './memory.ts'

export const doctorCommand: AddCommands = (program, config) => {
  program
    .command('doctor')
    .description('Check database, keys, disk, settings, texts and mail server. Exit code 4 if something is wrong.')
    .action(async (options: Output) => {
      const mark = { ok: 'ok      ', warning: 'warning ', fault: 'FAULT   ' }
      const findings = await examine(config())
      const ok = findings.every(({ level }) => level !== 'fault')
      print(
        options,
        { ok, findings },
        findings.map(({ level, check, message }) => `${mark[level]} ${check}: ${message}`),
      )
      if (!ok) process.exitCode = 4
    })
}

async function examine(config: Config): Promise<Finding[]> {
  const inside = await withStores(config, (stores, keys, db) => examineDatabase(config, { stores, keys, db })).catch(
    (error) => [fault('database', explain(error).message)],
  )
  return [
    ...inside,
    ...examineMailFile(config),
    ...examineFolders(config),
    ...examineService(config, await isCollecting(config)),
    ...memoryFindings(config),
    await examineMail(config),
  ]
}

async function examineDatabase(
  config: Config,
  { stores, keys, db }: { stores: AnswerStores; keys: Keys; db: Database },
): Promise<Finding[]> {
  const { integrity, broken, dangling } = examineDatabaseFile(db)
  const uneven = (await unevenStrata(db)).map(({ stratumId }) => stratumId)
  const miscounted = (await wrongCounts(db)).map(({ stratumId, channel }) => `${stratumId} ${channel}`)
  return [
    ok('keys', `the key folder ${config.keyDir} belongs to this database`),
    ...((await stores.people.hasStaffKey(keys))
      ? []
      : [fault('keys', 'staff.key is another one: no second factor is right, and no waiting email can be read')]),
    examineWriting('writing', config.databaseFile, db),
    integrity === 'ok' ? ok('database', 'integrity check passed') : fault('database', integrity),
    broken.length === 0
      ? ok('durability', 'truncated journal, full sync, secure delete')
      : fault('durability', broken.join('; ')),
    dangling === 0 ? ok('references', 'none dangling') : fault('references', `${dangling} dangling`),
    uneven.length === 0
      ? ok('urn', 'used codes and ballots that came by code are equally many in every stratum')
      : fault(
          'urn',
          `the number of used codes is not the number of ballots that came by code, in: ${uneven.join(', ')}`,
        ),
    miscounted.length === 0
      ? ok('counts', 'the number of ballots counted is the number stored')
      : fault('counts', `the number of ballots counted is not the number stored, in: ${miscounted.join(', ')}`),
    ...(await examineRoundKeys(config, stores)),
    await examineClock(stores),
    ...(await examineAddresses(config, stores)),
  ]
}

/** The clock decides when figures are told and when what is kept goes. */
async function examineClock(stores: AnswerStores): Promise<Finding> {
  const now = new Date()
  const doubt = doubtOf(now, { builtAt: builtAt(), rounds: await stores.fieldwork.listMovingRounds(now) })
  return doubt ? fault('clock', doubted[doubt]) : ok('clock', `${now.toISOString()} can be right`)
}

/** Kept on purpose is a warning; left behind by mistake is a fault. */
async function examineRoundKeys(config: Config, stores: AnswerStores): Promise<Finding[]> {
  const kept = (await stores.round.listRounds()).filter(({ id }) => existsSync(keptKeyFile(config, id)))
  return kept.map(({ id }) =>
    config.keepRoundKey
      ? warning('round key', `the private key of round ${id} is kept on this server, as KEEP_ROUND_KEY says`)
      : fault('round key', `the private key of round ${id} is on this server: ${keptKeyFile(config, id)}`),
  )
}

function examineFolders(config: Config): Finding[] {
  const { dataDir, keyDir } = config
  if (!existsSync(dataDir)) return []
  const demo = demoFileOf(config)
  const open = [config.databaseFile, config.mailDatabaseFile].filter(isOpenToOthers)
  const free = freeMegabytes(dataDir)
  const left = restoringFile(config.databaseFile)
  return [
    ...openToOthers(keyDir).map((file) => fault('key folder', `other users have access to ${file}: chmod go= ${file}`)),
    ...(openToOthers(dataDir).includes(join(dataDir))
      ? [warning('data folder', `other users have access to ${dataDir}: chmod go= ${dataDir}`)]
      : []),
    ...open.map((file) => fault('data folder', `other users have access to ${file}: chmod go= ${file}`)),
    ...(existsSync(left)
      ? [
          warning(
            'restore',
            `${left} is a copy of a backup, left by a restore that was not finished. Remove it, or restore again`,
          ),
        ]
      : []),
    ...(demo
      ? [(config.publicUrl.startsWith('https:') ? fault : warning)('demo', `${demo} holds passwords of a demo`)]
      : []),
    free >= 500 ? ok('disk', `${free} MB free`) : fault('disk', `only ${free} MB free`),
  ]
}

/** Keys, codes and answers stand in the memory of the service for a moment: nothing of it may come onto a disk. */
function memoryFindings({ databaseFile }: Config): Finding[] {
  const found = examineMemory(lockFile(databaseFile))
  if (!found) return []
  const whose =
    found.of === 'this command'
      ? 'the memory of a service started as this command was'
      : `the memory of the service (process ${found.of.pid})`
  if (found.leaks.length === 0) return [ok('memory', `${whose} comes to no disk: no core files, no swap`)]
  return found.leaks.map((leak) => warning('memory', `${whose}: ${leak}`))
}

function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / 1e6)
}

/** Whether a round collects; a database that cannot be read says no, and has a fault of its own. */
const isCollecting = (config: Config): Promise<boolean> =>
  withStores(config, async (stores) =>
    (await stores.round.listRounds()).some(({ state }) => state === 'collecting'),
  ).catch(() => false)

function examineService({ publicUrl, trustedProxies, notice }: Config, isCollecting: boolean): Finding[] {
  const unreviewed = loadLanguages().all.filter(({ reviewed }) => !reviewed)
  const missing = missingSettings(notice)
  const keepsFromStarting = publicUrl.startsWith('https:') && !isCollecting // serve.ts
  return [
    missing.length === 0
      ? ok('privacy notice', `${notice.owner.name} leads the survey`)
      : (keepsFromStarting ? fault : warning)(
          'privacy notice',
          `it does not say who leads the survey${keepsFromStarting ? ', and the service does not start' : ''}: set ${missing.join(', ')}`,
        ),
    publicUrl.startsWith('https:')
      ? ok('address', publicUrl)
      : warning('address', `${publicUrl} is not encrypted: use it only on this machine`),
    ...(publicUrl.startsWith('https:') && trustedProxies.length === 0
      ? [
          warning(
            'proxy',
            'no proxy is trusted, so that everybody behind one counts as one visitor to the limit on wrong codes: TRUSTED_PROXIES=127.0.0.1,::1 for one on this machine',
          ),
        ]
      : []),
    unreviewed.length === 0
      ? ok('languages', 'a person has reviewed all texts')
      : warning('languages', `nobody has reviewed the texts in: ${unreviewed.map(({ code }) => code).join(', ')}`),
  ]
}
