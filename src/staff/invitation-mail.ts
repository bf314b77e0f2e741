import type { Languages } from '../web/languages.ts'

export interface StaffLink {
  /** `invite` for a first password, `link` for a new one. */
  kind: 'invite' | 'link'
  name: string
  /** What its reader has chosen, Swedish or English. */
  language: string
  link: string
  days: number
}

/** The words of a mail with a one-time link to an account, in the language of the one it is for. */
export function writeStaffLink(languages: Languages, { kind, name, language, link, days }: StaffLink) {
  const own = languages.find(language === 'en' ? 'en' : 'sv')!
  const say = (key: string) => languages.text(own, `staff.people.mail.${kind}${key}`, { name, link, days })
  return { subject: say('Subject'), text: say('Text') }
}
