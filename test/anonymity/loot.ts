/** Lets people answer while a thief looks on: the real service, and a deliberately naive one that the linker must see through. */
import { randomBytes, randomInt } from 'node:crypto'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { prepareCommit } from '../../src/actions/record-response.ts'
import { backupDatabase } from '../../src/database/backup.ts'
import { openDatabase } from '../../src/database/connection.ts'
import { SQLite } from '../../src/database/sqlite.ts'
import { codeTag } from '../../src/invitation/code-tag.ts'
import { drawCode } from '../../src/invitation/draw-code.ts'
import { makeLog } from '../../src/log/log.ts'
import { type Answers, answersOf, isEmpty } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { createRoundKey, openSealed, sealTo } from '../../src/round/round-key.ts'
import { groupCommit } from '../../src/urn/group-commit.ts'
import type { Outcome, SealedBallot } from '../../src/urn/sealed-ballot.ts'
import { browse, drawCodes, newKeys, openRound, startService } from '../support/service.ts'
import { groupOf, type Known, type Loot, type Pattern, patternOf, shuffled } from './linker.ts'

/** What happened, and what was stolen of it. The two secrets lie beside the loot: a thief has one of them at most. */
export interface Campaign {
  loot: Loot
  /** What each person answered. */
  truth: Map<string, Pattern>
  /** The codes in the order in which their owners answered. */
  cameInOrder: string[]
  secrets: Required<Pick<Loot, 'keys' | 'roundKey'>>
}

const groups = [
  { group: 'economic_assistance', channel: 'handout' },
  { group: 'economic_assistance', channel: 'letter' },
  { group: 'youth', channel: 'handout' },
  { group: 'youth', channel: 'letter' },
] as const

const languages = ['sv', 'en', 'ar', 'so']

/** How many people answer in each of the four groups, and how many were offered the survey and do not. */
interface Size {
  answering: number
  silent: number
}

const everybody: Size = { answering: 50, silent: 10 }

/**
 * The real service on a file, with a thief on its disk: all it logs goes into the loot, and its journal is read in the middle of each
 * transaction.
 * @param made what is stored in place of a batch of ballots.
 */
export async function watchService(made: (batch: SealedBallot[]) => SealedBallot[] = (batch) => batch) {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-linker-'))
  const file = join(folder, 'brukarsvar.sqlite')
  openDatabase(file).$client.close()
  const [keys, loot, caught] = [newKeys(), emptyLoot(), [] as Buffer[]]
  const thief = openDatabase(file)
  const stream = new Writable({
    write(line, _encoding, done) {
      loot.output += line
      done()
    },
  })
  const log = makeLog('info', stream)
  const service = await startService({ file, keys, log, recordResponse: (ballot) => record(ballot) })
  const commit = prepareCommit(service.db, () => service.clock.now)
  const record = groupCommit<SealedBallot, Outcome>(
    (batch) =>
      service.db.$client
        .transaction(() => {
          const outcomes = commit(made(batch))
          caught.push(readFileSync(`${file}-journal`)) // in the middle of the transaction
          return outcomes
        })
        .immediate(),
    { isBusy: () => false, patienceMs: 5_000, pauseMs: 20 },
  )
  return { service, file, folder, loot, keys, thief, caught }
}

/**
 * People answer at the real service, one after another in random order; after each the thief takes all there is.
 * Without `sealing` the ballots lie open in the urn, padded to the same length: what the linker must see through.
 */
