/** Takes the error summary away, once what it says is being seen to. */
export function removeProblem(): void {
  document.getElementById('problem')?.remove()
}

/** The same error summary as the server's, without leaving the page: what to do, and a link to where. */
export function showProblem(form: HTMLFormElement, texts: { heading: string; text: string; target: string }): void {
  removeProblem()
  const summary = element('div', {
    id: 'problem',
    class: 'problem',
    tabindex: '-1',
    role: 'alert',
    'aria-labelledby': 'problem-heading',
  })
  const text = element('p')
  text.append(element('a', { href: `#${texts.target}` }, texts.text))
  summary.append(element('h2', { id: 'problem-heading' }, texts.heading), text)
  form.prepend(summary)
  summary.focus()
}

function element(name: string, attributes: Record<string, string> = {}, text = ''): HTMLElement {
  const made = document.createElement(name)
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
  made.textContent = text
  return made
}
