import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/** No word is torn that has no more letters than `longest`: they break where a soft hyphen stands and nowhere else. */
export async function expectWholeWords(page: Page, where: string, longest = Number.POSITIVE_INFINITY) {
  const torn = await page.evaluate(tornWords, 'body')
  expect
    .soft(
      torn.filter((word) => word.length <= longest),
      where,
    )
    .toEqual([])
}

/** Runs in the page. Each browser has other words in its dictionary of hyphens: none is asked. */
function tornWords(selector: string): string[] {
  document.body.style.hyphens = 'manual'
  const torn: string[] = []
  for (const part of document.querySelectorAll(selector)) {
    const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT)
    while (text.nextNode()) {
      const holder = text.currentNode.parentElement!
      if (!holder.checkVisibility({ contentVisibilityAuto: true }) || !(holder.offsetWidth > 1)) continue
      const written = text.currentNode.textContent!
      for (const { index, 0: word } of written.matchAll(/[\p{L}\p{M}]+/gu)) {
        const range = new Range()
        const isAfterHyphen = written[index - 1] === '\u00ad' // which is drawn with the letter behind it
        range.setStart(text.currentNode, index + Number(isAfterHyphen))
        range.setEnd(text.currentNode, index + word.length)
        const lines = Array.from(range.getClientRects(), ({ bottom }) => Math.round(bottom / 10))
        if (new Set(lines).size > 1) torn.push(word)
      }
    }
  }
  document.body.style.hyphens = ''
  return torn
}

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
      ...told('covered', seen.filter((part) => part.matches('button, summary, .option')).filter(isCovered)),
    ]
    scrollTo(0, 0)
    return faults
  })
  const torn = await page.evaluate(tornWords, 'h1, h2, button')
  faults.push(...torn.map((word) => `torn: ${word}`))
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${where}.png` })
  expect.soft(faults, where).toEqual([])
}
