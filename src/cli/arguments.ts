import { InvalidArgumentError } from 'commander'
import { isTargetGroup, type TargetGroup, targetGroups } from '../questionnaire/target-groups.ts'

/** What commands are given, read from text. Each throws commander's error, which names the option. */
export function wholeNumber(text: string): number {
  if (!/^0*[1-9]\d{0,6}$/.test(text)) throw new InvalidArgumentError('A whole number of at least 1 is needed.')
  return Number(text)
}

export function countFromZero(text: string): number {
  if (!/^\d{1,7}$/.test(text)) throw new InvalidArgumentError('A whole number is needed.')
  return Number(text)
}

export function day(text: string): string {
  const date = new Date(`${text}T00:00:00Z`)
  if (!/^\d{4}-\d\d-\d\d$/.test(text) || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== text) {
    throw new InvalidArgumentError('A date such as 2026-09-01 is needed.')
  }
  return text
}

/** A parser of one of these words. */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text)
    if (!found) throw new InvalidArgumentError(`One of these is needed: ${words.join(', ')}.`)
    return found
  }
}

export function groupList(text: string): TargetGroup[] {
  if (text === 'all') return [...targetGroups]
  const parts = text.split(',').map((part) => part.trim())
  const groups = parts.filter(isTargetGroup)
  if (groups.length !== parts.length)
    throw new InvalidArgumentError(`Target groups are: ${targetGroups.join(', ')}, or all.`)
  return [...new Set(groups)]
}

export function roundId(text: string): string {
  if (!/^[a-z0-9-]{1,20}$/.test(text))
    throw new InvalidArgumentError('A round id has up to 20 characters: lower-case letters, digits and hyphens.')
  return text
}

export function unitName(text: string): string {
  const name = text.trim().replace(/\s+/g, ' ')
  if (name.length < 1 || name.length > 100 || /\p{Cc}/u.test(name))
    throw new InvalidArgumentError('The name of a unit has 1 to 100 characters.')
  return name
}
