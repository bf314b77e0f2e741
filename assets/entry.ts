import { inFours, readTypedCode } from '../src/invitation/survey-code.ts'
import { forgetDraft } from './draft.ts'
import { removeProblem } from './problem.ts'

/** The start page: reads the code from the link, or marks its four groups as they are typed. */
export function improveEntry(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('#code')!
  const said = form.querySelector<HTMLElement>('.said')!
  const problem = form.querySelector<HTMLElement>('#code-problem')!
  const groups = form.querySelectorAll<HTMLElement>('.groups span')
  const number = new Intl.NumberFormat(form.dataset.number)
  forgetDraft()

  function markGroups() {
    const { digits } = readTypedCode(field.value)
    groups.forEach((group, index) => {
      const part = digits.slice(index * 4, index * 4 + 4)
      group.textContent = part
      group.className = part.length === 4 ? 'done' : part ? 'begun' : ''
    })
    if (digits.length > 0 && digits.length % 4 === 0) say(digits.length)
  }

  function say(typed: number) {
    said.textContent = form.dataset.progress!.replace('#', number.format(typed))
  }

  function complain(text: string) {
    problem.hidden = text === ''
    problem.textContent = text
    if (text) field.setAttribute('aria-invalid', 'true')
    else field.removeAttribute('aria-invalid')
  }

  field.addEventListener('input', () => {
    markGroups()
    const { digits, problem } = readTypedCode(field.value)
    complain(problem === 'check' ? form.dataset.check! : '')
    if (problem) return
    removeProblem()
    if (/\p{L}/u.test(field.value)) field.value = inFours(digits) // a whole message was pasted: this is what was found in it
    say(digits.length)
  })

  form.addEventListener('submit', (event) => {
    if (readTypedCode(field.value).problem !== 'check') return
    event.preventDefault()
    complain(form.dataset.check!)
    field.focus()
  })

  // The code of a link stands in the fragment, which no server sees. It leaves the address bar and the history
  // before anything else happens.
  function takeFromAddress() {
    const { digits, problem } = readTypedCode(location.hash)
    if (problem === 'missing') return
    history.replaceState(null, '', location.pathname)
    removeProblem()
    field.value = inFours(digits)
    markGroups()
    if (problem === 'short') return complain(form.dataset.cut!)
    if (problem === 'check') return complain(form.dataset.check!)
    said.textContent = form.dataset.opening!
    form.submit()
  }

  markGroups()
  takeFromAddress()
  addEventListener('hashchange', takeFromAddress)
}
