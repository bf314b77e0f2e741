import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import closeWithGrace from 'close-with-grace'
import { renderUnicodeCompact } from 'uqr'
import { explain } from './cli/explain.ts'
import { keptKeyFile } from './cli/key-file.ts'
import { progressBar } from './cli/progress.ts'
import { makeLink } from './cli/tablet.ts'
import { type Config, parseConfig } from './config.ts'
import { holdInUse } from './database/backup.ts'
import { type Database, openDatabase } from './database/connection.ts'
import { bindKeys, type Keys, loadKeys } from './database/key-folder.ts'
import { type DemoAccount, makeAccounts } from './demo/accounts.ts'
import { demoFileIn } from './demo/demo-file.ts'
import { simulate, simulateEvenings } from './demo/simulate.ts'
import { DomainError } from './errors.ts'
import { withPort } from './free-port.ts'
import { codeAddress } from './invitation/code-address.ts'
import { issueCodes, recordLeftover } from './invitation/store.ts'
import { inFours } from './invitation/survey-code.ts'
import { addStrata, addUnit, listStrata, listUnits, type Stratum } from './organisation/store.ts'
import { type TargetGroup, targetGroups } from './questionnaire/target-groups.ts'
import type { Round } from './round/round.ts'
import { createRoundKey, drillRoundKey, parseRoundKeyFile, roundKeyFile } from './round/round-key.ts'
import { createRound, getRound, listRounds, moveRound } from './round/store.ts'
import { serve } from './serve.ts'
import { listTablets } from './tablet/store.ts'
import { usualQuota } from './tablet/tablet.ts'

/** What a test or a load tool needs to drive the demo. */
interface DemoFile {
  url: string
  codes: { code: string; stratum: string; targetGroup: TargetGroup; unit: string }[]
  /** A one-time link for each stratum, with the PIN of its staff corner. Links that were used are made anew at the next start. */
  tabletEnrolment: { url: string; stratum: string; pin: string }[]
  roundKeyFile: string
  staff: DemoAccount[]
}

const alingsas = '1489'

const units: { name: string; groups: TargetGroup[] }[] = [
  { name: 'Enheten för försörjningsstöd', groups: ['economic_assistance'] },
  { name: 'Vuxenenheten', groups: ['economic_assistance', 'addiction'] },
  { name: 'Enheten för barn och unga', groups: ['guardian', 'youth', 'unaccompanied'] },
]

const fewestCodes = 200

/** Where the tablets of one unit stand, as people call it. */
const tabletPlaces = ['Receptionen', 'Väntrummet', 'Besöksrummet', 'Mottagningen', 'Entrén']
const tabletName = (unit: string, index: number) => `${tabletPlaces[index % tabletPlaces.length]}, ${unit}`

try {
  const { values } = parseArgs({
    options: {
      codes: { type: 'string', default: '240' },
      fresh: { type: 'boolean', default: false },
      national: { type: 'boolean', default: false },
    },
  })
  const wanted = Number(values.codes)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 1_000_000)
    throw new DomainError('invalid', '--codes must be a number from 1 to 1000000.')
  const settings = parseConfig({
    ...{ DATA_DIR: './data/demo', KEEP_ROUND_KEY: 'true', LOG_LEVEL: 'warn' },
    ...{
      OWNER_NAME: 'Exempelmyndigheten',
      OWNER_CONTACT: 'brukarsvar@example.se',
      DPO_CONTACT: 'dataskydd@example.se',
    },
    ...process.env,
  })
  const config = await withPort(settings)
  refuseOthersData(config)
  if (values.fresh) startOver(config)
  const { demo, round } = await prepare(config, Math.max(wanted, fewestCodes), values.national)
  await run(config, demo, round)
} catch (error) {
  const { message, exitCode } = plainly(error)
  console.error(message)
  process.exit(exitCode) // whatever was begun must not keep it alive
}

function plainly(error: unknown) {
  const { code, port } = error as { code?: string; port?: number }
  if (code !== 'EADDRINUSE') return explain(error)
  return { message: `Port ${port} is in use: PORT=${port! + 1} npm run demo`, exitCode: 4 }
}

