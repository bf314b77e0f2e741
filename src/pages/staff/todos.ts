import type { FastifyRequest } from 'fastify'
import { groupBy } from '../../fieldwork/group-by.ts'
import type { Batch } from '../../invitation/stock-store.ts'
import type { Language, Languages } from '../../language/languages.ts'
import { writtenDay } from '../../time/swedish-day.ts'
import type { StaffContext } from './context.ts'
import { type NationSituation, nextSteps, type PlaceSituation } from './next-step.ts'
import { languageOf } from './staff-page.ts'
import type { Step } from './step.ts'

/** Something to be done: a sentence, and its answer where it can be given at once, or the way there. */
export interface Todo {
  text: string
  /** What tells it from another that reads alike. */
  note?: string
  /** Where a press answers it: the address of a form, and what stands on its button. */
  answer?: { action: string; button: string; values?: Record<string, string[]> }
  /** Where it is done, or answered otherwise. */
  href?: string
  button?: string
  /** A letter to those whom it is about: the address of a link. */
  letter?: string
  /** It keeps no rate from being true. */
  isLater?: boolean
}

const day = /^\d{4}-\d\d-\d\d$/

const instant = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/

/** Values for a text, their ISO days and instants written out. */
export function withDays({ intl }: Language, values: Record<string, string | number> = {}) {
  const time = new Intl.DateTimeFormat(intl, { dateStyle: 'long', timeStyle: 'short', timeZone: 'Europe/Stockholm' })
  const written = (value: string | number) => {
    if (instant.test(String(value))) return time.format(new Date(value))
    return day.test(String(value)) ? writtenDay(intl, String(value)) : value
  }
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, written(value)]))
}

/** What somebody has to do, the most urgent first, in their language. Prints about which nobody has said whether they went out stand one by one, each for all of its target groups. */
export async function todosOf(
  request: FastifyRequest,
  { stores, languages }: StaffContext,
  situation: NationSituation | PlaceSituation,
): Promise<Todo[]> {
  const language = languageOf(request, languages)
  const say = (key: string, values: Step['values']) => languages.text(language, key, withDays(language, values))
  const ofStep = ({ name, values, href, waits, contacts }: Step): Todo => {
    const key = `staff.home.steps.${name}`
    return {
      text: say(`${key}.text`, values),
      ...(href && { href, button: say(`${key}.button`, values) }),
      letter: letterTo(contacts),
      isLater: waits === undefined,
    }
  }
  const todos: Todo[] = []
  for (const step of nextSteps(request.staff.role, situation)) {
    const isOfBatches = step.name === 'settle' || step.name === 'leftovers'
    const batches =
      isOfBatches && situation.round
        ? await stores.invitation.listBatches(situation.round.id, request.staff.scope)
        : undefined
    const waiting = batches?.filter(({ leftover }) => leftover === null)
    todos.push(
      ...(waiting ? printsOf(waiting).map((print) => todoOfPrint(languages, language, print)) : [ofStep(step)]),
    )
  }
  return todos
}

/** More than this many signs in an address are not read by all programs that write letters. */
const longestAddress = 1_900

/** To all of them, none of whom sees the others; absent where there is nobody, or more of them than an address can hold. */
function letterTo(addresses: string[] = []): string | undefined {
  const letter = `mailto:?bcc=${addresses.map(encodeURIComponent).join(',')}`
  return addresses.length > 0 && letter.length <= longestAddress ? letter : undefined
}

/** Batches of one kind that were printed on one day are asked about together: one file was made for all of its target groups. */
function printsOf(batches: Batch[]): Batch[][] {
  const prints = groupBy(batches, ({ id, channel, issuedOn }) => (issuedOn ? `${channel} ${issuedOn}` : id))
  return [...prints.values()]
}

/** A print for several target groups, asked about once; the page of prints has each of them. */
function todoOfPrint(languages: Languages, language: Language, print: Batch[]): Todo {
  const [first] = print
  if (print.length === 1) return todoOfBatch(languages, language, first!)
  const { channel, issuedOn } = first!
  const count = print.reduce((sum, { issued }) => sum + issued, 0)
  const what = languages.text(language, `staff.leftovers.kinds.${channel}`, { count })
  const values = { what, groups: print.length, day: issuedOn! }
  const ask = (name: string) => languages.text(language, `staff.home.batch.${name}`, withDays(language, values))
  return {
    text: ask(`${channel}Groups`),
    answer: { action: '/staff/leftovers/posted', button: ask('all'), values: { batch: print.map(({ id }) => id) } },
    ...{ href: '/staff/leftovers', button: ask('some') },
  }
}

/** A print about which nobody has said whether it went out: with one press all of it did, or it is told how many were left over. */
export function todoOfBatch(languages: Languages, language: Language, batch: Batch): Todo {
  const { id, channel, issuedOn, unit } = batch
  const values = { ...wordsOfBatch(languages, language, batch), unit, ...(issuedOn && { day: issuedOn }) }
  const ask = (name: string) => languages.text(language, `staff.home.batch.${name}`, withDays(language, values))
  return {
    text: ask(channel + (issuedOn ? '' : 'NoDay')),
    answer: { action: `/staff/leftovers/${id}/posted`, button: ask('all') },
    ...{ href: `/staff/leftovers/${id}`, button: ask('some') },
  }
}

/** What was printed, such as `20 letters`, and the target group as it stands within a sentence. */
export function wordsOfBatch(languages: Languages, language: Language, { channel, issued, targetGroup }: Batch) {
  const say = (key: string, values?: Record<string, number>) => languages.text(language, key, values)
  return {
    what: say(`staff.leftovers.kinds.${channel}`, { count: issued }),
    group: say(`staff.words.groups.${targetGroup}`).toLocaleLowerCase(language.intl),
  }
}
