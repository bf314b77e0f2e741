import { swedishDay } from '../time/swedish-day.ts'
import type { Licence } from './licence.ts'

/** What is described: where it is, who answers for it, of which years there are figures, and when they last changed. */
export interface OpenData {
  publicUrl: string
  licence: Licence
  owner: { name?: string; contact?: string }
  years: readonly { year: number; publishedOn: string }[]
  /** Of which years figures were withdrawn: since when, as an ISO instant, and why. */
  withdrawn: readonly { year: number; since: string; reason: string }[]
  isPractice: boolean
}

/** What the open data are called, and what is said of them. */
export const words = {
  title: {
    sv: 'Brukarundersökningen i individ- och familjeomsorgen',
    en: 'The survey of users of individual and family services',
  },
  about: {
    sv: 'Hur människor som möter socialtjänsten svarar om bemötande, information och inflytande: andelar för landet och varje kommun.',
    en: 'How people who meet social services answer about contact, information and influence: shares of Sweden and each municipality.',
  },
  practice: {
    sv: 'Övningssiffror: svaren är påhittade.',
    en: 'Practice figures: the answers are made up.',
  },
  withdrawn: {
    sv: (year: number, day: string, reason: string) => `Siffrorna för ${year} drogs tillbaka ${day}: ${reason}`,
    en: (year: number, day: string, reason: string) => `The figures of ${year} were withdrawn on ${day}: ${reason}`,
  },
}

export const keywords = ['socialtjänst', 'individ- och familjeomsorg', 'brukarundersökning', 'kommuner']

/** The two ways to the figures: a file, and the API. */
export const ways = {
  csv: {
    ...{ path: '/open-data.csv', format: 'CSV', mediaType: 'text/csv' },
    title: { sv: 'Alla siffror', en: 'All figures' },
    about: { sv: 'En fil med en siffra per rad, för alla år.', en: 'A file with a figure in each line, of all years.' },
  },
  json: {
    ...{ path: '/v3/docs', format: 'JSON', mediaType: 'application/json' },
    title: { sv: 'API', en: 'API' },
    about: {
      sv: 'Samma siffror genom ett API som program för Kolada kan läsa.',
      en: 'The same figures by an API that programs made for Kolada can read.',
    },
  },
}

/** What it is, what of it was withdrawn, and that it was made up where it was. */
export const aboutIn = (lang: 'sv' | 'en', { isPractice, withdrawn }: Pick<OpenData, 'isPractice' | 'withdrawn'>) =>
  [
    words.about[lang],
    ...withdrawn.map(({ year, since, reason }) => words.withdrawn[lang](year, dayOf(since), reason)),
    ...(isPractice ? [words.practice[lang]] : []),
  ].join(' ')

export const dayOf = (instant: string) => swedishDay(new Date(instant))
