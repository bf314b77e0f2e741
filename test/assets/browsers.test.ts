import { readFileSync } from 'node:fs'
import type { CompatStatement, Identifier } from '@mdn/browser-compat-data'
import compat from '@mdn/browser-compat-data/forLegacyNode'
import { parse } from 'acorn'
import { full } from 'acorn-walk'
import { transform } from 'lightningcss'
import { describe, expect, test } from 'vitest'
import { oldestBrowsers } from '../../scripts/oldest-browsers.ts'

const folder = new URL('../../dist/assets/', import.meta.url)
const manifest: Record<string, string> = JSON.parse(readFileSync(new URL('manifest.json', folder), 'utf8'))
const built = (name: string) => readFileSync(new URL(manifest[name]!.replace('/assets/', ''), folder), 'utf8')

const builtins = compat.javascript.builtins!

/** What the oldest browsers lack and our scripts use all the same, and why nothing breaks. */
const lackedByScripts: Record<string, string> = {
  requestFullscreen: 'the button is not shown without it',
  exitFullscreen: 'the button is not shown without it',
  fullscreenElement: 'the button is not shown without it',
  persist: 'where the browser cannot be asked, it has not promised',
  persisted: 'where the browser cannot be asked, it has not promised',
  storage: 'where the browser cannot be asked, it has not promised',
  clipboard: 'the text is chosen instead, to be copied by hand',
  writeText: 'the text is chosen instead, to be copied by hand',
  detect: 'of BarcodeDetector, which is looked for first',
  getSupportedFormats: 'of BarcodeDetector, which is looked for first',
  playsInline: 'set on a video: it opens on the whole screen without it',
  srcObject: 'old in all that have a camera for pages; the data knows only Safari’s defect',
  BigInt: 'in libsodium, for what is not used here',
}

/** Names of our own and of the libraries that some new thing of the browsers bears as well. */
const ownNames = new Set([
  ...[
    'number',
    'check',
    'node',
    'grow',
    'setStatus',
    'address',
    'tag',
    'pad',
    'symbols',
    'forget',
    'device',
    'wait',
    'touched',
  ],
  ...['token', 'part', 'range', 'scan', 'opened'],
])

/** The same for style sheets: the page is whole without it. */
const lackedByStyles: Record<string, string> = {
  'text-size-adjust': 'stands beside its name with a prefix',
  hyphens: 'words break at their soft hyphens anyway',
  outline: 'Safari draws it, but without round corners',
  'text-decoration-thickness': 'a line under a link is thinner',
  'accent-color': 'the browser’s own colour',
  'container-type':
    'what is laid out by the width of its place is laid out by that of the window, as each rule says twice',
  'user-select': 'stands beside its name with a prefix',
  'scroll-margin': 'what gets the focus stands at the edge, as without it',
  'scroll-padding-bottom': 'what gets the focus stands at the edge, as without it',
  'print-color-adjust': 'stands beside its name with a prefix',
}

const olderOrSame = (version: string, than: string) => {
  const [a, b] = [version, than].map((text) => text.replace('≤', '').split('.').map(Number))
  return a![0]! < b![0]! || (a![0] === b![0] && (a![1] ?? 0) <= (b![1] ?? 0))
}

/** Whether each of the oldest browsers has it, without a prefix and without a switch. */
function isOld({ support }: CompatStatement): boolean {
  return Object.entries(oldestBrowsers).every(([browser, version]) => {
    const said = [support[browser as 'chrome']].flat()
    return said.some(
      (one) =>
        one &&
        !one.prefix &&
        !one.alternative_name &&
        !one.flags &&
        !one.version_removed &&
        typeof one.version_added === 'string' &&
        one.version_added !== 'preview' &&
        olderOrSame(one.version_added, version),
    )
  })
}

/** Every name below a place in the data, with whether any thing of that name is old. */
function namesOf(...places: Identifier[]): Map<string, boolean> {
  const names = new Map<string, boolean>()
  const walk = (place: Identifier, depth: number) => {
    for (const [name, below] of Object.entries(place)) {
      if (name === '__compat' || typeof below !== 'object' || !(below as Identifier).__compat) continue
      const bare = name.replace(/_static$|_event$/, '')
      names.set(bare, names.get(bare) === true || isOld((below as Identifier).__compat!))
      if (depth < 2) walk(below as Identifier, depth + 1)
    }
  }
  for (const place of places) walk(place, 1)
  return names
}

describe('the oldest browsers that the build names', () => {
  const names = namesOf(compat.api as never, builtins as never, builtins.Intl as never)

  test.each(Object.keys(manifest).filter((name) => name.endsWith('.js')))('have all that %s uses', (name) => {
    const used = new Set<string>()
    const globals = new Set<string>()
    const program = parse(built(name), { ecmaVersion: 'latest', sourceType: 'script' })
    full(program, (node) => {
      const { type, property, computed } = node as unknown as {
        type: string
        property: { name: string }
        computed: boolean
      }
      if (type === 'MemberExpression' && !computed) used.add(property.name)
      if (type === 'Identifier') globals.add((node as unknown as { name: string }).name)
    })
    for (const one of globals) if (one in compat.api || one in builtins) used.add(one)
    const lacked = [...used].filter(
      (one) => one.length > 2 && !ownNames.has(one) && names.get(one) === false && !(one in lackedByScripts),
    )
    expect(lacked).toEqual([])
  })

  test.each(Object.keys(manifest).filter((name) => name.endsWith('.css')))(
    'have all that %s uses, or are shown something else',
    (name) => {
      const lacked = new Set<string>()
      const properties = compat.css.properties as Record<string, Identifier>
      transform({
        filename: name,
        code: Buffer.from(built(name)),
        visitor: {
          Declaration(declaration) {
            const property =
              declaration.property === 'unparsed' ? declaration.value.propertyId.property : declaration.property
            const known = properties[property]?.__compat
            if (known && !isOld(known) && !(property in lackedByStyles)) lacked.add(property)
          },
        },
      })
      expect([...lacked]).toEqual([])
    },
  )

  test.each(['survey.css', 'tablet.css'])('are shown rows without their gap in %s, and none forgotten', (name) => {
    const source = readFileSync(new URL(`../../assets/${name}`, import.meta.url), 'utf8')
    const [styles, forOld = ''] = source.split('@supports not (inset: 0)')
    const rows = [...styles!.matchAll(/([^{}]+)\{([^{}]*)\}/g)].filter(
      ([, , body]) => /display: flex/.test(body!) && /gap:/.test(body!),
    )
    const selectors = rows.flatMap(([, selector]) =>
      selector!
        .replace(/\/\*.*?\*\//gs, '')
        .split(',')
        .map((one) => one.trim()),
    )
    const items: Record<string, string> = { 'footer ul': 'footer li' }
    expect(selectors.length).toBeGreaterThan(2)
    for (const selector of selectors) expect(forOld, selector).toContain(items[selector] ?? `${selector} > *`)
  })
})
