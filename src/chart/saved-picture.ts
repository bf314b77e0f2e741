import { patterns } from './defs.ts'
import { element, words } from './drawing.ts'
import { widthOf } from './frame.ts'
import { type KeyKind, keyMark } from './key-mark.ts'
import { colours, painted } from './paint.ts'

/** Draws itself so many pixels wide. */
type Drawn = (width: number) => string

/** A row of a table as it is in a picture: its name, its chart, and its value as it is read, with no sign that fonts may lack: "minst 90 %". */
interface SavedRow {
  label: string
  value: string
  chart: Drawn
}

/** What a picture has to say where nothing stands around it. */
export interface SavedPicture {
  /** What is seen in it, in one sentence. */
  title: string
  /** What is counted, of whom, when. */
  subtitle?: string
  key?: { kind: KeyKind; words: string }[]
  /** A chart on its own, or the rows of a table under their axis. */
  chart: Drawn | { axis?: Drawn; rows: SavedRow[] }
  /** Where it comes from, and which release. */
  source: string
}

/** As wide as a column of a report, in pixels. */
const width = 720
const margin = 24
const inner = width - 2 * margin
const columns = { label: 196, value: 84, ends: 10 }
const plotWidth = inner - columns.label - columns.value - 2 * columns.ends

/**
 * A chart as a file: 720 px wide, its colours written out, with its title, its key and its source, so that it can stand anywhere.
 * @returns an SVG without classes, styles and links
 * @throws RangeError where a text has an arrow or a sign such as "greater than": the fonts that pictures are made with have none
 */
export function savedSvg({ title, subtitle, key, chart, source }: SavedPicture): string {
  const blocks: Block[] = [
    ...textBlocks(title, { size: 19, kind: 'strong' }),
    gap(4),
    ...textBlocks(subtitle ?? '', { size: 14, kind: 'soft' }),
    gap(8),
    ...(key ? [keyBlock(key)] : []),
    gap(8),
    ...(typeof chart === 'function' ? [chartBlock(chart(inner), 0)] : rowBlocks(chart)),
    gap(12),
    ...textBlocks(source, { size: 12.5, kind: 'soft' }),
  ]
  let y = margin
  const placed = blocks.map(({ height, inside }) => {
    const block = inside === '' ? '' : `<g transform="translate(${margin} ${y})">${inside}</g>`
    y += height
    return block
  })
  const height = Math.ceil(y + margin)
  const paper = element('rect', { width, height, fill: colours.paper })
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}` }
  const heard = { role: 'img', 'aria-label': title, 'font-family': fonts, 'font-size': 14 }
  const inside = painted(element('defs', {}, patterns()) + placed.join(''))
  const [lacked] = /[\u2190-\u2211\u2213-\u2bff]/.exec(title + inside) ?? []
  if (lacked !== undefined) throw new RangeError(`No font of a picture has ${lacked}`)
  return element('svg', { ...attributes, ...heard }, paper + inside)
}

const fonts = "'Noto Sans', 'Segoe UI', Roboto, Arial, sans-serif"

/** Something across the picture, so many pixels high. */
interface Block {
  height: number
  inside: string
}

const gap = (height: number): Block => ({ height, inside: '' })

/** A text in as many lines as it takes. */
function textBlocks(text: string, { size, kind }: { size: number; kind: string }): Block[] {
  const lines = linesOf(text, (inner / size) * 14)
  return lines.map((line) => ({ height: size * 1.4, inside: words(line, { class: kind, y: size, 'font-size': size }) }))
}

/** In a long line the letters are narrower than the widest few. */
const slim = 0.88

/** Broken between words where it is wider, at 14 px. */
function linesOf(text: string, most: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && widthOf(longer) * slim <= most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines
}

/** The marks with their words, beside each other. */
function keyBlock(key: NonNullable<SavedPicture['key']>): Block {
  let [x, y] = [0, 0]
  const marks = key.map((one) => {
    const mark = keyMark(one.kind)
    const long = Number(/width="([\d.]+)"/.exec(mark)![1]) + 8 + widthOf(one.words) + 20
    if (x > 0 && x + long > inner) [x, y] = [0, y + 24]
    const at = x
    x += long
    const name = words(one.words, { class: 'soft', x: long - 20 - widthOf(one.words), y: 14 })
    return `<g transform="translate(${at} ${y})">${unwrapped(mark)}${name}</g>`
  })
  return { height: y + 24, inside: marks.join('') }
}

/** A row as high as its chart, with a thin line below it. */
function rowBlocks({ axis, rows }: { axis?: Drawn; rows: SavedRow[] }): Block[] {
  const at = columns.label + columns.ends
  const head = axis ? [chartBlock(axis(plotWidth), at)] : []
  return [...head, ...rows.map((row) => rowBlock(row, at))]
}

function rowBlock({ label, value, chart }: SavedRow, at: number): Block {
  const lines = linesOf(label, columns.label - 8)
  const drawn = chartBlock(chart(plotWidth), at)
  const height = Math.max(drawn.height, lines.length * 18 + 6) + 8
  const down = (height - drawn.height) / 2
  const first = height / 2 + 5 - (lines.length - 1) * 9
  const inside = [
    element('line', { class: 'grid', x1: 0, x2: inner, y1: height, y2: height }),
    ...lines.map((line, nth) => words(line, { y: first + nth * 18 })),
    `<g transform="translate(0 ${down})">${drawn.inside}</g>`,
    words(value, { class: 'strong', x: inner, y: height / 2 + 5, 'text-anchor': 'end' }),
  ]
  return { height, inside: inside.join('') }
}

function chartBlock(svg: string, x: number): Block {
  const height = Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)![1])
  return { height, inside: `<g transform="translate(${x} 0)">${unwrapped(svg)}</g>` }
}

/** What stands in a drawing: programs for slides and texts read no SVG within an SVG. */
const unwrapped = (svg: string) => svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '')
