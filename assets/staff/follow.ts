/** What goes on by itself is followed: its line and its words change where they stand, and once it is over its page is opened, once. */
const followed = document.querySelector<HTMLElement>('[data-follow]')

async function follow(now: HTMLElement) {
  const answer = await fetch(location.href).catch(() => undefined) // no network: it is asked again
  const next =
    answer && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-follow]')
  if (answer && !next) return location.reload()
  for (const part of next ? ['progress', '[role=status]'] : []) {
    const [old, fresh] = [now.querySelector(part)!, next!.querySelector(part)!]
    if (fresh.hasAttribute('value')) old.setAttribute('value', fresh.getAttribute('value')!)
    else if (old.textContent !== fresh.textContent) old.textContent = fresh.textContent
  }
  followLater(now)
}

const followLater = (now: HTMLElement) => setTimeout(() => follow(now), 2_000)

if (followed) followLater(followed)
