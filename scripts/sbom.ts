import type { Shipped } from './shipped.ts'

type Named = Pick<Shipped, 'name' | 'version' | 'licence'>

/**
 * What is shipped, as CycloneDX 1.5 for programs that look for known holes. It has no time and no number of its own: the same
 * build gives the same document.
 */
export function sbom(service: Named, parts: Shipped[]): string {
  const document = {
    $schema: 'http://cyclonedx.org/schema/bom-1.5.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', ...described(service) } },
    components: parts.map((part) => ({ type: 'library', ...described(part), hashes: hashes(part) })),
  }
  return `${JSON.stringify(document, null, 2)}\n`
}

function described({ name, version, licence }: Named) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`
  return { 'bom-ref': purl, name, version, purl, licenses: licence ? [licenceOf(licence)] : [] }
}

const licenceOf = (spdx: string) => (spdx.includes(' ') ? { expression: spdx } : { license: { id: spdx } })

function hashes({ integrity }: Shipped) {
  const [, base64] = integrity?.split('sha512-') ?? []
  return base64 ? [{ alg: 'SHA-512', content: Buffer.from(base64, 'base64').toString('hex') }] : []
}
