/** So many ranges say where to look; whoever has more rows looks at the file anyway. */
const mostRanges = 12

/** Numbers of rows in ascending order as a person writes them: `2–4, 7, 9–11`. Beyond a dozen ranges an ellipsis ends them. */
export function rowRanges(rows: number[]): string {
  const ranges: [first: number, last: number][] = []
  for (const row of rows) {
    const range = ranges.at(-1)
    if (range && row === range[1] + 1) range[1] = row
    else ranges.push([row, row])
  }
  const written = ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`))
  return [...written.slice(0, mostRanges), ...(written.length > mostRanges ? ['…'] : [])].join(', ')
}
