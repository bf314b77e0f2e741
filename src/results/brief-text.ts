import type { BriefSentence, BriefShare, BriefValue } from './brief-rule.ts'

/** The texts of a language: those of results. */
type T = (key: string, values?: Record<string, string | number>) => string

/** A sentence of a brief in a language. */
export function sentenceText({ key, values }: Pick<BriefSentence, 'key' | 'values'>, t: T): string {
  const said = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, valueText(name, value, t)] as const],
  )
  return capital(t(`results.brief.said.${key}`, Object.fromEntries(said)))
}

function valueText(name: string, value: BriefValue, t: T): string | number {
  if (typeof value === 'number') {
    if (name === 'count') return value
    return name === 'tenths'
      ? t(`results.brief.tenths.${value}`)
      : new Intl.NumberFormat(t('results.intl')).format(value)
  }
  if ('percent' in value) return percentText(value.percent, t)
  if ('group' in value) return t(`results.brief.who.${value.group}`)
  if ('groups' in value)
    return listed(
      value.groups.map((group) => t(`results.brief.who.${group}`)),
      t,
    )
  if ('positive' in value) return t(`results.brief.positive.${value.positive}`)
  if ('shares' in value)
    return listed(
      value.shares.map((share) => shareText(share, t)),
      t,
    )
  return listed(
    value.questions.map((id) => t(`results.brief.about.${id}`)),
    t,
  )
}

function shareText({ question, percent, told, before }: BriefShare, t: T): string {
  const number = percentText(percent, t)
  const many = told ? t(`results.brief.told.${told}`, { percent: number }) : number
  const last = before === undefined ? [] : [t('results.brief.yearBefore', { number: before })]
  return [many, ...last, t(`results.brief.positive.${question}`)].join(' ')
}

const percentText = (number: number, t: T) => t('results.brief.percent', { number })

const listed = (names: readonly string[], t: T) =>
  new Intl.ListFormat(t('results.intl'), { type: 'conjunction' }).format(names)

const capital = (text: string) => text.charAt(0).toLocaleUpperCase('sv') + text.slice(1)
