let sending = false

/** After this long without an answer the network counts as dead. The server itself answers within a few seconds. */
const patienceMs = 30_000

interface Sending {
  onSent: () => void
}

/**
 * Sends the answers and stays on the page until the server has said where to go: with the network dead or the
 * server full, the person is told, everything chosen stays, and sending again is safe.
 */
export async function sendAnswers(form: HTMLFormElement, { onSent }: Sending): Promise<void> {
  const said = form.querySelector<HTMLElement>('.send .said')!
  const say = (text: string, going = false) => {
    said.classList.toggle('going', going)
    said.textContent = text
  }
  if (sending) return

  sending = true
  say(form.dataset.sending!, true)
  const patience = new AbortController()
  const timer = setTimeout(() => patience.abort(), patienceMs)
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form) as unknown as Record<string, string>),
      credentials: 'same-origin',
      signal: patience.signal,
    })
    if (response.ok) {
      if (/\/thanks$/.test(response.url)) onSent()
      location.replace(response.url)
    } else if (response.status < 500)
      form.submit() // the visit is gone: the page that says so holds the answers
    else say(form.dataset.unavailable!)
  } catch {
    say(form.dataset.offline!)
  } finally {
    clearTimeout(timer)
    sending = false
  }
}
