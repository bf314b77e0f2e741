/**
 * The linker: a program that is given all a thief could have, and tries to say which person gave which answer.
 *
 * It knows nothing of our tables. It looks for rows that anything derived from a code leads to, for rows in which answers can
 * be read, and for whatever ties the one to the other: a shared value, the same step between two copies, the same
 * transaction in a journal, the same place in a page, the same order, the same length. What it cannot tell it guesses.
 */
import { createHash, createHmac, randomInt } from 'node:crypto'
import type { Keys } from '../../src/database/key-folder.ts'
import { openVisit } from '../../src/pages/respondent/visit.ts'
import { type Answers, answersOf, optionNumbers } from '../../src/questionnaire/answers.ts'
import { questions } from '../../src/questionnaire/questions.ts'
import { openSealed, type RoundKey, sealTo } from '../../src/round/round-key.ts'
import { decodeBallot, encodeBallot } from '../../src/urn/ballot.ts'
import { type Row, readRows, rolledBack, rolledForward, type Value } from './sqlite-file.ts'

/** A person the thief knows, with the code they were given. */
export interface Known {
  code: string
  stratumId: string
  channel: string
}

/** Eight option numbers as text: what the thief wants to know of a person. */
export type Pattern = string

/** Everything a thief could have. What was not stolen is empty or absent. */
export interface Loot {
  /** People who answered, in the order in which they were given their codes. */
  known: Known[]
  /** What is known beforehand: which patterns were given by the people of a stratum and channel, in no order. A real thief would have to find out. */
  patterns: Map<string, Pattern[]>
  /** The database file before the first code, and after each. `issued` says which code came with which copy. */
  copiesOfIssuing: Buffer[]
  issued: string[]
  /** The database file before the first answer, and after each. */
  copies: Buffer[]
  /** Journals caught in the act, each with the database file that came out of its transaction. */
  journals: { journal: Buffer; file: Buffer }[]
  /** Backups: one before the first answer, and one after each. */
  backups: Buffer[]
  /** A database file with its write-ahead log, where there is one. */
  log?: { file: Buffer; wal: Buffer }
  /** Sealed cookies, and whose browser each came from. */
  cookies: { code: string; cookie: string }[]
  /** All that was written to standard output and error. */
  output: string
  /** Looks elsewhere than into files of the service, one after the other. */
  sightings?: Sighting[]
  keys?: Keys
  roundKey?: RoundKey
  publicKey?: Buffer
  /** The codes in the order in which their owners answered, if somebody stood by and watched. */
  watched?: string[]
}

/** What was new at one look at something, such as a tablet's storage or the wire it delivers by. */
export interface Sighting {
  rows: Row[]
  /** Who had just been there, if only one person can have been. */
  of?: string
}

/** For each way of trying, its best guess for every person: no pattern is used twice. */
export type Attempts = Record<string, Map<string, Pattern>>

/** Who somebody cannot be told apart from without evidence: all who were offered in the same stratum and channel. */
export const groupOf = ({ stratumId, channel }: Pick<Known, 'stratumId' | 'channel'>) => `${stratumId} ${channel}`

export function patternOf(answers: Answers): Pattern {
  return optionNumbers(answers).join('')
}

