import { words } from './drawing.ts'
import { widthOf } from './frame.ts'

/** A line of text in a picture. */
export interface TextLine {
  text: string
  /** Of its letters, in pixels. */
  size: number
  /** Its class. */
  kind?: string
}

/** In a long line the letters are narrower than the widest few; less so where they are strong. */
const slim = (kind?: string) => (kind === 'strong' ? 0.95 : 0.88)

/** A text in as many lines as it takes, broken between words where it is wider than that many pixels. */
export function textLines(
  text: string,
  most: number,
  { size = 14, kind }: { size?: number; kind?: string } = {},
): TextLine[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter((one) => one !== '')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word
    if (lines.length > 0 && (widthOf(longer) * slim(kind) * size) / 14 <= most) lines[lines.length - 1] = longer
    else lines.push(word)
  }
  return lines.map((line) => ({ text: line, size, kind }))
}

const heightOfLine = ({ size }: TextLine) => size * 1.35

/** How high some lines are together, in pixels. */
export const heightOf = (lines: readonly TextLine[]) => lines.reduce((sum, line) => sum + heightOfLine(line), 0)

/** Lines below each other, the first from `top` on. @param at where each stands across */
export function stackedLines(
  lines: readonly TextLine[],
  top: number,
  at: { x: number; 'text-anchor'?: string },
): string {
  let y = top
  const drawn = lines.map((line) => {
    y += heightOfLine(line)
    return words(line.text, { class: line.kind, ...at, y: y - line.size * 0.3, 'font-size': line.size })
  })
  return drawn.join('')
}
