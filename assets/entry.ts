import { inFours, readTypedCode } from '../src/invitation/survey-code.ts'
import { forgetDraft } from './draft.ts'
import { removeProblem } from './problem.ts'

/** The style sheet has the same: so narrow, in letters of the reader's size, that a whole code as large as other text needs two lines. */
const isNarrow = matchMedia('(max-width: 19em)')

/** The start page: reads the code from the link, or marks its four groups as they are typed. */
export function improveEntry(form: HTMLFormElement): void {
  let field: HTMLInputElement | HTMLTextAreaElement = form.querySelector<HTMLInputElement>('input#code')!
  const said = form.querySelector<HTMLElement>('.said')!
  const problem = form.querySelector<HTMLElement>('#code-problem')!
  const groups = form.querySelectorAll<HTMLElement>('.groups span')
  const number = new Intl.NumberFormat(form.dataset.number)
  forgetDraft()

  /** One line for a code, or two where one is too short: the other field has what was typed, the cursor and all that is said of it. */
  function fitField() {
    const tag = isNarrow.matches ? 'textarea' : 'input'
    if (field.localName === tag) return
    const other = document.createElement(tag)
    for (const { name, value } of field.attributes) other.setAttribute(name, value)
    other.value = field.value
    const { selectionStart } = field
    const isTypedIn = document.activeElement === field
    field.replaceWith(other)
    field = other
    if (!isTypedIn) return
    field.focus()
    field.setSelectionRange(selectionStart, selectionStart)
  }

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

  form.addEventListener('input', () => {
    if (field.value.includes('\n')) field.value = field.value.replace(/\s+/g, ' ')
    markGroups()
    const { digits, problem } = readTypedCode(field.value)
    complain(problem === 'check' ? form.dataset.check! : '')
    if (problem) return
    removeProblem()
    if (/\p{L}/u.test(field.value)) field.value = inFours(digits) // a whole message was pasted: this is what was found in it
    say(digits.length)
  })

  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.target !== field || field.localName === 'input') return
    event.preventDefault() // it sends the form, as on one line
    form.querySelector('button')!.click()
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

  isNarrow.addEventListener('change', fitField)
  fitField()
  markGroups()
  takeFromAddress()
  addEventListener('hashchange', takeFromAddress)
}
