import { addressPieces } from '../../src/text/address-pieces.ts'

/** How long a part may take to come, in milliseconds. */
const patienceMs = 10_000

/** Pages that the service worker keeps, as a piece of the page to take templates from. */
const known = new Map<string, Promise<DocumentFragment>>()

export function load(address: string): Promise<DocumentFragment> {
  const loaded = known.get(address) ?? fetchPart(address)
  known.set(address, loaded)
  loaded.catch(() => known.delete(address))
  return loaded
}

async function fetchPart(address: string): Promise<DocumentFragment> {
  const breakOff = new AbortController()
  const timer = setTimeout(() => breakOff.abort(), patienceMs)
  try {
    const response = await fetch(address, { signal: breakOff.signal })
    if (!response.ok) throw new Error(`${address} is not there`)
    const template = document.createElement('template')
    template.innerHTML = await response.text()
    return template.content
  } finally {
    clearTimeout(timer)
  }
}

/** A fresh copy of a template's one element. */
export function copyOf(part: DocumentFragment, selector: string): HTMLElement {
  const template = part.querySelector<HTMLTemplateElement>(selector)!
  return template.content.cloneNode(true) as unknown as HTMLElement
}

/** Gives a place a new content. (`replaceChildren` came years after the browsers that are met.) */
export function fill(place: Element, ...parts: Node[]): void {
  place.textContent = ''
  place.append(...parts)
}

/** A contact, whose long addresses break at their signs. */
export function addressNodes(text: string): Node[] {
  const nodesOf = (piece: string) => [document.createElement('wbr'), document.createTextNode(piece)]
  return addressPieces(text).flatMap(nodesOf).slice(1)
}

export function find<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E {
  return root.querySelector<E>(selector)!
}

export function findAll<E extends HTMLElement = HTMLElement>(root: ParentNode, selector: string): E[] {
  return Array.from(root.querySelectorAll<E>(selector))
}

/** The page takes the language of a part, its direction and its title: a screen reader reads all three. */
export function speak({ lang, dir, dataset }: HTMLElement): void {
  Object.assign(document.documentElement, { lang, dir })
  document.title = dataset.title!
}

/** Shows a number where a text has a `#`. */
export function withNumber(text: string, number: number, language: string): string {
  return text.replace('#', new Intl.NumberFormat(language).format(number))
}