/** Tries everything. */
export function link(loot: Loot): Attempts {
  const wits = gatherWits(loot)
  const last = loot.copies.at(-1) ?? loot.log?.file
  const lastBackup = loot.backups.at(-1)
  const inOneFile = (file: Buffer | undefined) => (file ? rowsIn(file) : [])
  const { values, steps, seen, ranks, orders, lengths } = ties(loot, wits)
  const sighted = loot.sightings?.flatMap(({ rows }) => rows)

  const claims: Record<string, Map<string, Pattern>> = {
    'values shared within one file': values(inOneFile(last)),
    'rows that came between two copies': steps(successive(loot.copies)),
    'rows that came between two backups': steps(successive(loot.backups)),
    'rows of one transaction in a journal': steps(loot.journals.map((caught) => [rolledBackOnce(caught), caught.file])),
    'rows of one transaction in a write-ahead log': loot.log
      ? steps(successive(rolledForward(loot.log.file, loot.log.wal)))
      : new Map(),
    'the same place in the pages of two tables': ranks(inOneFile(last)),
    'the same place in the pages of two tables of a backup': ranks(inOneFile(lastBackup)),
    'the order of the list and of the copies': orders(byCopies(loot.copies)),
    'the order of the list and of the pages': orders(byPlace(inOneFile(last))),
    'the order of the list and of the pages of a backup': orders(byPlace(inOneFile(lastBackup))),
    'the order of the list and of the keys': orders(inOneFile(last)),
    'the length of what is sealed': lengths(successive(loot.copies)),
    ...(sighted && {
      'what was seen at one look': seen(inOneFile(last)),
      'the order of the list and of the looks': orders(sighted),
      'the order of the list and of numbers that came along': orders(byNumbers(sighted)),
    }),
  }
  return Object.fromEntries(Object.entries(claims).map(([name, claim]) => [name, completed(loot, claim)]))
}

/** How many people an attempt is right about. */
export function rightAbout(attempt: Map<string, Pattern>, truth: Map<string, Pattern>): number {
  return [...truth].filter(([code, pattern]) => attempt.get(code) === pattern).length
}

/** How many known people can be tied to one sealed ballot, readable or not, by somebody who goes from copy to copy. */
export function ballotsTied(loot: Loot): Map<string, string> {
  return ties(loot, gatherWits(loot)).sealed(successive(loot.copies))
}

/**
 * The best guess of somebody whose backups lie some answers apart: whoever of a group came between two of them gave one of the answers
 * that came between them. Who came is told by their codes, with the peppers, or by having seen them come.
 */
export function linkBetween(loot: Loot): Map<string, Pattern> {
  const { codesIn, patternIn } = gatherWits(loot)
  const groups = new Map(loot.known.map((person) => [person.code, groupOf(person)]))
  const claims = new Map<string, Pattern>()
  let watched = 0
  for (const [before, after] of successive(loot.backups)) {
    const rows = newRows(before, after)
    const answers = rows.map(patternIn).filter((pattern) => pattern !== undefined)
    const came = loot.watched?.slice(watched, watched + answers.length) ?? unique(rows.flatMap(codesIn))
    watched += answers.length
    for (const [group, patterns] of loot.patterns) {
      const theirs = shuffled(answers.filter((pattern) => patterns.includes(pattern)))
      for (const [nth, code] of came.filter((one) => groups.get(one) === group).entries())
        if (theirs[nth]) claims.set(code, theirs[nth])
    }
  }
  return completed(loot, claims)
}

// --- what a thief makes of single rows ---

interface Wits {
  codesIn: (row: Row) => string[]
  patternIn: (row: Row) => Pattern | undefined
  /** Rows that belong to a person from the start: the row of their invitation, what their cookie held. */
  rowsOf: Map<string, Row[]>
  others: Row[]
}

function gatherWits(loot: Loot): Wits {
  const handles = handlesOf(loot)
  const patternOfBytes = readerOf(loot)
  const codesIn = (row: Row) =>
    unique(row.values.flatMap(readingsOf).flatMap((bytes) => handles.get(start(bytes)) ?? []))

  const rowsOf = new Map<string, Row[]>()
  successive(loot.copiesOfIssuing).forEach(([before, after], step) => {
    rowsOf.set(loot.issued[step]!, newRows(before, after))
  })
  for (const { code, cookie } of loot.cookies) {
    const visit = loot.keys && openVisit(loot.keys.visitKey, cookie, new Date())
    const held = visit ? leaves(visit) : [cookie]
    rowsOf.set(code, [...(rowsOf.get(code) ?? []), { tree: 'a cookie', values: held, place: 0 }])
  }
  const lines: Row[] = loot.output
    .split('\n')
    .map((line) => ({ tree: 'a log line', values: line.match(/[\w-]{8,}/g) ?? [], place: 0 }))
  for (const { rows, of } of loot.sightings ?? []) if (of) rowsOf.set(of, [...(rowsOf.get(of) ?? []), ...rows])
  const others = [...lines, ...(loot.sightings ?? []).flatMap(({ rows }) => rows)]
  return { codesIn, patternIn: remembered(patternOfBytes), rowsOf, others }
}

