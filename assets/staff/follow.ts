import { followSeconds } from '../../src/web/follow-seconds.ts'

/** What goes on by itself is followed: its line and its words change where they stand, and once it is over its page is opened, once. */
const followed = document.querySelector<HTMLElement>('[data-follow]')

const partsOf = (shown: Element) => ({
  line: shown.querySelector('progress')!,
  words: shown.querySelector('[role=status]')!,
})

async function follow(shown: HTMLElement) {
  const answer = await fetch(location.href)
    .then((response) => response.text())
    .catch(() => undefined)
  if (answer === undefined) return followLater(shown) // no network: it is asked again
  const next = new DOMParser().parseFromString(answer, 'text/html').querySelector('[data-follow]')
  if (!next) return location.reload()
  const [old, fresh] = [partsOf(shown), partsOf(next)]
  old.line.value = fresh.line.value
  if (old.words.textContent !== fresh.words.textContent) old.words.textContent = fresh.words.textContent
  followLater(shown)
}

const followLater = (shown: HTMLElement) => setTimeout(() => void follow(shown), followSeconds * 1_000)

if (followed) followLater(followed)
