import { type Licence, licenceUrl } from './licence.ts'
import type { Described, DescribedProperty, DescribedValue } from './rdf.ts'

/** What is described: where it is, who answers for it, of which years there are figures, and when they last changed. */
export interface OpenData {
  publicUrl: string
  licence: Licence
  owner: { name?: string; contact?: string }
  years: readonly { year: number; publishedOn: string }[]
  isPractice: boolean
}

const europa = 'http://publications.europa.eu/resource/authority'
const mediaTypes = 'https://www.iana.org/assignments/media-types'
const sweden = 'http://sws.geonames.org/2661886/'
const text = (text: string, lang?: 'sv' | 'en'): DescribedValue => ({ text, lang })
const iri = (iri: string): DescribedValue => ({ iri })

const words = {
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
}

const openApi = '/v3/openapi.json'

/** What is said of something only where it is known. */
const where = <Known>(known: Known | undefined, property: (known: Known) => DescribedProperty): DescribedProperty[] =>
  known === undefined ? [] : [property(known)]

const keywords = ['socialtjänst', 'individ- och familjeomsorg', 'brukarundersökning', 'kommuner']

const subjects: DescribedProperty[] = [
  ['dcat:theme', iri(`${europa}/data-theme/SOCI`)],
  ['dcat:theme', iri(`${europa}/data-theme/GOVE`)],
  ...keywords.map((word): DescribedProperty => ['dcat:keyword', text(word, 'sv')]),
]

