/** How many people a picture shows. */
export const peopleShown = 10

/** How far one stands from the next, and how large the picture is, in its own units. */
const step = 27
const [width, height] = [peopleShown * step, 44]

/** What a picture is drawn with: classes on a page, colours in a print. */
interface Look {
  filled: string
  empty: string
  /** The attributes of its outermost element. */
  around: string
}

/**
 * Ten people in a row, so many of them filled from where reading begins: it is told by shape too, for the others are outlines.
 * @param isFromRight whether reading begins at the right
 */
export function peoplePicture(filled: number, isFromRight: boolean, look: Look): string {
  const places = Array.from({ length: peopleShown }, (_, nth) => (isFromRight ? peopleShown - 1 - nth : nth))
  const [yes, no] = [places.slice(0, filled), places.slice(filled)].map((some) => some.map(personAt).join(''))
  const paths = `<path ${look.filled} d="${yes}"/><path ${look.empty} d="${no}"/>`
  return `<svg ${look.around} viewBox="0 0 ${width} ${height}">${paths}</svg>`
}

/** A head and shoulders. */
function personAt(place: number): string {
  const middle = place * step + step / 2
  return `M${middle - 6.5} 8a6.5 6.5 0 0 1 13 0a6.5 6.5 0 0 1-13 0zM${middle - 9.5} 42v-15a9.5 9.5 0 0 1 19 0v15z`
}
