import { setTimeout as pause } from 'node:timers/promises'
import { inVisit, outOfVisit } from '../../support/visit.ts'
import { answersOfPattern, freshPatterns } from './patterns.ts'
import { poster, type Reply } from './poster.ts'
import type { Person } from './verdict.ts'

export interface LoadFigures {
  /** POSTs of answers that were thanked, repeated ones included. */
  thanks: number
  /** POSTs sent again with a cookie that had been sent before, and entries with a code that had entered before. */
  replays: number
  /** Answers of the server that are neither thanks nor a way in, by what they were. There should be none. */
  unexpected: Map<string, number>
}

const chance = (share: number) => Math.random() < share
const oneOf = <T>(items: T[]) => items[Math.floor(Math.random() * items.length)]!

/**
 * Many people at once who enter, answer, press twice, lose the connection and try again, come back with the same code
 * and other answers, or repeat a POST from an earlier life of the server. They go on until they are stopped.
 */
export function applyLoad(port: number, people: Person[], clients: number) {
  const { post, underWay, cutOff, end } = poster(port, clients * 2)
  const figures: LoadFigures = { thanks: 0, replays: 0, unexpected: new Map() }
  const nextPattern = freshPatterns()
  const answered: Person[] = []
  let fresh = 0
  let stopped = false

  async function client() {
    while (!stopped) {
      const person = people[fresh]
      if (person && !(answered.length > 0 && chance(0.15))) {
        fresh++
        await answer(person)
        answered.push(person)
      } else if (answered.length > 0) await comeBack(oneOf(answered))
      else await pause(5)
    }
  }

  /** One person, until thanked: after a lost connection either the same POST again or the code from the start. */
  async function answer(person: Person) {
    await enter(person)
    const pattern = newPattern(person)
    for (let attempt = 0; person.sentBeforeThanks === undefined; attempt++) {
      if (attempt > 0) figures.replays++
      if (attempt > 0 && chance(0.3)) {
        await enter(person)
        await send(person, person.visits.at(-1)!, newPattern(person))
      } else if (chance(0.1)) await pressTwice(person, pattern)
      else await send(person, person.visits.at(-1)!, pattern)
    }
    if (chance(0.2)) await comeBack(person)
  }

  async function pressTwice(person: Person, pattern: number) {
    figures.replays++
    await Promise.all([send(person, person.visits.at(-1)!, pattern), send(person, person.visits.at(-1)!, pattern)])
  }

  /** Somebody who was thanked already: the same POST, the same form with other answers, or the code once more. */
  async function comeBack(person: Person) {
    figures.replays++
    if (chance(0.4)) await enter(person)
    const pattern = chance(0.5) ? oneOf(person.sent) : newPattern(person)
    await send(person, oneOf(person.visits), pattern)
  }

  function newPattern(person: Person): number {
    const pattern = nextPattern()
    person.sent.push(pattern)
    return pattern
  }

  async function enter(person: Person): Promise<void> {
    for (;;) {
      const reply = await post('/entry', { code: person.code, language: 'sv' })
      if (outOfVisit(reply?.location) === '/questions' && reply?.cookie) return void person.visits.push(reply.cookie)
      if (reply?.status === 503)
        await pause(20) // the door: come again
      else if (reply) await note('entry', reply)
    }
  }

  async function send(person: Person, cookie: string, pattern: number): Promise<void> {
    const reply = await post(inVisit('/response', cookie), answersOfPattern(pattern) as Record<string, string>, cookie)
    if (!reply) return
    if (outOfVisit(reply.location) !== '/thanks') return note('response', reply)
    figures.thanks++
    person.sentBeforeThanks ??= person.sent.length
  }

  async function note(where: string, { status, location = '' }: Reply) {
    const what = `${where}: ${status} ${location}`
    figures.unexpected.set(what, (figures.unexpected.get(what) ?? 0) + 1)
    await pause(20)
  }

  const running = Promise.all(Array.from({ length: clients }, client))
  return {
    figures,
    underWay,
    cutOff,
    /** Waits until so many more POSTs of answers were thanked. */
    async isThankedAgain(times: number) {
      const wanted = figures.thanks + times
      while (figures.thanks < wanted) await pause(5)
    },
    /** Lets everybody finish what they are at; the server must be up. */
    async stop() {
      stopped = true
      await running
      end()
    },
  }
}

export type Load = ReturnType<typeof applyLoad>
