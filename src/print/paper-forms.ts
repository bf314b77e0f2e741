import { codeAddress, withoutScheme } from '../invitation/code-address.ts'
import { inFours } from '../invitation/survey-code.ts'
import { isolated } from '../language/isolated.ts'
import type { Language, Languages } from '../language/languages.ts'
import { type Asking, noticeAddress } from '../notice/notice-address.ts'
import { dontKnow, questions } from '../questionnaire/questions.ts'
import { stepsOf } from '../questionnaire/steps.ts'
import { registerOf, type TargetGroup } from '../questionnaire/target-groups.ts'
import { checkNumber, type Sheet, speaker } from './sheet.ts'

export interface PaperFormOptions {
  group: TargetGroup
  /** How many to print, where no code is on them. */
  copies?: number
  /** Codes that are printed on the forms, one each: who has one answers on paper or on the internet, not both. */
  codes?: readonly string[]
  /** Who asks: the form names it, and says where its privacy notice is. */
  municipality: Asking
  publicUrl: string
  language: Language
  languages: Languages
}

/**
 * The questionnaire on one sheet of paper, two pages. The number beside each option is the one that whoever types the
 * answers in presses, so it is in the digits of a keyboard; the group is nowhere on it but in how the questions are worded.
 */
export function paperFormSheet(options: PaperFormOptions): Sheet {
  const { group, copies = 1, codes, municipality, publicUrl, language, languages } = options
  checkNumber(codes?.length ?? copies)
  const { plain, rich, lang, dir } = speaker(languages, language)
  const register = registerOf(group)
  return {
    template: 'paper-forms',
    title: plain('web.serviceName'),
    lang,
    dir,
    sides: 'both',
    content: {
      forms: codes ? codes.map((code) => inFours(code, '\u00a0')) : Array.from({ length: copies }, () => null),
      host: withoutScheme(publicUrl),
      municipality: isolated(municipality.name),
      heading: rich(`response.form.${register}.heading`),
      about: rich(`questionnaire.groups.${group}.about`),
      choice: rich(`response.form.${register}.choice`),
      how: [rich('print.form.how'), rich('print.form.mistake'), rich(`response.form.${register}.skip`)],
      noName: rich('print.form.noName'),
      handIn: rich('print.form.handIn'),
      notice: rich('web.aboutLink'),
      noticeAddress: withoutScheme(noticeAddress(publicUrl, lang, municipality, register)),
      more: rich('print.form.more'),
      online: rich('print.form.online'),
      scan: rich('print.scan'),
      qr: plain('print.qr'),
      questions: stepsOf(language, group).map(({ number, text, options }) => ({
        progress: rich('response.form.progress', { number, total: questions.length }),
        text: rich(text),
        options: options.map(({ id, label }, index) => ({
          number: String(index + 1),
          label: rich(label),
          apart: id === dontKnow,
        })),
      })),
    },
    links: (codes ?? []).map((code) => codeAddress(publicUrl, code)),
  }
}
