import type { Page } from 'playwright-core'
import { expect } from 'vitest'

/**
 * At this width nothing scrolls sideways but a table in its own frame, and no table whose rows can be cards; every control is at least
 * `least` px in both directions (24: WCAG 2.5.8; 44 for fingers; a link within a sentence excepted), none lies over another, and no text
 * is cut or runs out of the box it stands in.
 */
export async function expectRoom(page: Page, where: string, least = 24): Promise<void> {
  expect.soft(await page.evaluate(faults, least), where).toEqual([])
}

/** With letters twice as large, nothing is wider than the screen, no button or link is cut and no box is squeezed. */
export async function expectRoomForLargeLetters(page: Page, where: string): Promise<void> {
  const root = page.locator(':root')
  await root.evaluate((html) => html.style.setProperty('font-size', '32px'))
  expect.soft(await page.evaluate(tooLarge), where).toEqual([])
  await root.evaluate((html) => html.style.removeProperty('font-size'))
}

/** The same where the reader has set letters twice as large in the browser, which pages for wide screens heed by their own means. */
export async function expectRoomForLettersAsSet(page: Page, where: string): Promise<void> {
  const devTools = await page.context().newCDPSession(page)
  const set = (standard: number) => devTools.send('Page.setFontSizes', { fontSizes: { standard, fixed: standard } })
  await set(32)
  await page.reload()
  const size = await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)
  expect.soft(size, where).toBe('32px')
  expect.soft(await page.evaluate(tooLarge), where).toEqual([])
  await set(16)
  await devTools.detach()
}

/** Runs in the page. */
function tooLarge(): string[] {
  const { scrollWidth, clientWidth } = document.documentElement
  const out = Array.from(document.querySelectorAll<HTMLElement>('body *')).filter(
    (part) =>
      part.checkVisibility({ visibilityProperty: true }) &&
      part.getBoundingClientRect().right > clientWidth + 1 &&
      !part.closest('.scroll, .skip, .unseen, svg, pre'),
  )
  const parts = Array.from(document.querySelectorAll<HTMLElement>('a, button, [type=checkbox], [type=radio]'))
  const bad = parts.filter((part) => {
    const { display } = getComputedStyle(part)
    if (!part.checkVisibility({ visibilityProperty: true }) || display === 'inline') return false
    if (part.matches('input')) return Math.abs(part.offsetWidth - part.offsetHeight) > 1
    return part.scrollWidth > part.clientWidth + 1 && !part.closest('.who, .skip')
  })
  const told = [...out, ...bad].map((part) => part.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 90))
  return scrollWidth > clientWidth ? [`${scrollWidth} px`, ...told.slice(0, 6)] : told.slice(0, 6)
}

/** Runs in the page. */
function faults(least: number): string[] {
  const controls = 'a[href], button, input:not([type=hidden]), select, textarea, summary'
  const texts = 'h1, h2, h3, p, li, dt, dd, th, td, label, legend, summary, button, caption, .state'
  const isSeen = (part: HTMLElement) => part.checkVisibility({ visibilityProperty: true }) && part.offsetWidth > 1
  const all = (selector: string) => Array.from(document.querySelectorAll<HTMLElement>(selector)).filter(isSeen)
  const inScroll = (part: HTMLElement) => part.closest('.scroll') !== null
  const told = (part: HTMLElement) => `${part.outerHTML.replaceAll(/\s+/g, ' ').slice(0, 90)}`

  /** What a finger meets: of a radio or a box its label. */
  const targetOf = (part: HTMLElement) =>
    (part.matches('[type=radio], [type=checkbox]') && part.closest('label')) || part
  const isInSentence = (part: HTMLElement) => {
    const around = part.parentElement!
    const others = Array.from(around.childNodes).filter((node) => node !== part)
    return (
      part.matches('a') &&
      getComputedStyle(part).display === 'inline' &&
      others.some((node) => node.nodeType === Node.TEXT_NODE && /\p{L}/u.test(node.textContent!))
    )
  }
  const targets = [
    ...new Set(
      all(controls)
        .filter((part) => !part.matches('.skip, .bar *, .marks *, .thumb *')) // bars lie over what is scrolled beneath them
        .map(targetOf),
    ),
  ]
  const small = targets.filter((part) => {
    const { width, height } = part.getBoundingClientRect()
    return (width < least - 0.5 || height < least - 0.5) && !isInSentence(part)
  })
  const over = targets.flatMap((one, at) =>
    targets.slice(at + 1).flatMap((other) => {
      if (one.contains(other) || other.contains(one)) return []
      const [a, b] = [one.getBoundingClientRect(), other.getBoundingClientRect()]
      const across = Math.min(a.right, b.right) - Math.max(a.left, b.left)
      const down = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top)
      return across > 1 && down > 1 ? [`over each other: ${told(one)} AND ${told(other)}`] : []
    }),
  )
  const cut = all(texts).filter((part) => {
    if (getComputedStyle(part).display === 'inline' || part.matches('.unseen')) return false
    return part.scrollWidth > part.clientWidth + 1 && !part.querySelector('.scroll')
  })
  const widest = document.documentElement.clientWidth
  const outside = all(`${texts}, ${controls}`).filter((part) => {
    const { left, right } = part.getBoundingClientRect()
    return !inScroll(part) && (left < -1 || right > widest + 1) && !part.matches('.unseen, .skip')
  })
  const scrolls = all('.scroll').filter(
    (part) => part.scrollWidth > part.clientWidth + 1 && part.querySelector('.cards'),
  )
  return [
    ...scrolls.map((part) => `scrolls: ${told(part)}`),
    ...(document.documentElement.scrollWidth > widest ? ['the page scrolls sideways'] : []),
    ...small.map((part) => `small: ${told(part)} ${Math.round(part.getBoundingClientRect().height)} px`),
    ...over,
    ...cut.map((part) => `cut: ${told(part)}`),
    ...outside.map((part) => `outside: ${told(part)}`),
  ]
}
