import { DataFactory, Writer } from 'n3'
import { escaped } from '../text/escaped.ts'

/** Something that is described: with an address, or without one where it is only known as part of another. */
export interface Described {
  iri?: string
  /** `dcat:Dataset` */
  type: string
  properties: DescribedProperty[]
}

/** `dcterms:title`, and what it is. */
export type DescribedProperty = [predicate: string, value: DescribedValue]

/** A text in a language, a day, another address, or what is described in its turn. */
export type DescribedValue = { text: string; lang?: string } | { day: string } | { iri: string } | Described

/** What names in descriptions stand for. */
const prefixes = {
  dcat: 'http://www.w3.org/ns/dcat#',
  dcatap: 'http://data.europa.eu/r5r/',
  dcterms: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const

function fullName(name: string): string {
  const [prefix, local] = name.split(':') as [keyof typeof prefixes, string]
  return `${prefixes[prefix]}${local}`
}

/** As Turtle. */
export function turtleOf(node: Described): Promise<string> {
  const { namedNode, blankNode, literal, quad } = DataFactory
  const writer = new Writer({ prefixes })
  const name = (text: string) => namedNode(fullName(text))
  function add({ iri, type, properties }: Described) {
    const subject = iri === undefined ? blankNode() : namedNode(iri)
    writer.addQuad(quad(subject, name('rdf:type'), name(type)))
    for (const [predicate, value] of properties) writer.addQuad(quad(subject, name(predicate), object(value)))
    return subject
  }
  function object(value: DescribedValue) {
    if ('type' in value) return add(value)
    if ('text' in value) return literal(value.text, value.lang)
    if ('day' in value) return literal(value.day, name('xsd:date'))
    return namedNode(value.iri)
  }
  add(node)
  return new Promise((resolve, reject) => writer.end((error, text) => (error ? reject(error) : resolve(text))))
}

/** As RDF/XML (https://www.w3.org/TR/rdf-syntax-grammar/), with what is part of another written within it. */
export function rdfXmlOf(node: Described): string {
  const spaces = Object.entries(prefixes).map(([prefix, iri]) => ` xmlns:${prefix}="${iri}"`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF${spaces.join('')}>\n${element(node)}\n</rdf:RDF>\n`
}

function element({ iri, type, properties }: Described): string {
  const about = iri === undefined ? '' : ` rdf:about="${escaped(iri)}"`
  return `<${type}${about}>\n${properties.map(([name, value]) => property(name, value)).join('\n')}\n</${type}>`
}

function property(name: string, value: DescribedValue): string {
  if ('type' in value) return `<${name}>${element(value)}</${name}>`
  if ('text' in value)
    return `<${name}${value.lang ? ` xml:lang="${value.lang}"` : ''}>${escaped(value.text)}</${name}>`
  if ('day' in value) return `<${name} rdf:datatype="${prefixes.xsd}date">${value.day}</${name}>`
  return `<${name} rdf:resource="${escaped(value.iri)}"/>`
}