export async function stealFromService({
  size = everybody,
  sealing = true,
  changingLanguage = false,
} = {}): Promise<Campaign> {
  const { service, file, folder, loot, keys, thief, caught } = await watchService((batch) =>
    sealing ? batch : batch.map(unsealed),
  )

  const round = await openRound(service.db)
  function unsealed<Sealed extends { sealed: Buffer }>(ballot: Sealed): Sealed {
    return { ...ballot, sealed: Buffer.concat([openSealed(round.key, ballot.sealed)!, randomBytes(48)]) }
  }

  try {
    loot.publicKey = round.key.publicKey
    const people: Known[] = []
    loot.copiesOfIssuing.push(readFileSync(file))
    for (const { group, channel } of shuffled(
      groups.flatMap((one) => new Array(size.answering + size.silent).fill(one)),
    )) {
      const [code] = await drawCodes(service, round, { group, channel })
      people.push({ code: code!, stratumId: round.strata[group as keyof typeof round.strata], channel })
      loot.issued.push(code!)
      loot.copiesOfIssuing.push(readFileSync(file))
    }
    const cameInOrder = chooseWhoAnswers(people, size)
    const truth = uniqueAnswers(cameInOrder)
    fillIn(loot, people, truth)

    const takeBackup = (name: string) => {
      backupDatabase(thief, join(folder, name))
      loot.backups.push(readFileSync(join(folder, name)))
    }
    loot.copies.push(readFileSync(file))
    takeBackup('before')
    for (const [index, code] of cameInOrder.entries()) {
      const browser = browse(service.app)
      await browser.post('/entry', { code, language: languages[randomInt(languages.length)]! })
      loot.cookies.push({ code, cookie: browser.sealed() })
      if (changingLanguage) {
        await browser.post('/language', { language: 'uk', ...formOf(truth.get(code)!) })
        loot.cookies.push({ code, cookie: browser.sealed() })
      }
      await browser.get('/questions')
      const sent = await browser.post('/response', formOf(truth.get(code)!))
      if (sent.headers.location !== '/thanks') throw new Error(`the answer was met with ${sent.statusCode}`)
      await browser.get('/thanks')
      loot.cookies.push({ code, cookie: browser.sealed() })
      loot.copies.push(readFileSync(file))
      loot.journals.push({ journal: caught[index]!, file: loot.copies.at(-1)! })
      takeBackup(`after-${index}`)
    }
    return { loot, truth, cameInOrder, secrets: { keys, roundKey: round.key } }
  } finally {
    thief.$client.close()
    await service.close()
    rmSync(folder, { recursive: true })
  }
}

export interface NaiveOptions {
  /** `column`: a used code is marked in its invitation. `table`: used codes have a table of their own, as ours have. */
  mark?: 'column' | 'table'
  journal?: 'wal' | 'truncate'
  /** `sealed` keeps the answers as JSON sealed to the round's key, as ours but without padding. */
  answers?: 'plain' | 'sealed'
  size?: Size
}

/**
 * The same people at a service that many would think anonymous: random ids, no times, no row ids, not one column
 * that names the person. The answer and the mark of the used code are written in one transaction.
 */
