import { element } from './drawing.ts'

/** The rooms at the end of a chart on its own, in rem; the style sheet has a class for each, for elements may have no styles. */
const rooms = { 'ends-3': 3, 'ends-5': 5, 'ends-7': 7, 'ends-9': 9 }

export type EndRoom = keyof typeof rooms

/** In pixels, for a file. */
export const pixelsOf = (room: EndRoom) => rooms[room] * 16

/** The least room in which the longest of some texts stands behind a line; there is nothing to measure it with. */
export function roomFor(texts: readonly string[]): EndRoom {
  const rem = (14 + Math.max(0, ...texts.map(widthOf))) / 16
  const fitting = Object.entries(rooms).find(([, most]) => rem <= most)
  return (fitting?.[0] ?? 'ends-9') as EndRoom
}

/** How wide a text of 14 px is at the most, in pixels. */
export const widthOf = (text: string) => text.length * 8

/** A chart on its own, with the room around it. */
export const framed = (kind: 'years-frame' | 'strip-frame' | 'priority-frame', chart: string, room?: EndRoom) =>
  element('div', { class: ['chart-frame', kind, ...(room ? [room] : [])].join(' ') }, chart)