/** The two ways to the figures: a file, and the API. */
const ways = {
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

const aboutIn = (lang: 'sv' | 'en', isPractice: boolean) =>
  isPractice ? `${words.about[lang]} ${words.practice[lang]}` : words.about[lang]

/**
 * The catalogue of open data as DCAT-AP-SE 3.0 has it (https://docs.dataportal.se/dcat/), for the national data portal: one dataset, with a
 * file of all figures and the API.
 */
export function dataCatalogue({ publicUrl, licence, owner, years, isPractice }: OpenData): Described {
  const to = (path: string) => `${publicUrl}${path}`
  const days = years.map(({ publishedOn }) => publishedOn).sort()
  const publisher: Described = {
    iri: to('/catalog#publisher'),
    type: 'foaf:Agent',
    properties: [
      ['foaf:name', text(owner.name ?? new URL(publicUrl).host)],
      ['dcterms:type', iri('http://purl.org/adms/publishertype/NationalAuthority')],
    ],
  }
  const contact = contactOf(owner)
  const both = (property: string, of: { sv: string; en: string }): DescribedProperty[] => [
    [property, text(of.sv, 'sv')],
    [property, text(of.en, 'en')],
  ]
  const described = { sv: aboutIn('sv', isPractice), en: aboutIn('en', isPractice) }
  const own: DescribedProperty[] = [
    ...both('dcterms:title', words.title),
    ...both('dcterms:description', described),
    ['dcterms:publisher', publisher],
    ['dcterms:license', iri(licenceUrl[licence])],
    ['dcterms:language', iri(`${europa}/language/SWE`)],
    ['dcterms:spatial', iri(sweden)],
    ...where(days[0], (day) => ['dcterms:issued', { day }]),
    ...where(days.at(-1), (day) => ['dcterms:modified', { day }]),
  ]
  const service: Described = {
    iri: to('/catalog#api'),
    type: 'dcat:DataService',
    properties: [
      ...both('dcterms:title', { sv: 'Öppet API', en: 'Open API' }),
      ...both('dcterms:description', ways.json.about),
      ['dcat:endpointURL', iri(to('/v3'))],
      ['dcat:endpointDescription', iri(to(openApi))],
      ['dcat:servesDataset', iri(to('/catalog#dataset'))],
      ...subjects,
      ['dcterms:format', iri(`${europa}/file-type/JSON`)],
      ['dcterms:license', iri(licenceUrl[licence])],
      ['dcterms:publisher', iri(publisher.iri!)],
      ...contact,
    ],
  }
  const distribution = (id: keyof typeof ways, ...more: DescribedProperty[]): DescribedProperty => {
    const { path, format, mediaType, title, about } = ways[id]
    const properties: DescribedProperty[] = [
      ...both('dcterms:title', title),
      ...both('dcterms:description', about),
      ['dcat:accessURL', iri(to(path))],
      ...more,
      ['dcterms:format', iri(`${europa}/file-type/${format}`)],
      ['dcat:mediaType', iri(`${mediaTypes}/${mediaType}`)],
      ['dcatap:availability', iri(`${europa}/planned-availability/STABLE`)],
      ['dcterms:license', iri(licenceUrl[licence])],
    ]
    return ['dcat:distribution', { iri: to(`/catalog#${id}`), type: 'dcat:Distribution', properties }]
  }
  const dataset: Described = {
    iri: to('/catalog#dataset'),
    type: 'dcat:Dataset',
    properties: [
      ...own.filter(([name]) => name !== 'dcterms:publisher' && name !== 'dcterms:license'),
      ['dcterms:publisher', iri(publisher.iri!)],
      ...subjects,
      ['dcterms:accrualPeriodicity', iri(`${europa}/frequency/ANNUAL`)],
      ['dcterms:accessRights', iri(`${europa}/access-right/PUBLIC`)],
      ['dcat:landingPage', iri(to('/sv/results'))],
      ...where(years.at(-1), (last) => ['dcterms:temporal', periodOf(years[0]!.year, last.year)]),
      ...contact,
      distribution('csv', ['dcat:downloadURL', iri(to(ways.csv.path))]),
      distribution('json', ['dcterms:conformsTo', iri(to(openApi))], ['dcat:accessService', service]),
    ],
  }
  return {
    iri: to('/catalog'),
    type: 'dcat:Catalog',
    properties: [
      ...own,
      ['foaf:homepage', iri(to('/sv/results'))],
      ['dcat:themeTaxonomy', iri(`${europa}/data-theme`)],
      ['dcat:dataset', dataset],
    ],
  }
}

const periodOf = (from: number, to: number): Described => ({
  type: 'dcterms:PeriodOfTime',
  properties: [
    ['dcat:startDate', { day: `${from}-01-01` }],
    ['dcat:endDate', { day: `${to}-12-31` }],
  ],
})

/** Only an address that can be written to is a contact. */
function contactOf({ name, contact }: OpenData['owner']): DescribedProperty[] {
  const address = contact?.split(/[\s<>,;]/).find((word) => word.includes('@'))
  if (!address) return []
  const properties: DescribedProperty[] = [
    ['vcard:fn', text(name ?? address)],
    ['vcard:hasEmail', iri(`mailto:${address}`)],
  ]
  return [['dcat:contactPoint', { type: 'vcard:Organization', properties }]]
}

interface Searchable extends Omit<OpenData, 'years'> {
  /** The first one first. */
  years: readonly number[]
}

/** The same dataset as search engines read it (https://schema.org/Dataset), as JSON-LD. */
export function searchableDataset({ publicUrl, licence, owner, years, isPractice }: Searchable, lang: 'sv' | 'en') {
  const to = (path: string) => `${publicUrl}${path}`
  const download = (path: string, encodingFormat: string) => ({
    ...{ '@type': 'DataDownload', encodingFormat, contentUrl: to(path) },
  })
  return {
    ...{ '@context': 'https://schema.org', '@type': 'Dataset', '@id': to('/catalog#dataset') },
    ...{ name: words.title[lang], description: aboutIn(lang, isPractice), url: to(`/${lang}/results`) },
    ...{ inLanguage: lang, isAccessibleForFree: true, license: licenceUrl[licence], keywords },
    creator: { '@type': 'Organization', name: owner.name ?? new URL(publicUrl).host },
    spatialCoverage: { '@type': 'Country', name: 'Sweden' },
    ...(years.length > 0 ? { temporalCoverage: `${years[0]}/${years.at(-1)}` } : {}),
    distribution: [download('/open-data.csv', 'text/csv'), download('/v3/data', 'application/json')],
  }
}