/** A DATA_DIR set by mistake must lose nothing. */
function refuseOthersData(config: Config): void {
  if (existsSync(config.databaseFile) && !existsSync(demoFileIn(config.dataDir)))
    throw new DomainError(
      'conflict',
      `${config.dataDir} contains a database that is not a demo. Set DATA_DIR to another folder.`,
    )
}

/** Removes only what a demo makes, and nothing under the feet of one that runs. */
function startOver(config: Config): void {
  const { databaseFile, mailDatabaseFile, keyDir } = config
  if (existsSync(databaseFile)) holdInUse(databaseFile)()
  const files = [databaseFile, mailDatabaseFile].flatMap((file) => [file, `${file}-journal`])
  for (const path of [...files, `${databaseFile}.in-use`, demoFileIn(config.dataDir), keyDir])
    rmSync(path, { recursive: true, force: true })
}

/** Makes the demo round with its codes, or tops up the one that is there. */
async function prepare(config: Config, wanted: number, isNational: boolean): Promise<{ demo: DemoFile; round: Round }> {
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const known = readKnownCodes(config)
  const keys = loadKeys(config.keyDir, { create: true })
  const db = openDatabase(config.databaseFile)
  try {
    bindKeys(db, keys)
    const existing = (await listRounds(db))[0]
    if (existing && isNational && (await listStrata(db, existing.id)).length < 100)
      throw new DomainError(
        'conflict',
        'There is already a demo of one municipality. For a national demo: npm run demo -- --national --fresh',
      )
    const round = existing ?? (await openRound(config, db, keys, isNational))
    const missing = round.state === 'collecting' ? wanted - known.length : 0
    const codes = [
      ...known,
      ...(await issueDemoCodes(
        db,
        keys.codePepper,
        await listStrata(db, round.id, { municipalityCode: alingsas }),
        missing,
      )),
    ]
    if ((await listRounds(db)).length === 1) await simulateEvenings(db, { round, day })
    const tabletEnrolment = round.state === 'collecting' ? await inviteDemoTablets(config, db, round.id) : []
    const staff = await demoAccounts(config, db, keys)
    const demo = { url: config.publicUrl, codes, tabletEnrolment, roundKeyFile: keptKeyFile(config, round.id), staff }
    if (codes.length === 0)
      throw new DomainError(
        'conflict',
        'The demo was interrupted before it was complete. Start over with: npm run demo -- --fresh',
      )
    writeDemoFile(config, demo)
    return { demo, round }
  } finally {
    db.$client.close()
  }
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

async function openRound(config: Config, db: Database, keys: Keys, isNational: boolean): Promise<Round> {
  const year = new Date().getFullYear()
  const id = String(year)
  const { publicKey, ...key } = createRoundKey(id)
  writeFileSync(keptKeyFile(config, id), roundKeyFile({ publicKey, ...key }), { mode: 0o600 })
  drillRoundKey({ id, publicKey }, parseRoundKeyFile(readFileSync(keptKeyFile(config, id), 'utf8')))
  const dates = { opensOn: day(-14), closesOn: day(46) }
  await createRound(db, { id, year, ...dates, publicKey, targetGroups: [...targetGroups] })
  for (const { name, groups } of units) {
    const unit = await addUnit(db, { municipalityCode: alingsas, name })
    await addStrata(db, id, unit.id, groups)
  }
  await moveRound(db, id, ['draft'], 'collecting')
  const round = await getRound(db, id)
  await simulate(db, keys, { round, day, isNational })
  console.log(
    `Round ${id} is open for Alingsås (${alingsas}): ${units.length} units, ${targetGroups.length} target groups.`,
  )
  return round
}

async function demoAccounts(config: Config, db: Database, keys: Keys): Promise<DemoAccount[]> {
  const { staff = [] }: Partial<DemoFile> = JSON.parse(readFileSync(demoFileIn(config.dataDir), 'utf8'))
  const unitIds = (await listUnits(db, { municipalityCode: alingsas })).map((unit) => unit.id)
  return makeAccounts(db, keys, { municipalityCode: alingsas, unitIds, now: new Date() }, staff)
}

/** Shares the codes out among the strata: half as letters that were posted, half drawn at a meeting. */
async function issueDemoCodes(
  db: Database,
  codePepper: Buffer,
  strata: Stratum[],
  count: number,
): Promise<DemoFile['codes']> {
  if (count <= 0) return []
  const bar = progressBar('Issuing codes', count)
  const issued: DemoFile['codes'] = []
  for (const [index, { id: stratumId, targetGroup, unit }] of strata.entries()) {
    const share = Math.floor((count + index) / strata.length)
    const letters = Math.floor(share / 2)
    const issue = async (channel: 'handout' | 'letter', number: number) => {
      const onProgress = (done: number) => bar.update(issued.length + done)
      const drawn = channel === 'handout'
      const batch = await issueCodes(db, codePepper, { stratumId, channel, count: number, drawn, onProgress })
      for (const code of batch.codes) issued.push({ code, stratum: stratumId, targetGroup, unit })
      return batch.batchId
    }
    if (share > letters) await issue('handout', share - letters)
    if (letters > 0) await recordLeftover(db, await issue('letter', letters), 0)
  }
  bar.end()
  console.log(`${issued.length} codes issued.`)
  return issued
}

/** One tablet for each stratum. A link is good for one device: where it was used, or the address has changed, there is a new one. */
async function inviteDemoTablets(config: Config, db: Database, roundId: string): Promise<DemoFile['tabletEnrolment']> {
  const { tabletEnrolment = [] }: Partial<DemoFile> = JSON.parse(readFileSync(demoFileIn(config.dataDir), 'utf8'))
  const invited = (await listTablets(db, roundId)).filter(({ state }) => state === 'invited')
  const links: DemoFile['tabletEnrolment'] = []
  const strataOfAlingsas = await listStrata(db, roundId, { municipalityCode: alingsas })
  for (const { id: stratum, unit } of strataOfAlingsas) {
    const known = tabletEnrolment.find(
      (link) => link.stratum === stratum && link.url.startsWith(`${config.publicUrl}/`),
    )
    if (known && invited.some(({ strata }) => strata[0]!.id === stratum)) {
      links.push(known)
      continue
    }
    const name = tabletName(
      unit,
      strataOfAlingsas.filter((other) => other.unit === unit).findIndex(({ id }) => id === stratum),
    )
    const { url, pin } = await makeLink(config, db, { name, strata: [stratum], dailyQuota: usualQuota })
    links.push({ url, stratum, pin })
  }
  return links
}

async function run(config: Config, demo: DemoFile, round: Round): Promise<void> {
  const app = await serve(config)
  closeWithGrace({ delay: 5_000, logger: false }, async () => app.close())

  const { code } = demo.codes[Math.floor(Math.random() * demo.codes.length)]!
  const address = codeAddress(demo.url, code)
  const data = config.dataDir
  const tablet = demo.tabletEnrolment[0]
  if (round.state !== 'collecting')
    console.log(`Round ${round.id} is ${round.state}: no more answers. npm run demo -- --fresh starts over.`)
  console.log(`
Brukarsvar is running:  ${demo.url}

A survey code:          ${inFours(code)}
The same as a link:     ${address}

${renderUnicodeCompact(address)}
${
  tablet === undefined
    ? ''
    : `
A tablet for the waiting room, once on one device (staff corner: PIN ${tablet.pin}):
                        ${tablet.url}

${renderUnicodeCompact(tablet.url)}
`
}
For staff:              ${demo.url}/staff
${demo.staff.map(({ email, password }) => `                        ${email.padEnd(24)} ${password}`).join('\n')}
                        The first, the administrator, also needs a one-time number: use one of the recovery codes in demo.json.

Where to look next:
  ${demoFileIn(config.dataDir)}   ${demo.codes.length} codes and ${demo.tabletEnrolment.length} tablet links, for every target group
  DATA_DIR=${data} npm run -s brukarsvar -- rates
      how the fieldwork goes, as it was told last night
  DATA_DIR=${data} npm run -s brukarsvar -- round close ${round.id}
      close the round, unlock the responses, count
  npm run demo -- --fresh   starts over
This demo keeps the round's private key beside the database. A real round must not.
Ctrl+C stops.`)
}
