import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { formToken } from '../src/crypto/secrets.ts'
import { openDatabase } from '../src/database/connection.ts'
import { listPlaces } from '../src/fieldwork/store.ts'
import { addStrata, addUnit, listMunicipalities } from '../src/organisation/store.ts'
import type { Answers } from '../src/questionnaire/answers.ts'
import { questions } from '../src/questionnaire/questions.ts'
import { targetGroups } from '../src/questionnaire/target-groups.ts'
import { proposeStep } from '../src/results/release-steps-store.ts'
import { createRoundKey, openSealed, type RoundKey, roundKeyFile, sealTo } from '../src/round/round-key.ts'
import { createRound, moveRound } from '../src/round/store.ts'
import { encodeBallot } from '../src/urn/ballot.ts'
import { newStaff } from '../test/support/staff.ts'
import { makeStage, type Server, type Stage, startServer } from './stage.ts'

const roundId = '2027'

/** A stage with a second round, of all municipalities and groups: so many people answered. */
export interface FullUrn {
  stage: Stage
  key: RoundKey
  /** Of all municipalities. */
  codes: string[]
}

/** Of so many ballots that are different in each stratum, all others are copies: to seal half a million takes longer than to open them. */
const differentOnes = 30

export async function fillUrn(ballots: number): Promise<FullUrn> {
  const stage = await makeStage()
  const db = openDatabase(join(stage.dataDir, 'brukarsvar.sqlite'))
  const key = createRoundKey(roundId)
  const days = { opensOn: `${roundId}-09-01`, closesOn: `${roundId}-10-31` }
  await createRound(db, { id: roundId, year: 2027, ...days, publicKey: key.publicKey, targetGroups: [...targetGroups] })
  const codes = (await listMunicipalities(db)).map(({ code }) => code)
  for (const code of codes) {
    const { id } = await addUnit(db, { municipalityCode: code, name: 'Individ- och familjeomsorg' })
    await addStrata(db, roundId, id, [...targetGroups])
  }
  await moveRound(db, roundId, ['draft'], 'collecting')
  const strata = (await listPlaces(db, roundId)).map(({ id }) => id)
  const sealed = strata.map((stratumId) =>
    Array.from({ length: differentOnes }, () =>
      sealTo(key.publicKey, encodeBallot({ stratumId, language: 'sv', answers: someAnswers() })),
    ),
  )
  const insert = db.$client.prepare('insert into urn (ballot_id, stratum_id, channel, sealed) values (?, ?, ?, ?)')
  const count = db.$client.prepare('insert into urn_counts (stratum_id, channel, number) values (?, ?, ?)')
  db.$client.transaction(() => {
    for (const [at, id] of strata.entries()) count.run(id, 'letter', Math.floor((ballots - at - 1) / strata.length) + 1)
    for (let nth = 0; nth < ballots; nth++) {
      const at = nth % strata.length
      const id = Buffer.alloc(16)
      id.writeUInt32BE(nth)
      insert.run(id, strata[at], 'letter', sealed[at]![Math.floor(Math.random() * differentOnes)])
    }
  })()
  db.$client.close()
  writeFileSync(join(stage.dataDir, 'round.key'), roundKeyFile(key), { mode: 0o600 })
  return { stage, key, codes }
}

/** Some four of five are positive. */
const someAnswers = () =>
  Object.fromEntries(
    questions.map(({ id, options }) => [
      id,
      options[Math.min(options.length - 1, Math.floor(Math.random() ** 2 * options.length))],
    ]),
  ) as Answers

/** Opens the urn as an administrator does in a browser, on the built service with the flags of `npm start`. */
export async function timeOpening({ stage, key }: FullUrn): Promise<{ seconds: number; megabytes: number }> {
  const db = openDatabase(join(stage.dataDir, 'brukarsvar.sqlite'))
  const { token } = await newStaff({ db, clock: { now: new Date() } } as never, { role: 'national' })
  db.$client.close()
  const server = await startServer('service', stage)
  const address = `${server.url}/staff/rounds/${roundId}/closing`
  const headers = { cookie: `staff=${token}`, 'content-type': 'application/x-www-form-urlencoded', origin: server.url }
  const ask = (options: RequestInit = {}) => fetch(address, { headers, redirect: 'manual', ...options })
  const body = new URLSearchParams({ form: formToken(token), keyText: roundKeyFile(key), year: '2027' }).toString()
  let started = performance.now()
  for (let begun = 503; begun === 503; ) {
    started = performance.now() // it is busy while it has just started, with the night
    begun = (await ask({ method: 'POST', body })).status
    if (begun !== 303 && begun !== 503) throw new Error(`the opening did not begin: ${begun}`)
  }
  for (let looked = 200; looked !== 303; ) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    const { status, text } = await ask().then(async (one) => ({ status: one.status, text: await one.text() }))
    looked = status
    if (status !== 303 && !text.includes('http-equiv="refresh"')) throw new Error('the opening came to nothing')
  }
  const seconds = (performance.now() - started) / 1000
  const megabytes = server.peakMemory() / 1e6
  await server.stop()
  return { seconds, megabytes }
}

/** What it takes to open so many seals, and nothing else, in seconds. */
export function timeSeals({ key }: FullUrn, ballots: number): number {
  const sealed = sealTo(
    key.publicKey,
    encodeBallot({ stratumId: '0'.repeat(16), language: 'sv', answers: someAnswers() }),
  )
  const started = performance.now()
  for (let nth = 0; nth < ballots; nth++) openSealed(key, sealed)
  return (performance.now() - started) / 1000
}

/** Lets everybody see what came of it. Nobody else is there to approve it. */
export async function publish({ stage }: FullUrn): Promise<void> {
  const db = openDatabase(join(stage.dataDir, 'brukarsvar.sqlite'))
  for (const kind of ['release', 'publish'] as const) {
    const now = new Date()
    await proposeStep(db, { roundId, number: 1, by: 'operator', now }, { kind, takesEffect: now })
  }
  db.$client.close()
}

/** Asks for so many comparisons that nobody asked for before. @returns the most memory that the service held, in megabytes */
export async function compareMany(server: Server, codes: string[], comparisons: number): Promise<number> {
  let asked = 0
  const askOn = async () => {
    while (asked < comparisons) {
      const nth = asked++
      const chosen = Array.from({ length: 6 }, (_, at) => codes[(nth * 7 + at * (1 + (nth % 40))) % codes.length]!)
      const query = [...new Set(chosen)].map((code) => `m=${code}`).join('&')
      const { status } = await fetch(`${server.url}/sv/results/${roundId}/compare?${query}&n=${nth}`)
      if (status !== 200) throw new Error(`a comparison was not shown: ${status}`)
    }
  }
  await Promise.all(Array.from({ length: 8 }, askOn))
  return server.peakMemory() / 1e6
}
