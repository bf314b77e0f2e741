import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as z from 'zod'
import { packageOf } from '../../scripts/shipped.ts'

const { packages: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, { name?: string; version: string; dev?: boolean }>
}
const printed = execFileSync('npm', ['run', '-s', 'sbom'], { encoding: 'utf8' })
const { components } = JSON.parse(printed) as { components: { name: string; version: string; purl: string }[] }
const listed = components.map(({ name, version }) => `${name} ${version}`)
const named = (path: string) => `${locked[path]!.name ?? path.split('node_modules/').at(-1)} ${locked[path]!.version}`

describe('the list of what is shipped', () => {
  test('has the packages that run, those built in for browsers and the fonts, and nothing else', () => {
    const builtIn = ['libsodium', 'libsodium-wrappers']
    const fonts = ['@fontsource/noto-sans', '@fontsource/noto-sans-ethiopic', '@fontsource/vazirmatn']
    const run = Object.keys(locked).filter((path) => path && !locked[path]!.dev && existsSync(path))
    const expected = [...run, ...[...builtIn, ...fonts].map((name) => `node_modules/${name}`)].map(named)

    expect(new Set(listed)).toEqual(new Set(expected))
    expect(listed.length).toBe(new Set(listed).size)
    expect(listed).toEqual(expect.arrayContaining([expect.stringMatching(/^nodemailer /)]))
  })

  test('has every package of which the bundles of the service hold a line', () => {
    const maps = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.map'))
    const sources = maps.flatMap((file) => JSON.parse(readFileSync(join('dist', file), 'utf8')).sources as string[])
    const bundled = new Set(sources.map(packageOf).filter((path) => path && locked[path]) as string[])

    expect(bundled.size).toBeGreaterThan(80)
    expect([...bundled].map(named).filter((part) => !listed.includes(part))).toEqual([])
  })

  test('is the same in NOTICES.txt, with the fonts’ own licences', () => {
    const notices = readFileSync('dist/NOTICES.txt', 'utf8')
    const noticed = [...notices.matchAll(/^={80}\n\n(.+)\nLicence: \S/gm)].map(([, part]) => part)

    expect(noticed).toEqual(listed)
    expect(notices.match(/SIL OPEN FONT LICENSE Version 1.1/g)!.length).toBeGreaterThanOrEqual(3)
  })

  test('is a CycloneDX document, each part with its purl, its licence and its checksum', () => {
    const licences = z.union([
      z.tuple([z.strictObject({ license: z.strictObject({ id: z.string().regex(/^[\w.-]+$/) }) })]),
      z.tuple([z.strictObject({ expression: z.string().regex(/ (OR|AND) /) })]),
    ])
    const purl = z.string().regex(/^pkg:npm\/(%40[\w.-]+\/)?[\w.-]+@\d+\.\d+\.\d+$/)
    const part = { 'bom-ref': purl, name: z.string(), version: z.string(), purl, licenses: licences }
    const hash = z.strictObject({ alg: z.literal('SHA-512'), content: z.string().regex(/^[0-9a-f]{128}$/) })
    const document = z.strictObject({
      $schema: z.literal('http://cyclonedx.org/schema/bom-1.5.schema.json'),
      bomFormat: z.literal('CycloneDX'),
      specVersion: z.literal('1.5'),
      version: z.literal(1),
      metadata: z.strictObject({ component: z.strictObject({ type: z.literal('application'), ...part }) }),
      components: z.array(z.strictObject({ type: z.literal('library'), ...part, hashes: z.tuple([hash]) })),
    })

    expect(document.parse(JSON.parse(printed)).metadata.component.name).toBe('brukarsvar')
    expect(new Set(components.map(({ purl }) => purl)).size).toBe(components.length)
  })
})
