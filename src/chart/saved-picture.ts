import { patterns } from './defs.ts'
import { element, words } from './drawing.ts'
import { widthOf } from './frame.ts'
import { type KeyKind, keyMark } from './key-mark.ts'
import { colours, painted } from './paint.ts'
import { heightOf, stackedLines, type TextLine, textLines } from './text-lines.ts'

/** Draws itself so many pixels wide. */
type Drawn = (width: number) => string

/** A row of a table as it is in a picture. */
export interface SavedRow {
  label: string
  /** What stands small below its name. */
  about?: string
  /** As it is read, with no sign that fonts may lack: "minst 90 %"; of women and men, a line each; empty of a bar, which has its numbers in it. */
  value: string | string[]
  /** What stands small below its value: "121 svar", or why there is none. */
  note?: string
  /** Or in words why there is none. */
  chart: Drawn | string
}

/** What stands over the rows that follow it. */
export interface SavedHeading {
  heading: string
  note?: string
}

/** What a picture has to say where nothing stands around it. */
export interface SavedPicture {
  /** What nobody must overlook: that the figures are made up. */
  warnings?: string[]
  /** What is seen in it, in one sentence. */
  title: string
  /** What is counted, of whom, when. */
  subtitle?: string
  key?: { kind: KeyKind; words: string }[]
  /** A chart on its own, or the rows of a table under their axis. */
  chart: Drawn | { axis?: Drawn; rows: (SavedRow | SavedHeading)[] }
  /** Where it comes from, and which release. */
  source: string
}

/** As wide as a column of a report, in pixels. */
const width = 720
const margin = 24
const inner = width - 2 * margin
const columns = { label: 196, value: 92, ends: 10 }
const plotWidth = inner - columns.label - columns.value - 2 * columns.ends
/** What is said by the way, in rows and below the chart. */
const small = { size: 12.5, kind: 'soft' }

/**
 * A chart as a file: 720 px wide, its colours written out, with its title, its key and its source, so that it can stand anywhere.
 * @returns an SVG without classes, styles and links
 * @throws RangeError where a text has a sign that the fonts of pictures lack, such as an arrow or "greater than"
 */
export function savedSvg({ warnings = [], title, subtitle = '', key, chart, source }: SavedPicture): string {
  const blocks: Block[] = [
    ...warnings.flatMap((text) => [warningBlock(text), gap(10)]),
    textBlock(textLines(title, inner, { size: 19, kind: 'strong' })),
    gap(4),
    textBlock(textLines(subtitle, inner, { kind: 'soft' })),
    gap(8),
    ...(key ? [keyBlock(key)] : []),
    gap(8),
    ...(typeof chart === 'function' ? [chartBlock(chart(inner))] : rowBlocks(chart)),
    gap(12),
    textBlock(textLines(source, inner, small)),
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
  const [lacked] = lackedSign.exec(title + inside) ?? []
  if (lacked !== undefined) throw new RangeError(`No font of a picture has ${lacked}`)
  return element('svg', { ...attributes, ...heard }, paper + inside)
}

/** What is in no font of ours for the Latin letters of western Europe, their dashes and quotation marks. */
const lackedSign = /[^\u0020-\u00ff\u0131\u0152\u0153\u2010-\u202f\u2039\u203a\u20ac\u2212]/

const fonts = "'Noto Sans', 'Segoe UI', Roboto, Arial, sans-serif"

/** Something across the picture, so many pixels high. */
interface Block {
  height: number
  inside: string
}

const gap = (height: number): Block => ({ height, inside: '' })

const textBlock = (lines: TextLine[]): Block => ({ height: heightOf(lines), inside: stackedLines(lines, 0, { x: 0 }) })

function warningBlock(text: string): Block {
  const lines = textLines(text, inner - 24, { kind: 'strong' })
  const height = heightOf(lines) + 12
  const field = element('rect', { class: 'corner', width: inner, height })
  return { height, inside: field + stackedLines(lines, 6, { x: 12 }) }
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

function rowBlocks({ axis, rows }: Exclude<SavedPicture['chart'], Drawn>): Block[] {
  const head = axis ? [chartBlock(axis(plotWidth), columns.label + columns.ends)] : []
  return [...head, ...rows.map((row) => ('heading' in row ? headingBlock(row) : rowBlock(row)))]
}

function headingBlock({ heading, note = '' }: SavedHeading): Block {
  const lines = [...textLines(heading, inner, { kind: 'strong' }), ...textLines(note, inner, small)]
  const height = heightOf(lines) + 18
  return { height, inside: stackedLines(lines, 14, { x: 0 }) + ruleAt(height) }
}

/** A row as high as the highest of what stands in it, with a thin line below it. */
function rowBlock({ label, about = '', value, note = '', chart }: SavedRow): Block {
  const name = [...textLines(label, columns.label - 8), ...textLines(about, columns.label - 8, small)]
  const values = [value]
    .flat()
    .filter(Boolean)
    .map((text) => ({ text, size: 14, kind: 'strong' }))
  const told = [...values, ...textLines(note, columns.value, small)]
  const drawn = typeof chart === 'string' ? textBlock(textLines(chart, plotWidth, small)) : chartBlock(chart(plotWidth))
  const height = Math.max(drawn.height, heightOf(name) + 6, heightOf(told) + 6) + 6
  const inMiddle = (high: number) => (height - high) / 2
  const inside = [
    ruleAt(height),
    stackedLines(name, inMiddle(heightOf(name)), { x: 0 }),
    `<g transform="translate(${columns.label + columns.ends} ${inMiddle(drawn.height)})">${drawn.inside}</g>`,
    stackedLines(told, inMiddle(heightOf(told)), { x: inner, 'text-anchor': 'end' }),
  ]
  return { height, inside: inside.join('') }
}

const ruleAt = (y: number) => element('line', { class: 'grid', x1: 0, x2: inner, y1: y, y2: y })

function chartBlock(svg: string, x = 0): Block {
  const height = Number(/^<svg[^>]* height="([\d.]+)"/.exec(svg)![1])
  return { height, inside: x === 0 ? unwrapped(svg) : `<g transform="translate(${x} 0)">${unwrapped(svg)}</g>` }
}

/** What stands in a drawing: programs for slides and texts read no SVG within an SVG. */
const unwrapped = (svg: string) => svg.replace(/^<svg[^>]*>/, '').replace(/<\/svg>$/, '')