/** Whatever could stand for a code: itself, and two rounds of every hash over it, keyed with all that is at hand. */
function handlesOf({ known, keys, publicKey, roundKey }: Loot): Map<string, string> {
  const secrets = [keys?.codePepper, keys?.spentPepper, keys?.visitKey, roundKey?.secretKey, publicKey]
  const macs = [...secrets.filter((key) => key !== undefined), Buffer.alloc(0)].map(
    (key) => (message: Buffer) => createHmac('sha256', key).update(message).digest(),
  )
  const hashes = ['sha256', 'sha1', 'md5'].map((name) => (message: Buffer) => createHash(name).update(message).digest())
  const derivations = [...macs, ...hashes]
  const handles = new Map<string, string>()
  for (const { code, stratumId } of known) {
    const messages = [code, `2026|${code}`, `${stratumId}|${code}`, code.replace(/(.{4})(?=.)/g, '$1 ')].map((text) =>
      Buffer.from(text),
    )
    const once = messages.flatMap((message) => derivations.map((derive) => derive(message)))
    const twice = once.flatMap((bytes) =>
      derivations.flatMap((derive) => [derive(bytes), derive(Buffer.from(bytes.toString('hex')))]),
    )
    for (const bytes of [messages[0]!, ...once, ...twice]) handles.set(start(bytes), code)
  }
  return handles
}

/** Reads answers in a row wherever they are: as eight numbers, as ids of options, as bytes, or sealed to a key that is at hand. */
function readerOf({ patterns, publicKey, roundKey, keys }: Loot): (row: Row) => Pattern | undefined {
  const all = new Set([...patterns.values()].flat())
  const inBytes = new Map([...all].map((pattern) => [Buffer.from([...pattern].map(Number)).toString('hex'), pattern]))
  const inWords = new Map(
    [...all].map((pattern) => [Object.values(answersOf([...pattern].map(Number))).join(), pattern]),
  )
  const sealedAgain = publicKey ? everyBallotSealed(patterns, publicKey) : new Map<string, Pattern>()
  // Two people's options can be the same words, of other questions: where the questions are named, they tell them apart.
  const inNamedWords = new Map(
    [...all].map((pattern) => [Object.entries(answersOf([...pattern].map(Number))).join(), pattern]),
  )
  const options = new Set(questions.flatMap(({ options }) => options))
  const names = new Set<string>(questions.map(({ id }) => id))

  function inBlob(blob: Buffer): Pattern | undefined {
    for (let at = 0; at + 8 <= blob.length; at++) {
      const found = inBytes.get(blob.toString('hex', at, at + 8))
      if (found) return found
    }
    const words = blob.toString('latin1').match(/[a-z_]+/g) ?? []
    const named = words.filter((word) => options.has(word) || names.has(word)).join()
    return inNamedWords.get(named) ?? inWords.get(words.filter((word) => options.has(word)).join())
  }
  /** The form of a ballot is public. Looking for eight bytes anywhere in it would take its padding for questions that were skipped. */
  function inBallot(bytes: Buffer): Pattern | undefined {
    try {
      return patternOf(decodeBallot(bytes).answers)
    } catch {
      return undefined
    }
  }
  function opened(blob: Buffer): Buffer[] {
    const secretKeys = [roundKey?.secretKey, keys?.codePepper, keys?.spentPepper, keys?.visitKey]
    return secretKeys
      .filter((secretKey) => secretKey !== undefined && publicKey !== undefined)
      .map((secretKey) => openSealed({ roundId: '2026', publicKey: publicKey!, secretKey: secretKey! }, blob))
      .filter((bytes) => bytes !== undefined)
  }

  return ({ values }) => {
    const numbers = values.map((value) => (typeof value === 'number' && value >= 0 && value <= 6 ? value : 0xff))
    const texts = values.filter((value) => typeof value === 'string').join(' ')
    for (const blob of [
      Buffer.from(numbers),
      Buffer.from(texts),
      ...values.filter((value) => Buffer.isBuffer(value)),
    ]) {
      const found = inBlob(blob) ?? sealedAgain.get(blob.toString('hex'))
      if (found) return found
      for (const bytes of blob.length > 48 ? opened(blob) : []) {
        const read = inBallot(bytes) ?? inBlob(bytes)
        if (read) return read
      }
    }
    return undefined
  }
}

