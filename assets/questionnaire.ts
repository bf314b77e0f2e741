import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { addListening } from './listen.ts'
import { sendAnswers } from './send.ts'

/** The questionnaire: one question at a time, a look at all answers before they are sent, and nothing lost on the way. */
export function improveQuestionnaire(form: HTMLFormElement): void {
  const steps = Array.from(form.querySelectorAll<HTMLElement>('.step'))
  const questions = Array.from(form.querySelectorAll<HTMLElement>('.question'))
  let now = -1
  let returnToReview = false

  const stepOf = (id: string) =>
    Math.max(
      0,
      steps.findIndex((step) => step.id === id),
    )
  const chosen = (question: HTMLElement) => question.querySelector<HTMLInputElement>('input:checked')

  function show(index: number, focus = true) {
    now = index
    for (const [at, step] of steps.entries()) step.classList.toggle('now', at === index)
    const step = steps[index]!
    const isReview = step.id === 'review'
    document.body.classList.toggle('reviewing', isReview)
    if (isReview) {
      returnToReview = false
      fillReview()
    }
    if (focus) {
      step.querySelector<HTMLElement>('[tabindex]')!.focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    remember()
  }

  /** The browser's own back button goes to the step before; the address stays the same. */
  function go(index: number) {
    history.pushState({ step: index, from: now }, '')
    show(index)
  }

  function goBack() {
    returnToReview = false
    if (history.state?.from === now - 1) history.back()
    else go(Math.max(0, now - 1))
  }

  function remember() {
    const answers = Object.fromEntries(questions.map((question) => [question.id, chosen(question)?.value ?? '']))
    keepDraft({ answers, step: steps[now]!.id })
  }

  function markChosen() {
    for (const question of questions) {
      const input = chosen(question)
      question
        .querySelectorAll('.option')
        .forEach((option) => option.classList.toggle('chosen', option.contains(input)))
      question.querySelector<HTMLElement>('.clear button')!.hidden = !input
    }
  }

  function fillReview() {
    for (const row of form.querySelectorAll<HTMLElement>('#review [data-of]')) {
      const answer = row.querySelector('dd')!
      const input = chosen(document.getElementById(row.dataset.of!)!)
      answer.textContent = input ? input.parentElement!.querySelector('span')!.textContent : answer.dataset.unanswered!
      answer.classList.toggle('none', !input)
    }
  }

  function restore() {
    const draft = readDraft()
    for (const [question, option] of Object.entries(draft?.answers ?? {})) {
      const radios = form.querySelectorAll<HTMLInputElement>(`input[name="${question}"]`)
      for (const radio of Array.from(radios)) radio.checked = radio.value === option
    }
    return draft ? stepOf(draft.step) : 0
  }

  // A fresh entry into the questionnaire has been through the start page, which forgot the draft; a reload, a change of
  // language or a way back has not, and goes on where it was. What the server sent back as chosen wins over nothing.
  const sentBack = questions.some((question) => chosen(question))
  const draft = readDraft()
  let first = sentBack && draft ? stepOf(draft.step) : restore()
  if (document.getElementById('problem')) first = stepOf(sentBack ? 'review' : questions[0]!.id)
  markChosen()

  form.addEventListener('change', () => {
    document.getElementById('problem')?.remove()
    markChosen()
    remember()
  })

  form.addEventListener('click', (event) => {
    const button = (event.target as Element).closest('button')
    if (!button) return
    if (button.matches('.next')) go(returnToReview ? stepOf('review') : now + 1)
    else if (button.matches('.back')) goBack()
    else if (button.matches('.clear button')) clear(button.closest<HTMLElement>('.question')!)
    else if (button.matches('#review button')) {
      go(stepOf(button.closest<HTMLElement>('[data-of]')!.dataset.of!))
      returnToReview = true
    }
  })

  function clear(question: HTMLElement) {
    const input = chosen(question)
    if (!input) return
    input.checked = false
    markChosen()
    remember()
    question.querySelector<HTMLInputElement>('input')!.focus()
  }

  // Which button sends the form; event.submitter is missing in browsers before 2020.
  let pressed: Element | null = null
  document.addEventListener('click', (event) => {
    pressed = (event.target as Element).closest('button')
  })

  form.addEventListener('submit', (event) => {
    if (pressed?.hasAttribute('formaction')) return remember()
    event.preventDefault()
    if (steps[now]!.id !== 'review') return go(stepOf('review'))
    void sendAnswers(form, { isEmpty: questions.every((question) => !chosen(question)), onSent: forgetDraft })
  })

  addEventListener('popstate', (event) => {
    const step = (event.state as { step?: number } | null)?.step
    if (!location.hash) show(step ?? 0)
  })

  for (const link of form.querySelectorAll<HTMLAnchorElement>('#problem a')) {
    link.addEventListener('click', (event) => {
      event.preventDefault()
      go(stepOf(link.hash.slice(1)))
    })
  }

  history.replaceState({ step: first }, '')
  show(first, first > 0 && !document.getElementById('problem'))
  addListening(questions)
}
