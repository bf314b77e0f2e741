import type { ElementHandle, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'

/** More stops than any page has: whoever has not arrived by then never does. */
const most = 1000

/**
 * Somebody with a keyboard and no mouse, whose eyes are at each stop: there the focus is to be seen (a line of 2 px or more), nothing
 * lies over it (WCAG 2.4.11), and it lies after the stop before it, in the page and to the eye.
 */
export function handsOn(page: Page) {
  page.on('filechooser', () => {}) // from now on none opens by itself

  /** One press of Tab: what is wrong where it leads, which place of the page that is, and whether it is the one that was looked for. */
  async function step(key: 'Tab' | 'Shift+Tab', goal?: ElementHandle) {
    await page.keyboard.press(key)
    const stop = await page.evaluate(look, { isForward: key === 'Tab', goal })
    expect(stop.faults, `${page.url()} ${key}`).toEqual([])
    return stop
  }

  /** Presses Tab until the control has the focus. */
  async function to(control: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
    const goal = (await control.first().elementHandle())!
    let isThere = await page.evaluate(begin, goal)
    for (let stop = 0; !isThere && stop < most; stop++) isThere = (await step(key, goal)).isThere
    if (!isThere) throw new Error(`No Tab leads to ${control}`)
  }

  const named = (name: string | RegExp) =>
    page
      .getByRole('button', { name, exact: typeof name === 'string' })
      .or(page.getByRole('link', { name, exact: typeof name === 'string' }))

  return {
    to,
    /** Goes to a button or link and presses Enter; waits for the page that comes. */
    async enter(name: string | RegExp): Promise<void> {
      await to(named(name))
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')])
    },
    /** Goes to a button and presses the space bar; waits for the page that comes. */
    async space(name: string | RegExp): Promise<void> {
      await to(named(name))
      await Promise.all([page.waitForEvent('load'), page.keyboard.press('Space')])
    },
    /** Goes to a field and types over what is in it. */
    async type(field: Locator, text: string): Promise<void> {
      await to(field)
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(text)
    },
    /** Goes to a field for a file, and chooses one. */
    async choose(field: Locator, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
      await to(field)
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Enter')])
      await chooser.setFiles(file)
    },
    /** Through the whole page and back: nowhere is one held, and each stop of the way there is one of the way back. */
    async walk(): Promise<number> {
      const there = await through('Tab')
      const back = await through('Shift+Tab')
      expect(back.reverse(), page.url()).toEqual(there)
      return there.length
    },
  }

  async function through(key: 'Tab' | 'Shift+Tab'): Promise<number[]> {
    if (key === 'Tab') await page.evaluate(toTheTop)
    const stops: number[] = []
    while (stops.length < most) {
      const { place } = await step(key)
      if (place < 0 || (place === stops[0] && stops.length > 1)) return stops
      if (place !== stops.at(-1)) stops.push(place) // a day is one field of three parts
    }
    throw new Error(`${page.url()} holds whoever goes through it by ${key}: ${stops.slice(-4).join(' ')}`)
  }
}

/** The next Tab leads to the first stop of the page. */
function toTheTop(): void {
  document.body.tabIndex = -1
  document.body.focus()
  document.body.removeAttribute('tabindex')
}

/** Remembers where the focus is, and says whether that is the goal. */
function begin(goal: Node): boolean {
  Object.assign(window, { lastStop: document.activeElement })
  return document.activeElement === goal
}

/** Runs in the page, after each press; place is -1 where the focus has left the page. */
function look({ isForward, goal }: { isForward: boolean; goal?: Node | null }) {
  const at = document.activeElement as HTMLElement | null
  const last = (window as unknown as { lastStop?: Element | null }).lastStop
  Object.assign(window, { lastStop: at })
  if (!at || at === document.body) return { place: -1, isThere: false, faults: [] }
  const told = at.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 120)
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(at)
  const isLined = outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor)
  const box = at.getBoundingClientRect()
  const middle = { x: box.left + box.width / 2, y: box.top + box.height / 2 }
  const isOnScreen = box.bottom > 0 && box.top < innerHeight && box.width > 1 && box.height > 1
  const y = Math.min(Math.max(middle.y, 1), innerHeight - 1)
  const above = document.elementFromPoint(Math.min(Math.max(middle.x, 1), innerWidth - 1), y)
  const isFree = above !== null && (at.contains(above) || above.contains(at) || above.closest('label')?.contains(at))
  const faults = [
    ...(isLined ? [] : [`no line around ${told}`]),
    ...(isOnScreen ? [] : [`not on the screen: ${told}`]),
    ...(isFree ? [] : [`${above?.outerHTML.slice(0, 60)} lies over ${told}`]),
  ]
  const stop = { place: Array.from(document.querySelectorAll('*')).indexOf(at), isThere: at === goal, faults }
  if (
    !last ||
    last === document.body ||
    last === at ||
    !last.isConnected ||
    last.matches('[tabindex="-1"], .skip') ||
    at.matches('.skip')
  )
    return stop
  const [before, after] = isForward ? [last, at] : [at, last]
  const isLater = Boolean(before.compareDocumentPosition(after) & Node.DOCUMENT_POSITION_FOLLOWING)
  if (!isLater) faults.push(`before the stop that led to it: ${told}`)
  const part = (element: Element) => element.closest('header, nav, main, footer')
  if (part(before) !== part(after) || before.contains(after)) return stop
  const [one, other] = [before.getBoundingClientRect(), after.getBoundingClientRect()]
  const isAbove = other.bottom <= one.top + 1 && other.left < one.right
  if (isAbove) faults.push(`above the stop that led to it: ${told}`)
  return stop
}
