import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** Nothing sticks out or is cut, no word is torn, and nothing lies over what is to be touched. */
export async function expectFits(page: Page, where: string) {
  const faults = await page.evaluate(() => {
    const widest = document.documentElement.clientWidth
    const parts = Array.from(
      document.querySelectorAll<HTMLElement>('h1, h2, p, legend, summary, .option, dt, dd, button'),
    )
    const seen = parts.filter((part) => part.checkVisibility({ contentVisibilityAuto: true }) && part.offsetWidth > 1)
    const isCut = (part: HTMLElement) => {
      const { left, right } = part.getBoundingClientRect()
      return left < -1 || right > widest + 1 || part.scrollWidth > part.clientWidth + 1
    }
    const isTorn = (part: HTMLElement) => {
      const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
      while (text.nextNode()) {
        for (const { index, 0: word } of text.currentNode.textContent!.matchAll(/[\p{L}\p{M}]+/gu)) {
          const range = new Range()
          range.setStart(text.currentNode, index)
          range.setEnd(text.currentNode, index + word.length)
          if (new Set(Array.from(range.getClientRects(), ({ bottom }) => Math.round(bottom / 10))).size > 1) return true
        }
      }
      return false
    }
    const isCovered = (part: HTMLElement) => {
      part.scrollIntoView({ block: 'center' })
      const { left, top, width, height } = part.getBoundingClientRect()
      const above = document.elementFromPoint(left + width / 2, top + height / 2)
      return !above || !(part.contains(above) || above.contains(part))
    }
    const told = (what: string, parts: HTMLElement[]) => parts.map((part) => `${what}: ${part.textContent}`)
    const faults = [
      ...(document.documentElement.scrollWidth > widest ? ['the page is too wide'] : []),
      ...told('cut', seen.filter(isCut)),
      ...told('torn', seen.filter((part) => part.matches('h1, h2, button')).filter(isTorn)),
      ...told('covered', seen.filter((part) => part.matches('button, summary, .option')).filter(isCovered)),
    ]
    scrollTo(0, 0)
    return faults
  })
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${where}.png` })
  expect.soft(faults, where).toEqual([])
}