/** All ballots that could be in the urn, sealed: would find every one of them if sealing gave the same bytes twice. */
function everyBallotSealed(patterns: Loot['patterns'], publicKey: Buffer): Map<string, Pattern> {
  const sealed = new Map<string, Pattern>()
  for (const [group, candidates] of patterns) {
    for (const pattern of candidates) {
      for (const language of ['sv', 'en', 'ar', 'so']) {
        const stratumId = group.split(' ')[0]!
        const ballot = encodeBallot({ stratumId, language, answers: answersOf([...pattern].map(Number)) })
        sealed.set(sealTo(publicKey, ballot).toString('hex'), pattern)
      }
    }
  }
  return sealed
}

// --- what ties one row to another ---

function ties(loot: Loot, { codesIn, patternIn, rowsOf, others }: Wits) {
  /** Goes from each person's rows to the nearest row that has what is looked for, along shared values and rows that came together. */
  function walk<Found>(rows: Row[], together: Row[][], found: (row: Row) => Found | undefined): Map<string, Found> {
    const given = [...rowsOf.values()].flat()
    const byKey = new Map([...rows, ...others, ...given].map((row) => [keyOf(row), row]))
    const neighbours = neighboursOf([...byKey.values()], together)
    const beginnings = new Map<string, string[]>(
      loot.known.map(({ code }) => [code, (rowsOf.get(code) ?? []).map(keyOf)]),
    )
    for (const [key, row] of byKey) for (const code of codesIn(row)) beginnings.get(code)?.push(key)
    loot.watched?.forEach((code, step) => {
      beginnings.get(code)?.push(...(together.length === loot.watched!.length ? together[step]!.map(keyOf) : []))
    })

    const claims = new Map<string, { what: Found; distance: number }>()
    for (const [code, keys] of beginnings) {
      const nearest = search(keys, neighbours, (key) => found(byKey.get(key)!))
      if (nearest) claims.set(code, nearest)
    }
    return withoutRepeats(claims)
  }

  const alike = (rows: Row[]): Row[][] => {
    const trees = [...grouped(rows, ({ tree }) => tree).values()]
    return trees.flatMap((one, index) =>
      trees
        .slice(index + 1)
        .filter((other) => other.length === one.length)
        .flatMap((other) => {
          const [a, b] = [byPlace(one), byPlace(other)]
          return a.map((row, rank) => [row, b[rank]!])
        }),
    )
  }
  const changes = (states: [Buffer, Buffer][]) => states.map(([before, after]) => newRows(before, after))
  const isSealed = (row: Row) => {
    const blob = row.values.find((value) => Buffer.isBuffer(value) && value.length > 48) as Buffer | undefined
    return blob && { blob, name: blob.toString('hex') }
  }

  return {
    values: (rows: Row[]) => walk(rows, [], patternIn),
    steps(states: [Buffer, Buffer][]) {
      const together = changes(states)
      return walk(together.flat(), together, patternIn)
    },
    seen: (rows: Row[]) =>
      walk(
        rows,
        (loot.sightings ?? []).map((look) => look.rows),
        patternIn,
      ),
    ranks: (rows: Row[]) => walk(rows, alike(rows), patternIn),
    /** Lays the list of people, or the order in which they were seen to come, beside the answers in the order of their rows. */
    orders(rows: Row[]) {
      const arrived = unique(rows.map(patternIn).filter((pattern) => pattern !== undefined))
      const order = loot.watched ?? loot.known.map(({ code }) => code)
      const groups = new Map(loot.known.map((person) => [person.code, groupOf(person)]))
      const claims = new Map<string, Pattern>()
      for (const [group, patterns] of loot.patterns) {
        const people = order.filter((code) => groups.get(code) === group)
        const answers = arrived.filter((pattern) => patterns.includes(pattern))
        people.slice(0, answers.length).forEach((code, index) => {
          claims.set(code, answers[index]!)
        })
      }
      return claims
    },
    /** A long ballot beside the answers that are long to write down. */
    lengths(states: [Buffer, Buffer][]) {
      const together = changes(states)
      const sealed = walk(together.flat(), together, isSealed)
      const claims = new Map<string, Pattern>()
      for (const [group, patterns] of loot.patterns) {
        const people = loot.known.filter((person) => groupOf(person) === group && sealed.has(person.code))
        const lengthOf = ({ code }: Known) => sealed.get(code)!.blob.length
        if (people.length === 0 || new Set(people.map(lengthOf)).size === 1) continue
        const written = [...patterns].sort((a, b) => asJson(a).length - asJson(b).length)
        people.sort((a, b) => lengthOf(a) - lengthOf(b))
        people.forEach(({ code }, index) => {
          claims.set(code, written[index]!)
        })
      }
      return claims
    },
    sealed(states: [Buffer, Buffer][]): Map<string, string> {
      const together = changes(states)
      return walk(together.flat(), together, (row) => isSealed(row)?.name)
    },
  }
}

