import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { type ColourRole, colours, inks, paints } from '../../src/chart/paint.ts'
import { type Blindness, ciede2000, contrast, distance } from '../support/colour-blindness.ts'

const charts = readFileSync('assets/results/charts.css', 'utf8')
const survey = readFileSync('assets/survey.css', 'utf8')

/** The colours of the roles in a theme, as the style sheets have them. */
function theme(name: 'light' | 'dark'): Record<ColourRole, string> {
  const rolesIn = (sheet: string) => {
    const roots = [...sheet.matchAll(/(@media \(prefers-color-scheme: dark\) \{\s*)?:root \{([^}]*)\}/g)]
    const wanted = roots.find(([, dark]) => (dark !== undefined) === (name === 'dark'))![2]!
    return [...wanted.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, role, value]) => [role!, value!])
  }
  return Object.fromEntries([...rolesIn(survey), ...rolesIn(charts)])
}

/** What a class is told in the style sheet, outside of media. */
function declared(selector: string): Record<string, string> {
  const rules = charts.replace(/\/\*[\s\S]*?\*\//g, '').replace(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*\s*\}/g, '')
  const own = [...rules.matchAll(/([^{}]+)\{([^}]*)\}/g)].filter(([, selectors]) =>
    selectors!.split(',').some((one) => one.trim() === selector),
  )
  const all = own.flatMap(([, , body]) => [...body!.matchAll(/([\w-]+): ([^;]+);/g)])
  return Object.fromEntries(all.map(([, property, value]) => [property!, value!]))
}

describe('the colours of charts', () => {
  test('are in files as they are on pages', () => {
    const light = theme('light')
    for (const [role, value] of Object.entries(colours)) expect(light[role as ColourRole], role).toBe(value)
    const asVariable = (role: string | undefined) => (role === 'none' || role === undefined ? role : `var(--${role})`)
    for (const [kind, { fill, stroke }] of Object.entries(paints)) {
      const { fill: filled, stroke: ruled } = declared(`.graph .${kind}`)
      expect([filled, ruled], kind).toEqual([asVariable(fill), asVariable(stroke)])
    }
    for (const [kind, { fill, stroke }] of Object.entries(inks)) {
      const { fill: filled, stroke: ruled } = { ...declared('.graph text'), ...declared(`.graph text.${kind}`) }
      expect([filled, ruled], kind).toEqual([asVariable(fill), asVariable(stroke)])
    }
  })

  test('have all a second theme', () => {
    expect(Object.keys(theme('dark')).sort()).toEqual(expect.arrayContaining(Object.keys(colours).sort()))
  })

  test.each(['light', 'dark'] as const)('are read and seen on paper in the %s theme', (name) => {
    const of = theme(name)
    for (const role of ['ink', 'quiet'] as const) expect(contrast(of[role], of.paper), role).toBeGreaterThan(7)
    const marks = [
      'mine',
      'ival',
      'nation',
      'before',
      'second',
      'neg-2',
      'pos-2',
      'best',
      'middle',
      'last',
      'edge',
    ] as const
    for (const role of marks) expect(contrast(of[role], of.paper), role).toBeGreaterThan(3)
    for (const { fill, stroke } of Object.values(inks))
      expect(contrast(of[fill as ColourRole], of[stroke!]), `${fill} on ${stroke}`).toBeGreaterThan(4.5)
    expect(contrast(of.ink, of['first-corner'])).toBeGreaterThan(7)
  })

  /** What lies or stands beside each other, and must be told apart. */
  const neighbours: [ColourRole, ColourRole][] = [
    ...([
      ['neg-2', 'neg-1'],
      ['neg-1', 'zero'],
      ['zero', 'pos-1'],
      ['pos-1', 'pos-2'],
      ['neg-2', 'pos-2'],
    ] as const),
    ...([
      ['best', 'middle'],
      ['middle', 'last'],
      ['best', 'last'],
    ] as const),
    ...([
      ['mine', 'second'],
      ['mine', 'before'],
      ['mine', 'nation'],
    ] as const),
  ].map(([one, other]) => [one, other])

  test.each(['light', 'dark'] as const)('are told apart by those who see other colours, in the %s theme', (name) => {
    const of = theme(name)
    const least = neighbours.flatMap(([one, other]) =>
      (['protan', 'deutan', 'tritan'] as Blindness[]).map((blindness) => ({
        pair: `${one} / ${other} / ${blindness}`,
        by: distance(of[one], of[other], blindness),
      })),
    )
    expect(least.filter(({ by }) => by < 9.5)).toEqual([])
  })

  test('are as far apart as was worked out before, in another program', () => {
    const by = (one: ColourRole, other: ColourRole) =>
      (['protan', 'deutan', 'tritan'] as const).map((blindness) =>
        Math.round(distance(colours[one], colours[other], blindness)),
      )
    expect(by('neg-2', 'neg-1')).toEqual([31, 27, 29])
    expect(by('zero', 'pos-1')).toEqual([13, 17, 28])
    expect(by('best', 'last')).toEqual([12, 21, 57])
    expect(by('mine', 'second')).toEqual([29, 36, 46])
  })
})

test('CIEDE2000 gives the numbers of Sharma, Wu and Dalal 2005, table 1', () => {
  expect(ciede2000([50, 2.6772, -79.7751], [50, 0, -82.7485])).toBeCloseTo(2.0425, 4)
  expect(ciede2000([50, 2.49, -0.001], [50, -2.49, 0.0011])).toBeCloseTo(7.2195, 4)
  expect(ciede2000([50, 2.5, 0], [73, 25, -18])).toBeCloseTo(27.1492, 4)
  expect(ciede2000([22.7233, 20.0904, -46.694], [23.0331, 14.973, -42.5619])).toBeCloseTo(2.0373, 4)
  expect(ciede2000([2.0776, 0.0795, -1.135], [0.9033, -0.0636, -0.5514])).toBeCloseTo(0.9082, 4)
})
