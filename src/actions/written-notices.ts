import type { Config } from '../config.ts'
import type { Language, Languages } from '../language/languages.ts'
import { noticeSections } from '../notice/sections.ts'
import type { KeptNotice } from '../round/asked-words-store.ts'
import { languagesOf } from '../round/languages.ts'
import type { Round } from '../round/round.ts'
import { plainText } from '../web/views.ts'

/** What the privacy notices name: how long a visit lasts, in minutes, and who leads the survey, where that is told. */
export interface NamedInNotices {
  visitMinutes: number
  owner: string
}

/** As the settings say it. */
export const namedInNotices = ({ visit, notice }: Pick<Config, 'visit' | 'notice'>): NamedInNotices => ({
  visitMinutes: visit.maxAgeSeconds / 60,
  owner: notice.owner.name ?? '',
})

/** Both privacy notices in each language of a round, as the texts are now. */
export const writtenNotices = (
  languages: Languages,
  round: Pick<Round, 'languages'>,
  named: NamedInNotices,
): KeptNotice[] =>
  languagesOf(languages, round).all.map((language) => ({
    language: language.code,
    text: noticeText(languages, language, named),
  }))

function noticeText(languages: Languages, language: Language, { visitMinutes, owner }: NamedInNotices): string {
  const minutes = new Intl.NumberFormat(language.intl, { style: 'unit', unit: 'minute', unitDisplay: 'long' })
  const where = plainText(languages.text(language, 'about.contactOnWebsite'))
  const values = { time: minutes.format(visitMinutes), where }
  const text = (key: string) => plainText(languages.text(language, key, values)).replaceAll('\u00ad', '')
  const parts = (under: string, sections: readonly string[]) =>
    sections.map((section) => `${text(`${under}.${section}Heading`)}\n${text(`${under}.${section}Text`)}`)
  const { about, young } = noticeSections
  const leads = owner === '' ? [] : [`${text('about.ownerText')}\n${text('about.ownerLabel')}: ${owner}`]
  const whole = [text('about.heading'), text('about.lead'), ...leads, ...parts('about', about)]
  return `${[...whole, text('about.young.heading'), ...parts('about.young', young)].join('\n\n')}\n`
}
