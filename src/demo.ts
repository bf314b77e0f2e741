import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import closeWithGrace from 'close-with-grace'
import { renderUnicodeCompact } from 'uqr'
import { progressBar } from './cli/progress.ts'
import { type Config, parseConfig } from './config.ts'
import { type Database, openDatabase } from './database/connection.ts'
import { bindKeys, loadKeys } from './database/key-folder.ts'
import { codeAddress } from './invitation/slips.ts'
import { issueCodes, recordLeftover } from './invitation/store.ts'
import { inFours } from './invitation/survey-code.ts'
import { addStrata, addUnit, listStrata, type Stratum } from './organisation/store.ts'
import { type TargetGroup, targetGroups } from './questionnaire/target-groups.ts'
import { createRoundKey, drillRoundKey, parseRoundKeyFile, roundKeyFile } from './round/round-key.ts'
import { createRound, listRounds, moveRound } from './round/store.ts'
import { serve } from './serve.ts'

/** What a test or a load tool needs to drive the demo. */
interface DemoFile {
  url: string
  codes: { code: string; stratum: string; targetGroup: TargetGroup; unit: string }[]
  roundKeyFile: string
}

const alingsas = '1489'

const units: { name: string; groups: TargetGroup[] }[] = [
  { name: 'Enheten för försörjningsstöd', groups: ['economic_assistance'] },
  { name: 'Vuxenenheten', groups: ['economic_assistance', 'addiction'] },
  { name: 'Enheten för barn och unga', groups: ['guardian', 'youth', 'unaccompanied'] },
]

try {
  const { values } = parseArgs({
    options: { codes: { type: 'string', default: '240' }, fresh: { type: 'boolean', default: false } },
  })
  const wanted = Number(values.codes)
  if (!Number.isInteger(wanted) || wanted < 1 || wanted > 1_000_000)
    throw new Error('--codes wants a number from 1 to 1000000.')
  const config = parseConfig({ DATA_DIR: './data/demo', KEEP_ROUND_KEY: 'true', LOG_LEVEL: 'warn', ...process.env })
  if (values.fresh) startOver(config)
  const demo = await prepare(config, Math.max(wanted, 200))
  await run(config, demo)
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = 1
}

/** Removes only what a demo makes, so that a DATA_DIR set by mistake loses nothing else. */
function startOver({ dataDir, databaseFile, keyDir }: Config): void {
  if (existsSync(databaseFile) && !existsSync(join(dataDir, 'demo.json')))
    throw new Error(`${dataDir} holds a database that is no demo. Nothing was removed.`)
  for (const path of [
    databaseFile,
    `${databaseFile}-journal`,
    `${databaseFile}.in-use`,
    join(dataDir, 'demo.json'),
    keyDir,
  ]) {
    rmSync(path, { recursive: true, force: true })
  }
}

/** Makes the demo round with its codes, or tops up the one that is there. */
async function prepare(config: Config, wanted: number): Promise<DemoFile> {
  const file = join(config.dataDir, 'demo.json')
  if (existsSync(config.databaseFile) && !existsSync(file))
    throw new Error(`${config.dataDir} holds a database that is no demo. Set DATA_DIR to another folder.`)

  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 })
  const keys = loadKeys(config.keyDir, { create: true })
  const db = openDatabase(config.databaseFile)
  try {
    bindKeys(db, keys)
    const known: DemoFile['codes'] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).codes : []
    const roundId = (await listRounds(db))[0]?.id ?? (await openRound(config, db))
    const strata = await listStrata(db, roundId)
    const codes = [...known, ...(await issueDemoCodes(db, keys.codePepper, strata, wanted - known.length))]
    const demo = { url: config.publicUrl, codes, roundKeyFile: keyFileOf(config, roundId) }
    writeFileSync(file, `${JSON.stringify(demo, null, 1)}\n`, { mode: 0o600 })
    return demo
  } finally {
    db.$client.close()
  }
}

function keyFileOf({ keyDir }: Config, roundId: string): string {
  return join(keyDir, `round-${roundId}.key`)
}

async function openRound(config: Config, db: Database): Promise<string> {
  const today = new Date()
  const year = today.getFullYear()
  const day = (offset: number) => new Date(today.getTime() + offset * 86_400_000).toISOString().slice(0, 10)
  const id = String(year)
  const key = createRoundKey(id)
  writeFileSync(keyFileOf(config, id), roundKeyFile(key), { mode: 0o600 })
  await createRound(db, {
    id,
    year,
    opensOn: day(0),
    closesOn: day(60),
    publicKey: key.publicKey,
    targetGroups: [...targetGroups],
  })
  for (const { name, groups } of units) {
    const unit = await addUnit(db, { municipalityCode: alingsas, name })
    await addStrata(db, id, unit.id, groups)
  }
  drillRoundKey({ id, publicKey: key.publicKey }, parseRoundKeyFile(readFileSync(keyFileOf(config, id), 'utf8')))
  await moveRound(db, id, ['draft'], 'collecting')
  console.log(
    `Round ${id} is open for Alingsås (${alingsas}): ${units.length} units, ${targetGroups.length} target groups.`,
  )
  return id
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
  const perStratum = strata.map((_, index) => Math.floor((count + index) / strata.length))
  for (const [index, { id, targetGroup, unit }] of strata.entries()) {
    const letters = Math.floor(perStratum[index]! / 2)
    const onProgress = (done: number) => bar.update(issued.length + done)
    const add = (codes: string[]) => {
      for (const code of codes) issued.push({ code, stratum: id, targetGroup, unit })
    }
    add(
      (
        await issueCodes(db, codePepper, {
          stratumId: id,
          channel: 'handout',
          count: perStratum[index]! - letters,
          drawn: true,
          onProgress,
        })
      ).codes,
    )
    if (letters === 0) continue
    const batch = await issueCodes(db, codePepper, {
      stratumId: id,
      channel: 'letter',
      count: letters,
      drawn: false,
      onProgress,
    })
    await recordLeftover(db, batch.batchId, 0)
    add(batch.codes)
  }
  bar.end()
  console.log(`${issued.length} codes issued.`)
  return issued
}

async function run(config: Config, demo: DemoFile): Promise<void> {
  const app = await serve(config)
  closeWithGrace({ delay: 5_000, logger: false }, async () => app.close())

  const { code } = demo.codes[Math.floor(Math.random() * demo.codes.length)]!
  const address = codeAddress(demo.url, code)
  const data = config.dataDir
  console.log(`
Brukarsvar is running:  ${demo.url}

A survey code:          ${inFours(code)}
The same as a link:     ${address}

${renderUnicodeCompact(address)}

Where to look next:
  ${join(data, 'demo.json')}   ${demo.codes.length} codes, for every target group
  DATA_DIR=${data} npm run -s brukarsvar -- rates
      how the response rate follows, while you answer
  DATA_DIR=${data} npm run -s brukarsvar -- round close ${new Date().getFullYear()}
      close the round, open the urn, count
  npm run demo -- --fresh   starts over
This demo keeps the round's private key beside the database. A real round must not.
Ctrl+C stops.`)
}
