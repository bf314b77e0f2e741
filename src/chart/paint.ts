/**
 * Which role colours what, and the colours of the roles, for a file: what it shows must not hang on a style sheet. On a page
 * assets/results/charts.css says the same; a test holds the two together.
 */

/** The roles and their light colours. */
export const colours = {
  ink: '#1c2526',
  quiet: '#4a5658',
  paper: '#fdfbf7',
  edge: '#6d7a7c',
  line: '#d9d6cd',
  mine: '#0b5a60',
  ival: '#4f8a8e',
  nation: '#1c2526',
  before: '#6d7a7c',
  second: '#8a4f00',
  'neg-2': '#9a5a00',
  'neg-1': '#e3b671',
  zero: '#efece5',
  'pos-1': '#86c3c2',
  'pos-2': '#0b5a60',
  'on-neg-2': '#ffffff',
  'on-light': '#1c2526',
  'on-pos-2': '#ffffff',
  best: '#0b6b57',
  middle: '#b07d00',
  last: '#b23a2a',
  'first-corner': '#fff3d6',
} as const

export type ColourRole = keyof typeof colours

interface Paint {
  fill?: ColourRole | 'none'
  stroke?: ColourRole
}

/** By class. A text has those of `inks`. */
export const paints: Record<string, Paint> = {
  grid: { stroke: 'line' },
  own: { fill: 'mine', stroke: 'paper' },
  women: { fill: 'mine', stroke: 'paper' },
  men: { fill: 'second', stroke: 'paper' },
  nation: { fill: 'nation', stroke: 'nation' },
  before: { fill: 'paper', stroke: 'before' },
  interval: { stroke: 'ival' },
  'goes-on': { fill: 'none', stroke: 'ival' },
  link: { stroke: 'edge' },
  field: { fill: 'pos-1', stroke: 'mine' },
  withheld: { stroke: 'line' },
  hatching: { stroke: 'edge' },
  lines: { stroke: 'paper' },
  'neg-2': { fill: 'neg-2' },
  'neg-1': { fill: 'neg-1' },
  zero: { fill: 'zero', stroke: 'edge' },
  'pos-1': { fill: 'pos-1' },
  'pos-2': { fill: 'pos-2' },
  gap: { stroke: 'paper' },
  split: { stroke: 'ink' },
  band: { fill: 'mine' },
  'line-own': { fill: 'none', stroke: 'mine' },
  'line-nation': { fill: 'none', stroke: 'nation' },
  break: { stroke: 'edge' },
  one: { fill: 'edge' },
  bracket: { stroke: 'ival' },
  corner: { fill: 'first-corner' },
  frame: { fill: 'none', stroke: 'line' },
  cut: { stroke: 'edge' },
  'axis-arrow': { fill: 'none', stroke: 'quiet' },
  box: { fill: 'none', stroke: 'edge' },
  best: { fill: 'best' },
  middle: { fill: 'middle' },
  last: { fill: 'last' },
}

/** What is as strong on a page as the style sheet says. */
const opacities: Record<string, number> = { lines: 0.45 }

/** A text has a halo of paper, for lines pass behind it; in a bar, of the part's own colour, for its hatching. */
export const inks: Record<string, Paint & { weight?: number }> = {
  soft: { fill: 'quiet', stroke: 'paper' },
  strong: { fill: 'ink', stroke: 'paper', weight: 600 },
  'on-neg-2': { fill: 'on-neg-2', stroke: 'neg-2', weight: 600 },
  'on-neg-1': { fill: 'on-light', stroke: 'neg-1', weight: 600 },
  'on-zero': { fill: 'on-light', stroke: 'zero', weight: 600 },
  'on-pos-1': { fill: 'on-light', stroke: 'pos-1', weight: 600 },
  'on-pos-2': { fill: 'on-pos-2', stroke: 'pos-2', weight: 600 },
}

/** A text without a class. */
const plainInk = { fill: 'ink', stroke: 'paper' } as const

/** A drawing with its colours written out instead of its classes. Only for what was drawn here: its attributes hold no `<` and `>`. */
export const painted = (svg: string) => svg.replace(/<[a-z][^<>]*>/gi, paintedTag)

function paintedTag(tag: string): string {
  const classes = / class="([^"]*)"/.exec(tag)?.[1]?.split(' ') ?? []
  const paint = tag.startsWith('<text') ? inkOf(classes) : paintOf(classes)
  const bare = tag.replace(/ class="[^"]*"/, '')
  const end = bare.endsWith('/>') ? '/>' : '>'
  return bare.slice(0, -end.length) + paint + end
}

function paintOf(classes: string[]): string {
  const [kind] = classes.filter((name) => name in paints)
  if (kind === undefined) return ''
  const { fill, stroke } = paints[kind]!
  const opacity = opacities[kind] === undefined ? '' : ` stroke-opacity="${opacities[kind]}"`
  return written('fill', fill) + written('stroke', stroke) + opacity
}

function inkOf(classes: string[]): string {
  const [kind] = classes.filter((name) => name in inks)
  const { fill, stroke, weight } = { weight: undefined, ...(kind === undefined ? plainInk : inks[kind]!) }
  const halo = ' stroke-width="4" stroke-linejoin="round" paint-order="stroke"'
  return written('fill', fill) + written('stroke', stroke) + halo + (weight ? ` font-weight="${weight}"` : '')
}

const written = (attribute: string, role: ColourRole | 'none' | undefined) =>
  role === undefined ? '' : ` ${attribute}="${role === 'none' ? 'none' : colours[role]}"`
