/**
 * The same question in another language takes the place of this page in the history, so that Back leads to the question before, not to this
 * one once more. Where the network fails the browser says so, and the page comes back as it was.
 */
export function changeLanguage(form: HTMLFormElement, button: HTMLButtonElement): void {
  const body = new URLSearchParams(new FormData(form) as unknown as Record<string, string>)
  body.append(button.name, button.value)
  fetch(button.formAction, { method: 'POST', body, credentials: 'same-origin' }).then(
    ({ url }) => location.replace(url),
    () => location.reload(),
  )
}
