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
  /** Whether one comes back from there to the page of the question. */
  comesBack?: true
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
  const ofStep = ({ name, values, href, waits, isPressing, contacts }: Step): Todo => {
    const key = `staff.home.steps.${name}`
    return {
      text: say(`${key}.text`, values),
      ...(href && { href, button: say(`${key}.button`, values) }),
      letter: letterTo(contacts),
      isLater: waits === undefined && !isPressing,
    }
  }
  const todos: Todo[] = []
  for (const step of nextSteps(request.staff.role, situation)) {
    const { round } = situation
    const isOfBatches = round && (step.name === 'settle' || step.name === 'leftovers')
    const batches = isOfBatches ? await stores.invitation.listBatches(round.id, request.staff.scope) : undefined
    todos.push(...(batches ? todosOfPrints(languages, language, batches) : [ofStep(step)]))
  }
  return todos
}

/** The prints of some about which nobody has said whether they went out; slips that read alike are told apart by their mark. */
export function todosOfPrints(languages: Languages, language: Language, batches: Batch[]): Todo[] {
  const prints = printsOf(batches.filter(({ leftover }) => leftover === null))
  const todos = prints.map((print) => ({ todo: todoOfPrint(languages, language, print), print }))
  return todos.map(({ todo, print: [first, ...more] }) => {
    const isAlike = todos.some((other) => other.todo !== todo && other.todo.text === todo.text)
    const isMarked = isAlike && first!.channel === 'handout' && more.length === 0
    return isMarked ? { ...todo, note: languages.text(language, 'staff.leftovers.onSlips', { id: first!.id }) } : todo
  })
}

/** More than this many signs in an address are not read by all programs that write letters. */
const longestAddress = 1_900

/** To all of them, none of whom sees the others; absent where there is nobody, or more of them than an address can hold. */
function letterTo(addresses: string[] = []): string | undefined {
  const letter = `mailto:?bcc=${addresses.map(encodeURIComponent).join(',')}`
  return addresses.length > 0 && letter.length <= longestAddress ? letter : undefined
}

/** Batches that were ordered together are asked about together: one file was made for all of them. */
function printsOf(batches: Batch[]): Batch[][] {
  return [...groupBy(batches, ({ id, orderId }) => orderId ?? id).values()]
}

/** A print for several target groups, asked about once; the page of prints has each of them. */
function todoOfPrint(languages: Languages, language: Language, print: Batch[]): Todo {
  const [first] = print
  if (print.length === 1) return todoOfBatch(languages, language, first!)
  const count = (name: string, number: number) =>
    languages.text(language, `staff.home.batch.${name}`, { count: number })
  const [groups, units] = [countOf(print, 'targetGroup'), countOf(print, 'unit')]
  const whole = { ...first!, issued: print.reduce((sum, { issued }) => sum + issued, 0) }
  const { what, group } = wordsOfBatch(languages, language, whole)
  const at = {
    group: groups > 1 ? count('groups', groups) : group,
    unit: units > 1 ? count('units', units) : whole.unit,
  }
  return {
    ...askOf(languages, language, whole, { what, ...at }),
    href: '/staff/leftovers',
    comesBack: true,
    answer: {
      action: '/staff/leftovers/posted',
      button: languages.text(language, 'staff.home.batch.all'),
      values: { batch: print.map(({ id }) => id) },
    },
  }
}

const countOf = (print: Batch[], what: 'targetGroup' | 'unit') => new Set(print.map((batch) => batch[what])).size

/** A print about which nobody has said whether it went out: with one press all of it did, or it is told how many were left over. */
export function todoOfBatch(languages: Languages, language: Language, batch: Batch): Todo {
  const { id, unit } = batch
  return {
    ...askOf(languages, language, batch, { ...wordsOfBatch(languages, language, batch), unit }),
    href: `/staff/leftovers/${id}`,
    comesBack: true,
    answer: { action: `/staff/leftovers/${id}/posted`, button: languages.text(language, 'staff.home.batch.all') },
  }
}

/** The question, and what stands on the way to another answer than yes. */
function askOf(
  languages: Languages,
  language: Language,
  { channel, issuedOn }: Batch,
  words: { what: string; group: string; unit: string },
) {
  const values = { ...words, ...(issuedOn && { day: issuedOn }) }
  const text = (name: string) => languages.text(language, `staff.home.batch.${name}`, withDays(language, values))
  return { text: text(channel + (issuedOn ? '' : 'NoDay')), button: text('some') }
}

/** What was printed, such as `20 letters`, and the target group as it stands within a sentence. */
export function wordsOfBatch(languages: Languages, language: Language, { channel, issued, targetGroup }: Batch) {
  const say = (key: string, values?: Record<string, number>) => languages.text(language, key, values)
  return {
    what: say(`staff.leftovers.kinds.${channel}`, { count: issued }),
    group: say(`staff.words.groups.${targetGroup}`).toLocaleLowerCase(language.intl),
  }
}
