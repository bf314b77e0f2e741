/** One element of a drawing, by what stands in it. */
export interface DrawnMark {
  name: string
  attributes: Record<string, string>
}

/** All elements of a drawing, in the order in which they are drawn; of a class, where one is asked for. */
export function marksIn(svg: string, kind?: string): DrawnMark[] {
  const all = [...svg.matchAll(/<([a-z]+)((?: [\w:-]+="[^"<>]*")*)\/?>/gi)].map(([, name, attributes]) => ({
    name: name!,
    attributes: Object.fromEntries(
      [...attributes!.matchAll(/ ([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key!, value!]),
    ),
  }))
  return kind === undefined ? all : all.filter(({ attributes }) => attributes.class?.split(' ').includes(kind))
}
