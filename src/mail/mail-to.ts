import { atOnce } from '../database/patience.ts'
import { codeTag } from '../invitation/code-tag.ts'
import { defaultLanguage } from '../language/languages.ts'
import { registerOf } from '../questionnaire/target-groups.ts'
import { type Wording, writeInvitation } from './invitation-mail.ts'
import type { Mail } from './kinds.ts'
import { mailKeys, messageIdOf } from './mail-keys.ts'
import type { MailOffice } from './mail-office.ts'
import { optOutToken } from './opt-out.ts'
import type { ReminderRun } from './reminder-run.ts'
import { openRecipient } from './sealed.ts'

export type Addressee = Exclude<Awaited<ReturnType<typeof personOf>>, 'held' | undefined>

/**
 * A person who may be written to: not one who has bounced or opted out, nor in a round that has closed, nor with a code
 * that a restored backup does not know. `held`: the round was paused a moment ago.
 */
export async function personOf({ stores, keys, mailFile }: MailOffice, id: string) {
  const row = await stores.mail.findRecipient(id)
  if (!row?.sealed) return undefined
  const { sealed } = row
  const recipient = await mailFile.watch(atOnce)(() => openRecipient(mailKeys(keys.staffKey).seal, id, sealed))
  const tag = codeTag(keys.codePepper, row.roundId, recipient.code)
  const invitation = await stores.invitation.findEmailed(tag)
  if (invitation?.phase === 'paused') return 'held'
  if (invitation?.phase !== 'collecting') return undefined
  const { targetGroup, municipality } = invitation
  return {
    id,
    ...recipient,
    targetGroup,
    municipality,
    tag,
    hasOptedOut: await stores.mail.hasOptedOut(row),
  }
}

export const reminderTo = (office: MailOffice, { number }: ReminderRun, person: Addressee) =>
  mailTo(office, person, 'reminder', `${person.id} ${number}`)

export function mailTo(office: MailOffice, person: Addressee, wording: Wording, what: string): Mail {
  const { languages, keys } = office
  const language = languages.find(person.language) ?? languages.find(defaultLanguage)!
  const written = writeInvitation(office, {
    ...{ wording, language, code: person.code, register: registerOf(person.targetGroup) },
    optOutToken: optOutToken(mailKeys(keys.staffKey), person.id),
    municipality: person.municipality,
  })
  return { ...written, to: person.address, messageId: messageId(office, what) }
}

export function messageId({ keys, from }: MailOffice, what: string): string {
  return messageIdOf(mailKeys(keys.staffKey), what, from.address.split('@')[1]!)
}
