/** What makes the staff pages better where JavaScript runs; all of them work without. */
import './staff/copy.ts'
import './staff/counted-button.ts'
import './staff/enter.ts'
import './staff/follow.ts'
import './staff/paper-entry.ts'
import './staff/scan.ts'

document.documentElement.classList.add('js')

// What went wrong, or what was done, is read first.
document.querySelector<HTMLElement>('.problem, .done[tabindex]')?.focus()

// What has been said once is not said again when the page is read anew.
if (location.search.includes('done=')) {
  const address = new URL(location.href)
  address.searchParams.delete('done')
  history.replaceState(null, '', address.pathname + address.search)
}

// A press on a button that changes something counts once.
document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  if (event.defaultPrevented || form.method !== 'post') return
  if (form.dataset.sent !== undefined) return event.preventDefault()
  form.dataset.sent = ''
  setTimeout(() => delete form.dataset.sent, 5_000) // where the answer is a file, the page stays
  if (form.dataset.reload !== undefined) setTimeout(() => location.reload(), 3_000) // and says that the file is fetched
})

// A page that is brought back from memory shows figures of then, and its buttons were pressed.
addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload()
})
