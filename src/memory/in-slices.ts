/** A list in parts of at most `size`, in its order: each is done in one turn, and others have theirs in between. */
export function inSlices<T>(list: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  )
}