const asJson = (pattern: Pattern) => JSON.stringify(answersOf([...pattern].map(Number)))

/** A value that more rows share than this, or a step with more rows, says nothing of one person. */
const few = 12

function neighboursOf(rows: Row[], together: Row[][]): (key: string) => string[] {
  const groups: string[][] = together.map((step) => step.map(keyOf))
  const sharing = new Map<string, Set<string>>()
  for (const row of rows) {
    for (const value of row.values.flatMap(readingsOf)) {
      const name = value.toString('hex')
      const sharers = sharing.get(name) ?? new Set<string>()
      sharing.set(name, sharers.add(keyOf(row)))
    }
  }
  groups.push(...[...sharing.values()].map((keys) => [...keys]))
  const groupsOf = new Map<string, string[][]>()
  for (const group of groups.filter(({ length }) => length > 1 && length <= few)) {
    for (const key of group) groupsOf.set(key, [...(groupsOf.get(key) ?? []), group])
  }
  return (key) => (groupsOf.get(key) ?? []).flat()
}

/** Breadth first: what is found at the least distance, if it is one thing only. */
function search<Found>(
  from: string[],
  neighbours: (key: string) => string[],
  found: (key: string) => Found | undefined,
) {
  const seen = new Set(from)
  let edge = [...seen]
  for (let distance = 0; distance < 8 && edge.length > 0; distance++) {
    const here = edge.map(found).filter((what) => what !== undefined)
    if (here.length > 0) return { what: here[0]!, distance }
    edge = unique(edge.flatMap(neighbours)).filter((key) => !seen.has(key))
    for (const key of edge) seen.add(key)
  }
  return undefined
}

// --- small things ---

const successive = (files: Buffer[]) => files.slice(1).map((file, index): [Buffer, Buffer] => [files[index]!, file])

/** The rows of the second file that the first has not. */
function newRows(before: Buffer, after: Buffer): Row[] {
  const known = new Set(rowsIn(before).map(keyOf))
  return rowsIn(after).filter((row) => !known.has(keyOf(row)))
}

const rowsIn = rememberedFor((file: Buffer) => readRows(file))
const rolledBackOnce = rememberedFor(({ journal, file }: Loot['journals'][number]) => rolledBack(file, journal))

/** The rows of all copies in the order in which they appeared. */
function byCopies(copies: Buffer[]): Row[] {
  return successive(copies).flatMap(([before, after]) => newRows(before, after))
}

/** Rows as SQLite put them into their pages. Exact within a page; the thief takes a middling place in all pages for a middling time. */
function byPlace(rows: Row[]): Row[] {
  return [...rows].sort((a, b) => a.place - b.place)
}