export function stealFromNaive({
  mark = 'column',
  journal = 'truncate',
  answers = 'plain',
  size = everybody,
}: NaiveOptions): Campaign {
  const folder = mkdtempSync(join(tmpdir(), 'brukarsvar-naive-'))
  const file = join(folder, 'naive.sqlite')
  const [keys, roundKey, loot] = [newKeys(), createRoundKey('2026'), emptyLoot()]
  loot.publicKey = roundKey.publicKey
  const db = new SQLite(file)
  try {
    db.pragma(`journal_mode = ${journal}`)
    db.pragma('secure_delete = on')
    db.exec(`
      create table invitations (code_tag blob primary key, stratum text not null, channel text not null, responded integer not null) strict, without rowid;
      create table used (tag blob primary key, stratum text not null) strict, without rowid;
      create table answers (id blob primary key, stratum text not null, channel text not null,
        q1 integer, q2 integer, q3 integer, q4 integer, q5 integer, q6 integer, q7 integer, q8 integer, sealed blob) strict, without rowid;
    `)
    const isWal = journal === 'wal'
    const copy = (to: Buffer[]) => isWal || to.push(readFileSync(file))
    const people: Known[] = []
    const strata = new Map(groups.map(({ group }) => [group, randomBytes(8).toString('hex')]))
    const invite = db.prepare('insert into invitations values (?, ?, ?, 0)')
    copy(loot.copiesOfIssuing)
    for (const { group, channel } of shuffled(
      groups.flatMap((one) => new Array<(typeof groups)[number]>(size.answering + size.silent).fill(one)),
    )) {
      const person = { code: drawCode(), stratumId: strata.get(group)!, channel }
      invite.run(codeTag(keys.codePepper, '2026', person.code), person.stratumId, channel)
      people.push(person)
      if (!isWal) loot.issued.push(person.code)
      copy(loot.copiesOfIssuing)
    }
    const cameInOrder = chooseWhoAnswers(people, size)
    const truth = uniqueAnswers(cameInOrder)
    fillIn(loot, people, truth)

    const markUsed =
      mark === 'column'
        ? db.prepare('update invitations set responded = 1 where code_tag = ?')
        : db.prepare(`insert into used select ?, ''`)
    const store = db.prepare(`insert into answers values (${new Array(12).fill('?').join(', ')})`)
    const personOf = new Map(people.map((person) => [person.code, person]))
    const respond = db.transaction((code: string) => {
      const { stratumId, channel } = personOf.get(code)!
      const numbers = [...truth.get(code)!].map(Number)
      markUsed.run(codeTag(keys.codePepper, '2026', code))
      const sealed =
        answers === 'sealed' ? sealTo(roundKey.publicKey, Buffer.from(JSON.stringify(answersOf(numbers)))) : null
      store.run(randomBytes(16), stratumId, channel, ...(sealed ? new Array(8).fill(null) : numbers), sealed)
      return isWal ? undefined : readFileSync(`${file}-journal`)
    })
    const takeBackup = (name: string) => {
      db.prepare('vacuum into ?').run(join(folder, name))
      loot.backups.push(readFileSync(join(folder, name)))
    }
    if (isWal) db.pragma('wal_checkpoint(truncate)')
    copy(loot.copies)
    if (!isWal) takeBackup('before')
    for (const [index, code] of cameInOrder.entries()) {
      const caught = respond(code)
      copy(loot.copies)
      if (isWal) continue
      loot.journals.push({ journal: caught!, file: loot.copies.at(-1)! })
      takeBackup(`after-${index}`)
    }
    if (existsSync(`${file}-wal`)) loot.log = { file: readFileSync(file), wal: readFileSync(`${file}-wal`) }
    return { loot, truth, cameInOrder, secrets: { keys, roundKey } }
  } finally {
    db.close()
    rmSync(folder, { recursive: true })
  }
}

export function emptyLoot(): Loot {
  return {
    known: [],
    patterns: new Map(),
    copiesOfIssuing: [],
    issued: [],
    copies: [],
    journals: [],
    backups: [],
    cookies: [],
    output: '',
  }
}

/** In the order in which they will come, which is not the order in which they were invited. */
function chooseWhoAnswers(people: Known[], { answering }: Size): string[] {
  const chosen = [...new Set(people.map(groupOf))].flatMap((group) =>
    shuffled(people.filter((person) => groupOf(person) === group)).slice(0, answering),
  )
  return shuffled(chosen).map(({ code }) => code)
}

/** Random answers with every possible skip, no two people's alike, so that a right pair is no coincidence. */
export function uniqueAnswers(codes: string[]): Map<string, Pattern> {
  const patterns = new Set<Pattern>()
  while (patterns.size < codes.length) {
    const answers: Answers = answersOf(questions.map(({ options }) => randomInt(options.length + 1)))
    if (!isEmpty(answers)) patterns.add(patternOf(answers))
  }
  return new Map([...patterns].map((pattern, index) => [codes[index]!, pattern]))
}

export function fillIn(loot: Loot, people: Known[], truth: Map<string, Pattern>): void {
  loot.known = people.filter(({ code }) => truth.has(code))
  for (const person of shuffled(loot.known)) {
    const group = groupOf(person)
    loot.patterns.set(group, [...(loot.patterns.get(group) ?? []), truth.get(person.code)!])
  }
}

const formOf = (pattern: Pattern) => answersOf([...pattern].map(Number)) as Record<string, string>
