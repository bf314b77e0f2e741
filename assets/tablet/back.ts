/** So many entries are kept beneath the page: enough for whoever presses Back again and again. */
const depth = 20

/**
 * Back leads nowhere, and a page the browser kept from before is loaded anew. Browsers skip entries that a page has made without a
 * touch, so one is made within each of the first touches; Back comes to an earlier one of them, and is led forward again. The entries
 * hold nothing but their place.
 */
export function defeatHistory(): void {
  let top = typeof history.state === 'number' ? history.state : 0
  const make = () => {
    if (top >= depth) return
    try {
      history.pushState(top + 1, '')
      top++
    } catch {
      // too many in a short time, says Safari: those that are there do
    }
  }
  history.replaceState(top, '', location.pathname)
  make()
  addEventListener('click', make, { capture: true })
  addEventListener('popstate', ({ state }) => {
    if (typeof state === 'number' && state < top) history.go(top - state)
  })
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}
