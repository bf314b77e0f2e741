import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { namedInNotices, writtenNotices } from '../actions/written-notices.ts'
import { keptKeyFile } from '../cli/key-file.ts'
import type { Config } from '../config.ts'
import { closeDatabase, openDatabase } from '../database/connection.ts'
import { demoFileIn } from '../database/demo-file.ts'
import { holdInUse } from '../database/in-use.ts'
import { bindKeys, loadKeys } from '../database/key-folder.ts'
import { atOnce } from '../database/patience.ts'
import { DomainError } from '../errors.ts'
import { loadLanguages } from '../language/languages.ts'
import { type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'
import { phaseOf } from '../results/phase.ts'
import { askedWords } from '../round/asked-words.ts'
import type { Round } from '../round/round.ts'
import { createRoundKey, drillRoundKey, parseRoundKeyFile, roundKeyFile } from '../round/round-key.ts'
import { bindStores } from '../stores.ts'
import { type DemoAccount, makeAccounts } from './accounts.ts'
import type { Ground } from './ground.ts'
import { alingsas, type DemoFile, inviteDemoTablets, issueDemoCodes } from './issuing.ts'
import { simulate, simulateEvenings } from './simulate.ts'

const units: { name: string; groups: TargetGroup[] }[] = [
  { name: 'Enheten för försörjningsstöd', groups: ['economic_assistance'] },
  { name: 'Vuxenenheten', groups: ['economic_assistance', 'addiction'] },
  { name: 'Enheten för barn och unga', groups: ['guardian', 'youth', 'unaccompanied'] },
]

export const fewestCodes = 200

/** A DATA_DIR set by mistake must lose nothing. */
export function refuseOthersData(config: Config): void {
  if (existsSync(config.databaseFile) && !existsSync(demoFileIn(config.dataDir)))
    throw new DomainError(
      'conflict',
      `${config.dataDir} contains a database that is not a demo. Set DATA_DIR to another folder.`,
    )
}

/** Removes only what a demo makes, and nothing under the feet of one that runs. */
export function startOver(config: Config): void {
  const { databaseFile, mailDatabaseFile, keyDir } = config
  if (existsSync(databaseFile)) holdInUse(databaseFile)()
  const files = [databaseFile, mailDatabaseFile].flatMap((file) => [file, `${file}-journal`])
  for (const path of [...files, `${databaseFile}.in-use`, demoFileIn(config.dataDir), keyDir])
    rmSync(path, { recursive: true, force: true })
}

/** Makes the demo round with its codes, or tops up the one that is there. */
export async function prepare(
  config: Config,
  wanted: number,
  isNational: boolean,
): Promise<{ demo: DemoFile; round: Round; isPublished: boolean }> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const known = readKnownCodes(config)
  const keys = loadKeys(config.keyDir, { create: true })
  const db = openDatabase(config.databaseFile)
  const stores = bindStores(db, atOnce)
  const ground = { db, stores, keys }
  try {
    await bindKeys(db, keys)
    const existing = (await stores.round.listRounds())[0]
    if (existing && isNational && (await stores.organisation.listStrata(existing.id)).length < 100)
      throw new DomainError(
        'conflict',
        'There is already a demo of one municipality. For a national demo: npm run demo -- --national --fresh',
      )
    const round = existing ?? (await openRound(config, ground, isNational))
    const missing = round.state === 'collecting' ? wanted - known.length : 0
    const codes = [
      ...known,
      ...(await issueDemoCodes(
        ground,
        await stores.organisation.listStrata(round.id, { municipalityCode: alingsas }),
        missing,
      )),
    ]
    if ((await stores.round.listRounds()).length === 1) await simulateEvenings(ground, { round, day, isNational })
    const tabletEnrolment = round.state === 'collecting' ? await inviteDemoTablets(config, ground, round.id) : []
    const staff = await demoAccounts(config, ground)
    const demo = { url: config.publicUrl, codes, tabletEnrolment, roundKeyFile: keptKeyFile(config, round.id), staff }
    if (codes.length === 0)
      throw new DomainError(
        'conflict',
        'The demo was interrupted before it was complete. Start over with: npm run demo -- --fresh',
      )
    writeDemoFile(config, demo)
    return { demo, round, isPublished: await isAnyPublished(stores) }
  } finally {
    closeDatabase(db)
  }
}

/** Whether everybody can read the results of any round. */
async function isAnyPublished({ round, results }: Ground['stores']): Promise<boolean> {
  const releases = await Promise.all((await round.listRounds()).map(({ id }) => results.listReleases(id)))
  return releases.flat().some(({ steps }) => phaseOf(steps, new Date()) === 'published')
}

/** The codes of an earlier run. A demo that is broken off while it is made leaves a file without codes, and goes on from there. */
function readKnownCodes(config: Config): DemoFile['codes'] {
  if (existsSync(demoFileIn(config.dataDir))) return JSON.parse(readFileSync(demoFileIn(config.dataDir), 'utf8')).codes
  writeDemoFile(config, { url: config.publicUrl, codes: [], tabletEnrolment: [], roundKeyFile: '', staff: [] })
  return []
}

/** The day so many days from today. */
function day(offset: number): string {
  return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
}

function writeDemoFile(config: Config, demo: DemoFile): void {
  writeFileSync(demoFileIn(config.dataDir), `${JSON.stringify(demo, null, 1)}\n`, { mode: 0o600 })
}

async function openRound(config: Config, ground: Ground, isNational: boolean): Promise<Round> {
  const { stores } = ground
  const year = new Date().getFullYear()
  const id = String(year)
  const { publicKey, ...key } = createRoundKey(id)
  writeFileSync(keptKeyFile(config, id), roundKeyFile({ publicKey, ...key }), { mode: 0o600 })
  drillRoundKey({ id, publicKey }, parseRoundKeyFile(readFileSync(keptKeyFile(config, id), 'utf8')))
  const dates = { opensOn: day(-14), closesOn: day(46) }
  await stores.round.createRound({ id, year, ...dates, publicKey, isPractice: true, targetGroups: [...targetGroups] })
  for (const { name, groups } of units) {
    const unit = await stores.organisation.addUnit({ municipalityCode: alingsas, name })
    await stores.organisation.addStrata(id, unit.id, groups)
  }
  const languages = loadLanguages()
  const asking = { languages: [], targetGroups: [...targetGroups] }
  const notices = writtenNotices(languages, asking, namedInNotices(config))
  await stores.round.beginCollection(id, askedWords(languages, asking), notices)
  const round = await stores.round.getRound(id)
  await simulate(ground, { round, day, isNational })
  console.log(
    `Round ${id} is open for Alingsås (${alingsas}): ${units.length} units, ${targetGroups.length} target groups.`,
  )
  return round
}

async function demoAccounts(config: Config, ground: Ground): Promise<DemoAccount[]> {
  const { staff = [] }: Partial<DemoFile> = JSON.parse(readFileSync(demoFileIn(config.dataDir), 'utf8'))
  const unitIds = (await ground.stores.organisation.listUnits({ municipalityCode: alingsas })).map((unit) => unit.id)
  return makeAccounts(ground, { municipalityCode: alingsas, unitIds, now: new Date() }, staff)
}