/** Rows by the numbers in them, the first number first: a number that runs tells an order, however they were mixed. */
function byNumbers(rows: Row[]): Row[] {
  const numbersOf = ({ values }: Row) => values.filter((value) => typeof value === 'number')
  return [...rows].sort((a, b) => {
    const [ofA, ofB] = [numbersOf(a), numbersOf(b)]
    const index = ofA.findIndex((number, index) => number !== ofB[index])
    return index < 0 ? 0 : ofA[index]! - (ofB[index] ?? 0)
  })
}

const keyOf = rememberedFor(
  ({ tree, values }: Row) =>
    `${tree} ${values.map((value) => (Buffer.isBuffer(value) ? value.toString('hex') : value)).join(' ')}`,
)

/** The bytes a value may stand for: as it is, and read as hexadecimal or base64. Short values stand for nothing. */
function readingsOf(value: Value): Buffer[] {
  if (value === null) return []
  if (Buffer.isBuffer(value)) return value.length >= 8 ? [value] : []
  const text = String(value)
  if (text.length < 8) return []
  const readings = [Buffer.from(text)]
  if (/^([0-9a-f]{2}){8,}$/i.test(text)) readings.push(Buffer.from(text, 'hex'))
  if (/^[\w+/-]{8,}=*$/.test(text)) readings.push(Buffer.from(text, 'base64'))
  return readings
}

/** Enough of some bytes to know them by, so that a shortened tag is recognised too. */
const start = (bytes: Buffer) => bytes.toString('hex', 0, 8)

/** Everything within something that was JSON, or a visit, as the values of a row. */
export function leaves(value: unknown): Value[] {
  if (Buffer.isBuffer(value)) return [value]
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(leaves)
  return typeof value === 'string' || typeof value === 'number' ? [value] : []
}

function rememberedFor<Thing extends object, Result>(find: (thing: Thing) => Result): (thing: Thing) => Result {
  const known = new WeakMap<Thing, Result>()
  return (thing) => {
    if (!known.has(thing)) known.set(thing, find(thing))
    return known.get(thing)!
  }
}

function remembered<Result>(find: (row: Row) => Result): (row: Row) => Result {
  const known = new Map<string, Result>()
  return (row) => {
    const key = keyOf(row)
    if (!known.has(key)) known.set(key, find(row))
    return known.get(key)!
  }
}

function grouped<T>(items: T[], keyOfItem: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) groups.set(keyOfItem(item), [...(groups.get(keyOfItem(item)) ?? []), item])
  return groups
}

const unique = <T>(items: T[]) => [...new Set(items)]

/** What two people are tied to goes to the nearer one. */
function withoutRepeats<Found>(claims: Map<string, { what: Found; distance: number }>): Map<string, Found> {
  const taken = new Set<unknown>()
  const kept = new Map<string, Found>()
  for (const [code, { what }] of [...claims].sort(([, a], [, b]) => a.distance - b.distance)) {
    if (taken.has(what)) continue
    taken.add(what)
    kept.set(code, what)
  }
  return kept
}

/** An attempt for everybody: what was claimed and is possible, and blind guesses among what is left for the rest. */
function completed({ known, patterns }: Loot, claims: Map<string, Pattern>): Map<string, Pattern> {
  const attempt = new Map<string, Pattern>()
  for (const [group, candidates] of patterns) {
    const people = known.filter((person) => groupOf(person) === group).map(({ code }) => code)
    const left = new Set(candidates)
    for (const code of people) {
      const claim = claims.get(code)
      if (claim !== undefined && left.delete(claim)) attempt.set(code, claim)
    }
    const guesses = shuffled([...left])
    for (const code of people.filter((code) => !attempt.has(code))) attempt.set(code, guesses.pop()!)
  }
  return attempt
}

/** In an order that only chance knows. */
export function shuffled<T>(items: T[]): T[] {
  return items
    .map((item) => ({ item, place: randomInt(2 ** 47) }))
    .sort((a, b) => a.place - b.place)
    .map(({ item }) => item)
}
