import type { Languages } from '../language/languages.ts'

export interface StaffLink {
  /** `invite` for a first password, `link` for a new one that a colleague makes, `forgotten` for one that was asked for. */
  kind: 'invite' | 'link' | 'forgotten'
  name: string
  /** What its reader has chosen, Swedish or English. */
  language: string
  link: string
  days: number
  /** Who made it; not where it was asked for from outside. */
  who?: string
}

/** The words of a mail with a one-time link to an account, in the language of the one it is for. */
export function writeStaffLink(languages: Languages, { kind, name, language, link, days, who = '' }: StaffLink) {
  const own = languages.find(language === 'en' ? 'en' : 'sv')!
  const say = (key: string) => languages.text(own, `staff.people.mail.${kind}${key}`, { name, link, days, who })
  return { subject: say('Subject'), text: say('Text') }
}
