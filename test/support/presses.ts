import type { Page } from 'playwright-core'

/** What somebody has done on their pages: presses on links, buttons and boxes, a choice of a list as two; and fields they typed into. */
export interface Presses {
  presses: number
  fields: number
}

/** Counts from now on what is done on the pages of this browser tab, whichever they are. Gives how to read the count, which begins anew then. */
export async function countPresses(page: Page): Promise<() => Promise<Presses>> {
  await page.addInitScript(() => {
    const add = (name: string, number: number) =>
      sessionStorage.setItem(name, String(Number(sessionStorage.getItem(name)) + number))
    const pressed = 'a[href], button, summary, label, input[type=radio], input[type=checkbox]'
    document.addEventListener(
      'click',
      (event) => {
        const target = event.target as Element
        const isEcho = !event.isTrusted || (target.matches('input') && event.detail === 0) // of the label, or of Enter in a field
        if (!isEcho && target.closest(pressed)) add('presses', 1)
      },
      true,
    )
    document.addEventListener(
      'change',
      ({ target }) => {
        if ((target as Element).matches('select')) add('presses', 2)
        else if (!(target as Element).matches('[type=radio], [type=checkbox]')) add('fields', 1)
      },
      true,
    )
  })
  return async () => {
    const read = (name: string) =>
      page.evaluate((key) => {
        const number = Number(sessionStorage.getItem(key))
        sessionStorage.removeItem(key)
        return number
      }, name)
    return { presses: await read('presses'), fields: await read('fields') }
  }
}
