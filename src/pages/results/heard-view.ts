import { peoplePicture } from '../../chart/people.ts'
import type { Language, Languages } from '../../language/languages.ts'
import { writtenDay } from '../../language/written-day.ts'
import type { TextBlock } from '../../own-texts/own-text.ts'
import { heardPrints } from '../../print/heard-sheet.ts'
import { mostPictures } from '../../results/heard.ts'
import { leadSaid, nextSaid, type Said, sentenceSaid, yearIn } from '../../results/heard-said.ts'
import type { ReleasedArea } from '../../results/indicator.ts'
import { swedishDay } from '../../time/swedish-day.ts'
import type { EveryPage } from '../../web/views.ts'
import type { AskedHeard, PlaceHeard } from './heard-place.ts'

/** What the page for those who answered is given. */
interface HeardPage {
  /** What comes after the language in its address. */
  path: string
  /** The municipality; of the nation there is none. */
  place?: string
  year: string
  isPractice: boolean
  heading: string
  /** What stands before the sentences. */
  lead: Said[]
  /** The sentences, the first with ten people, so many of them filled: HTML, and the number. */
  sentences: (Said & { notes: string[]; picture?: { people: string; filled: number } })[]
  /** What is done now, in the language that it was written in, which is named where it is another than the page's. */
  next?: { by: Said; language: Pick<Language, 'code' | 'dir'>; named?: string; blocks: TextBlock[] }
  /** Where more is read, in which language. */
  more: { href: string; key: string; hreflang: string }[]
  prints: { href: string; key: string }[]
  /** The same page in other years. */
  years: { year: string; href: string }[]
  /** Of the nation's page: those of the municipalities. */
  places: { name: string; href: string }[]
}

/** What the views of `views/heard` are given. */
export interface HeardViews {
  'heard/layout': EveryPage & { title: string; path: string; isPractice: boolean; body: string }
  'heard/page': HeardPage
}

interface Around extends AskedHeard {
  /** Of which there is something to read of the place. */
  years: number[]
  isPractice: boolean
  languages: Languages
  /** The municipalities that took part. */
  municipalities: readonly ReleasedArea[]
}

/** The page of what was heard in a place. */
export function heardView(heard: PlaceHeard, around: Around): HeardPage {
  const { language, place } = around
  const shown = shownOf(around)
  return {
    ...shown,
    heading: 'heard.title',
    lead: leadSaid(heard, place?.name, language),
    sentences: heard.sentences.map((sentence, nth) => ({
      ...sentenceSaid(sentence),
      picture: nth < mostPictures ? pictureOf(sentence.tenths, language) : undefined,
    })),
    next: nextOf(heard, around),
    prints: (heard.sentences.length > 0 || heard.next ? heardPrints : []).map((print) => ({
      ...{ href: `/${language.code}${shown.path}/${print}.pdf`, key: `heard.prints.${print}` },
    })),
  }
}

function nextOf({ next }: PlaceHeard, { language, languages, place }: Around): HeardPage['next'] {
  if (!next) return undefined
  const written = languages.find(next.language) ?? { code: next.language, dir: 'ltr', name: next.language }
  return {
    ...{ by: nextSaid(place?.name), language: written, blocks: next.blocks },
    named: written.code === language.code ? undefined : written.name,
  }
}

/** The same of a place where there is nothing to read: why, and when there will be. */
export function unheardView(around: Around): HeardPage {
  return { ...shownOf(around), ...whyUnheard(around), sentences: [], prints: [] }
}

function whyUnheard({ found, place, language }: Around): Pick<HeardPage, 'heading' | 'lead'> {
  const { release, unseen, year } = found
  const values = { name: place?.name ?? '', year: yearIn(language, year) }
  if (release) return { heading: 'heard.absent.title', lead: [{ key: 'heard.absent.text', values }] }
  if (unseen.why === 'withdrawn')
    return { heading: 'heard.withdrawn.title', lead: [{ key: 'heard.withdrawn.text', values }] }
  const { from } = unseen
  const when = from === undefined ? undefined : { day: writtenDay(language, swedishDay(new Date(from))) }
  return {
    heading: 'heard.notYet.title',
    lead: [when ? { key: 'heard.notYet.from', values: when } : { key: 'heard.notYet.later' }],
  }
}

/** What every page has, whatever there is to read. */
function shownOf({ language, found: { year }, place, years, isPractice, municipalities }: Around) {
  const pathIn = (one: number) => `/heard/${one}${place ? `/${place.code}` : ''}`
  const hasYear = years.includes(year)
  return {
    ...{
      path: year === 0 ? '/heard' : pathIn(year),
      place: place?.name,
      year: year === 0 ? '' : yearIn(language, year),
      isPractice,
    },
    more: hasYear ? moreOf({ year, place }, language) : [],
    years: years
      .filter((one) => one !== year)
      .map((one) => ({ year: yearIn(language, one), href: `/${language.code}${pathIn(one)}` })),
    places: municipalities.map(({ area, name }) => ({ name, href: `/${language.code}/heard/${year}/${area}` })),
  }
}

/** All results are in Swedish and in English; beside a municipality's is what the nation answered. */
function moreOf({ year, place }: { year: number } & Pick<AskedHeard, 'place'>, { code }: Language): HeardPage['more'] {
  const path = `/results/${year}${place ? `/${place.code}` : ''}`
  const all = [
    { href: `/sv${path}`, key: 'heard.more.swedish', hreflang: 'sv' },
    { href: `/en${path}`, key: 'heard.more.english', hreflang: 'en' },
  ]
  const own = all.find(({ hreflang }) => hreflang === code)
  return [
    ...(own ? [{ ...own, key: 'heard.more.own' }] : all),
    ...(place ? [{ href: `/${code}/heard/${year}`, key: 'heard.more.nation', hreflang: code }] : []),
  ]
}

const pictureOf = (filled: number, { dir }: Language) => ({
  filled,
  people: peoplePicture(filled, dir === 'rtl', look),
})

/** The style sheet has the colours. Whoever reads without it sees who is filled all the same. */
const look = {
  ...{ filled: 'class="filled"', empty: 'class="empty" fill="none" stroke="currentColor" stroke-width="2"' },
  around: 'width="270" height="44"',
}
