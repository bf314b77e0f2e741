const properties = (...paths: string[]) =>
  paths.map((path) => `sh:property [ sh:path ${path} ; sh:minCount 1 ]`).join(' ;\n  ')

const shape = (type: string, ...paths: string[]) => `
[] a sh:NodeShape ; sh:targetClass ${type} ;
  ${properties(...paths)} .
`

/**
 * What DCAT-AP-SE 3.0.1 makes mandatory of each class, as shapes that a description can be checked by (SHACL); and a format as an address,
 * as the shapes of DCAT-AP 3.0.1 ask, where the Swedish profile takes either.
 */
export const mandatory = `
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix dcat: <http://www.w3.org/ns/dcat#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix vcard: <http://www.w3.org/2006/vcard/ns#> .
${shape('dcat:Catalog', 'dcterms:title', 'dcterms:description', 'dcterms:publisher', 'dcat:dataset', 'dcterms:license')}
${shape('foaf:Agent', 'foaf:name', 'dcterms:type')}
${shape('dcat:Dataset', 'dcterms:title', 'dcterms:description', 'dcterms:publisher', 'dcat:distribution')}
${shape('dcat:Distribution', 'dcat:accessURL', 'dcterms:format', 'dcterms:license')}
${shape('dcat:DataService', 'dcterms:title', 'dcat:endpointURL', 'dcterms:format', 'dcat:endpointDescription')}
${shape('vcard:Organization', 'vcard:fn', 'vcard:hasEmail')}
[] a sh:NodeShape ; sh:targetSubjectsOf dcterms:format ;
  sh:property [ sh:path dcterms:format ; sh:nodeKind sh:IRI ; sh:pattern "/file-type/" ] .
`
