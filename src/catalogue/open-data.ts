import { licenceUrl } from './licence.ts'
import { aboutIn, dayOf, keywords, type OpenData, ways, words } from './open-data-words.ts'
import type { Described, DescribedProperty, DescribedValue } from './rdf.ts'

const europa = 'http://publications.europa.eu/resource/authority'
const mediaTypes = 'https://www.iana.org/assignments/media-types'
const sweden = 'http://sws.geonames.org/2661886/'
const text = (text: string, lang?: 'sv' | 'en'): DescribedValue => ({ text, lang })
const iri = (iri: string): DescribedValue => ({ iri })

const openApi = '/v3/openapi.json'

/** What is said of something only where it is known. */
const where = <Known>(known: Known | undefined, property: (known: Known) => DescribedProperty): DescribedProperty[] =>
  known === undefined ? [] : [property(known)]

const subjects: DescribedProperty[] = [
  ['dcat:theme', iri(`${europa}/data-theme/SOCI`)],
  ['dcat:theme', iri(`${europa}/data-theme/GOVE`)],
  ...keywords.map((word): DescribedProperty => ['dcat:keyword', text(word, 'sv')]),
]

/**
 * The catalogue of open data as DCAT-AP-SE 3.0 has it (https://docs.dataportal.se/dcat/), for the national data portal: one dataset, with a
 * file of all figures and the API.
 */
export function dataCatalogue({ publicUrl, licence, owner, years, withdrawn, isPractice }: OpenData): Described {
  const to = (path: string) => `${publicUrl}${path}`
  const days = years.map(({ publishedOn }) => publishedOn).sort()
  const changed = [...days, ...withdrawn.map(({ since }) => dayOf(since))].sort()
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
  const described = { sv: aboutIn('sv', { isPractice, withdrawn }), en: aboutIn('en', { isPractice, withdrawn }) }
  const own: DescribedProperty[] = [
    ...both('dcterms:title', words.title),
    ...both('dcterms:description', described),
    ['dcterms:publisher', publisher],
    ['dcterms:license', iri(licenceUrl[licence])],
    ['dcterms:language', iri(`${europa}/language/SWE`)],
    ['dcterms:spatial', iri(sweden)],
    ...where(days[0], (day) => ['dcterms:issued', { day }]),
    ...where(changed.at(-1), (day) => ['dcterms:modified', { day }]),
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
