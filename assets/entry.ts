import { asciiDigits } from '../src/digits.ts'
import { codeLength, inFours, readTypedCode } from '../src/invitation/survey-code.ts'
import { forgetDraft } from './draft.ts'

/** The start page: reads the code from the link, or marks its four groups as they are typed. */
export function improveEntry(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>('#code')!
  const said = form.querySelector<HTMLElement>('.said')!
  const problem = form.querySelector<HTMLElement>('#code-problem')!
  const groups = form.querySelectorAll<HTMLElement>('.groups span')
  const number = new Intl.NumberFormat(form.dataset.number)
  forgetDraft()

  function markGroups() {
    const digits = asciiDigits(field.value)
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
    if (problem === undefined) say(digits.length)
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
    const digits = asciiDigits(location.hash)
    if (digits.length < codeLength) return
    history.replaceState(null, '', location.pathname)
    field.value = inFours(digits)
    markGroups()
    if (readTypedCode(digits).problem) return complain(form.dataset.check!)
    said.textContent = form.dataset.opening!
    form.submit()
  }

  markGroups()
  takeFromAddress()
  window.addEventListener('hashchange', takeFromAddress)
}
