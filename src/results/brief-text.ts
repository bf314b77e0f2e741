import type { BriefSentence, BriefValue } from './brief-rule.ts'

/** The texts of a language: those of results. */
type T = (key: string, values?: Record<string, string | number>) => string

/** A sentence of a brief in a language. */
export function sentenceText({ key, values }: BriefSentence, t: T): string {
  const said = Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, valueText(name, value, t)] as const],
  )
  return t(`results.brief.said.${key}`, Object.fromEntries(said))
}

function valueText(name: string, value: BriefValue, t: T): string | number {
  const intl = t('results.intl')
  if (typeof value === 'number') {
    if (name === 'count') return value
    return name === 'tenths' ? t(`results.brief.tenths.${value}`) : new Intl.NumberFormat(intl).format(value)
  }
  if ('percent' in value) return t('results.brief.percent', { number: value.percent })
  if ('group' in value) return withinSentence(t(`results.groups.${value.group}`))
  const names = value.questions.map((id) => t(`results.short.${id}`))
  return new Intl.ListFormat(intl, { type: 'conjunction' }).format(names)
}

const withinSentence = (name: string) => name.charAt(0).toLocaleLowerCase('sv') + name.slice(1)
