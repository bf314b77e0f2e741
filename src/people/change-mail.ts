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

/** The words of the mail that tells the owner of an account what was done to it, so that nobody takes it over unseen. */
export function writeChangeNotice(languages: Languages, { name, language, what, by, now, publicUrl }: ChangeNotice) {
  const own = languages.find(language === 'en' ? 'en' : 'sv')!
  const say = (key: string, values = {}) => languages.text(own, `staff.people.told.${key}`, values)
  const time = new Intl.DateTimeFormat(own.intl, {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'Europe/Stockholm',
  })
  const role = 'role' in what ? languages.text(own, `staff.words.roles.${what.role}`).toLowerCase() : ''
  const said = [say(what.change, { name, role }), say(`by.${kindOf(by)}`, nameOf(by))].join(' ')
  return {
    subject: say('subject'),
    text: say('text', { name, said, at: time.format(now), address: `${publicUrl}/staff/forgotten` }),
  }
}

const kindOf = (by: ChangedBy) => (typeof by === 'string' ? by : 'linkOf' in by ? 'linkOf' : 'colleague')
const nameOf = (by: ChangedBy): Record<string, string> =>
  typeof by === 'string' ? {} : { who: 'linkOf' in by ? by.linkOf : by.who }

/** The words of the audit trail for whose link a password came of: a text key and what it is filled with. */
export function linkMadeBy(by: ChangedBy) {
  const kind = kindOf(by)
  return { key: `staff.people.linkMadeBy.${kind === 'linkOf' ? 'colleague' : kind}`, values: nameOf(by) }
}
