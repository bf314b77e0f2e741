import type { Languages } from '../language/languages.ts'

/** What was changed on an account, or made for it. Each has a text `staff.people.told.<change>`. */
export type AccountChange =
  | { change: 'passwordSet' | 'factorSetUp' | 'factorRemoved' | 'linkMade' | 'ended' }
  | { change: 'changed'; role: string }

/** Who did it: a colleague, the owner of the account, who opened a link of somebody's, or who runs the server. */
export type ChangedBy = { who: string } | 'owner' | { linkOf: string } | 'operator'

export interface ChangeNotice {
  name: string
  /** What its reader has chosen, Swedish or English. */
  language: string
  what: AccountChange
  by: ChangedBy
  now: Date
  publicUrl: string
}

/** Changes of one kind, by the same person, of which their owner is told together. Nobody is named where many different people did it. */
export interface ManyChanges {
  what: AccountChange
  by?: ChangedBy
  number: number
  last: Date
}

type Writing = Pick<ChangeNotice, 'name' | 'language' | 'publicUrl'>

/** The words of the mail that tells the owner of an account what was done to it, so that nobody takes it over unseen. */
export function writeChangeNotice(languages: Languages, { what, by, now, ...writing }: ChangeNotice) {
  const { say, said, time, address } = wordsOf(languages, writing)
  const { name } = writing
  return {
    subject: say('subject'),
    text: say('text', { name, said: said(what, by), at: time(now), address }),
  }
}

/** The same of changes that came after those that were told one by one. */
export function writeChangeSummary(languages: Languages, { all, ...writing }: Writing & { all: ManyChanges[] }) {
  const { say, said, time, address } = wordsOf(languages, writing)
  const lineOf = ({ what, by, number, last }: ManyChanges) =>
    say('summaryLine', { said: said(what, by), number, at: time(last) })
  return {
    subject: say('subject'),
    text: say('summary', { name: writing.name, list: all.map(lineOf).join('\n\n'), address }),
  }
}

function wordsOf(languages: Languages, { name, language, publicUrl }: Writing) {
  const own = languages.find(language === 'en' ? 'en' : 'sv')!
  const say = (key: string, values = {}) => languages.text(own, `staff.people.told.${key}`, values)
  const inSweden = new Intl.DateTimeFormat(own.intl, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Stockholm',
  })
  const roleOf = (what: AccountChange) =>
    'role' in what ? languages.text(own, `staff.words.roles.${what.role}`).toLowerCase() : ''
  return {
    say,
    said: (what: AccountChange, by?: ChangedBy) =>
      [say(what.change, { name, role: roleOf(what) }), by && say(`by.${kindOf(by)}`, nameOf(by))]
        .filter(Boolean)
        .join(' '),
    time: (at: Date) => inSweden.format(at),
    address: `${publicUrl}/staff/forgotten`,
  }
}

/** Who did it, as a kind of people. */
export const kindOf = (by: ChangedBy) => (typeof by === 'string' ? by : 'linkOf' in by ? 'linkOf' : 'colleague')
const nameOf = (by: ChangedBy): Record<string, string> =>
  typeof by === 'string' ? {} : { who: 'linkOf' in by ? by.linkOf : by.who }

/** The words of the audit trail for whose link a password came of: a text key and what it is filled with. */
export function linkMadeBy(by: ChangedBy) {
  const kind = kindOf(by)
  return { key: `staff.people.linkMadeBy.${kind === 'linkOf' ? 'colleague' : kind}`, values: nameOf(by) }
}
