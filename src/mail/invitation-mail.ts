import { inFours } from '../invitation/survey-code.ts'
import { isolatedIn } from '../language/isolated.ts'
import type { Language, Languages } from '../language/languages.ts'
import { partsOf } from '../language/swedish-words.ts'
import { type Asking, noticeAddress } from '../notice/notice-address.ts'
import type { Register } from '../questionnaire/target-groups.ts'
import { optOutAddress } from './opt-out.ts'

/** A reminder fits somebody who has answered as well as somebody who has not: it goes to both. */
export type Wording = 'invitation' | 'reminder'

export interface InvitationMail {
  wording: Wording
  register: Register
  language: Language
  code: string
  optOutToken: string
  municipality: Asking
}

const rightToLeftMark = '\u200f'

/**
 * The words of an invitation or a reminder: plain text, every link on a line of its own. The subject says nothing of social
 * services: others see it on a locked screen. The code stands in the link's fragment, which mail scanners do not send.
 */
export function writeInvitation(
  { languages, publicUrl }: { languages: Languages; publicUrl: string },
  { wording, register, language, code, optOutToken, municipality }: InvitationMail,
): { subject: string; text: string; optOut: string } {
  // Without the mark and the isolate the four groups of a code change places in Arabic.
  const mark = language.dir === 'rtl' ? rightToLeftMark : ''
  const t = (key: string) =>
    partsOf(languages.text(language, key))
      .map(({ text, sv }) => (sv ? isolatedIn(language, text) : text))
      .join('')
  const optOut = optOutAddress(publicUrl, language.code, optOutToken)
  const home = `${publicUrl}/${language.code}`
  const paragraphs = [
    [t(`mail.${register}.${wording}`)],
    [t('mail.link'), `${home}#${code}`],
    [t('mail.code'), home, mark + isolatedIn(language, inFours(code))],
    [t(`response.form.${register}.promise`), t(`response.form.${register}.choice`)],
    [municipality.name],
    [`${t('web.aboutLink')}:`, noticeAddress(publicUrl, language.code, municipality, register)],
    [t('mail.stop'), optOut],
  ]
  return {
    subject: t(`mail.${register}.${wording === 'invitation' ? 'subject' : 'reminderSubject'}`),
    text: `${paragraphs.map((lines) => lines.join('\n')).join('\n\n')}\n`.replaceAll('\u00ad', ''),
    optOut,
  }
}
