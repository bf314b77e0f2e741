import { asciiDigits, withAsciiDigits } from '../../src/text/digits.ts'

/**
 * Makes the entry of paper forms quick: the cursor goes on by itself, the ninth key saves, and the next form can be typed at
 * once. The page of the server is fetched and put in the place of the old one; without this script the same form is sent.
 */
const main = document.querySelector('main')!
const entryForm = () => main.querySelector<HTMLFormElement>('[data-entry]')
const fieldsOf = (form: HTMLFormElement) => Array.from(form.querySelectorAll<HTMLInputElement>('.digit'))
const codeOf = (form: HTMLFormElement) => form.querySelector<HTMLInputElement>('input[name=code]')
const saveOf = (form: HTMLFormElement) => form.querySelector<HTMLButtonElement>('[data-save]')!

let isSending = false
/** What was typed while the form before was on its way. */
let ahead = ''

function isRight({ value, dataset }: HTMLInputElement): boolean {
  return /^[0-9]$/.test(value) && Number(value) <= Number(dataset.most)
}

function say(form: HTMLFormElement, text: string) {
  form.querySelector('[data-said]')!.textContent = text
}

/** Shows which answer a digit stands for, or at once that there is none. */
function mark(form: HTMLFormElement, field: HTMLInputElement) {
  const isWrong = field.value !== '' && !isRight(field)
  field.closest('li')!.classList.toggle('wrong', isWrong)
  if (isWrong) field.setAttribute('aria-invalid', 'true')
  else field.removeAttribute('aria-invalid')
  const options = field.closest('li')!.querySelectorAll<HTMLElement>('[data-option]')
  options.forEach((option) => {
    option.classList.toggle('is-typed', option.dataset.option === field.value)
  })
  const number = fieldsOf(form).indexOf(field) + 1
  say(form, isWrong ? `${number}: ${form.dataset.range}` : '')
}

/** Puts one digit into a field and goes on to the next, or to the button. */
function put(form: HTMLFormElement, field: HTMLInputElement, digit: string) {
  field.value = digit
  mark(form, field)
  if (!isRight(field)) return field.select()
  const fields = fieldsOf(form)
  const next = fields[fields.indexOf(field) + 1]
  if (next) next.focus()
  else saveOf(form).focus()
}

function begin(form: HTMLFormElement) {
  const code = codeOf(form)
  const wrong = form.querySelector<HTMLInputElement>('[aria-invalid]')
  const first =
    wrong ?? (code && code.value === '' ? code : undefined) ?? fieldsOf(form).find(({ value }) => value === '')
  for (const field of fieldsOf(form)) if (field.value) mark(form, field)
  ;(first ?? saveOf(form)).focus()
  first?.select()
}

async function send(form: HTMLFormElement) {
  if (isSending) return
  isSending = true
  ahead = ''
  const body = new URLSearchParams(Array.from(new FormData(form)) as [string, string][])
  form.classList.add('is-sending')
  try {
    const response = await fetch(form.action, { method: 'POST', body, credentials: 'same-origin' })
    const page = new DOMParser().parseFromString(await response.text(), 'text/html')
    show(page, response)
  } catch {
    form.classList.remove('is-sending')
    say(form, form.dataset.offline!)
    saveOf(form).focus()
  }
  isSending = false
}

function show(page: Document, response: Response) {
  const next = page.querySelector('main')
  if (!next?.querySelector('[data-entry]')) return response.status < 500 ? location.assign(response.url) : keep(next)
  main.innerHTML = next.innerHTML
  const form = entryForm()!
  begin(form)
  const isFresh = response.ok && !form.hasAttribute('data-again') && !main.querySelector('.problem')
  if (isFresh && !codeOf(form)) for (const digit of ahead) press(form, digit)
}

/** The server could not: what was typed stays, and its page says why. */
function keep(next: Element | null) {
  const form = entryForm()!
  form.classList.remove('is-sending')
  say(form, next?.querySelector('p')?.textContent ?? form.dataset.offline!)
  saveOf(form).focus()
}

function press(form: HTMLFormElement, digit: string) {
  const field = document.activeElement as HTMLInputElement
  if (field.classList.contains('digit')) put(form, field, digit)
}

main.addEventListener('keydown', (event) => {
  const form = entryForm()
  if (!form || event.ctrlKey || event.metaKey || event.altKey) return
  const target = event.target as HTMLElement
  const key = withAsciiDigits(event.key)
  const isDigit = /^[0-9]$/.test(key)
  if (isSending) {
    if (isDigit) ahead += key
    if (isDigit || event.key === 'Enter') event.preventDefault()
    return
  }
  if (!form.contains(target)) return
  if (target === codeOf(form)) {
    if (event.key !== 'Enter') return
    event.preventDefault() // a scanner ends a code with it
    return fieldsOf(form)[0]!.focus()
  }
  if (target === saveOf(form) && isDigit) {
    event.preventDefault()
    return void send(form)
  }
  if (!target.classList.contains('digit')) return
  const fields = fieldsOf(form)
  const field = target as HTMLInputElement
  const before = fields[fields.indexOf(field) - 1]
  if (event.key === 'Backspace' && field.value === '' && before) {
    event.preventDefault()
    before.focus()
    before.select()
  } else if (event.key === 'Enter' && !fields.every(isRight)) {
    event.preventDefault()
    fields.find((each) => !isRight(each))!.focus()
  }
})

main.addEventListener('keydown', (event) => {
  const form = entryForm()
  if (event.key === 'Backspace' && form && event.target === saveOf(form)) {
    const last = fieldsOf(form).slice(-1)[0]!
    last.focus()
    last.select()
  }
})

main.addEventListener('input', (event) => {
  const form = entryForm()
  const field = event.target as HTMLInputElement
  if (!form) return
  if (field === codeOf(form) && asciiDigits(field.value).length === 16) fieldsOf(form)[0]!.focus()
  if (field.classList.contains('digit') && field.value !== '') put(form, field, withAsciiDigits(field.value).slice(-1))
  else if (field.classList.contains('digit')) mark(form, field)
})

main.addEventListener('focusin', ({ target }) => {
  if ((target as HTMLElement).classList.contains('digit')) (target as HTMLInputElement).select()
})

main.addEventListener('submit', (event) => {
  const form = entryForm()
  if (!form || event.target !== form) return
  event.preventDefault()
  const wrong = fieldsOf(form).find((field) => !isRight(field))
  if (wrong) {
    say(form, form.dataset.range!)
    return wrong.focus()
  }
  void send(form)
})

const form = entryForm()
if (form) begin(form)
