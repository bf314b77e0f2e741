import type { FastifyRequest } from 'fastify'
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
  answer?: { action: string; button: string }
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

/** What somebody has to do, the most urgent first, in their language. Prints about which nobody has said whether they went out stand one by one. */
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
    todos.push(...(waiting?.map((batch) => todoOfBatch(languages, language, batch)) ?? [ofStep(step)]))
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
