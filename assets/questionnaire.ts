import { forgetDraft, keepDraft, readDraft } from './draft.ts'
import { changeLanguage } from './language.ts'
import { addListening } from './listen.ts'
import { removeProblem, showProblem } from './problem.ts'
import { sendAnswers } from './send.ts'

/** The questionnaire: one question at a time, a look at all answers before they are sent, and nothing lost on the way. */
export function improveQuestionnaire(form: HTMLFormElement): void {
  const steps = Array.from(form.querySelectorAll<HTMLElement>('.step'))
  const questions = Array.from(form.querySelectorAll<HTMLElement>('.question'))
  const review = steps.length - 1
  let now = 0
  let returnToReview = false

  const stepOf = (id: string) =>
    Math.max(
      0,
      steps.findIndex((step) => step.id === id),
    )
  const place = (): { step?: number; from?: number } => history.state || {}
  const chosen = (question: HTMLElement) => question.querySelector<HTMLInputElement>('input:checked')

  function show(index: number, focus = true) {
    now = index
    for (const [at, step] of steps.entries()) step.classList.toggle('now', at === index)
    document.body.classList.toggle('begun', index > 0)
    document.body.classList.toggle('reviewing', index === review)
    if (index === review) fillReview()
    if (focus) {
      const step = steps[index]!
      ;(step.querySelector<HTMLElement>('[tabindex]') || step).focus({ preventScroll: true })
      scrollTo(0, 0)
    }
    remember()
  }

  /** The browser's own back button then goes to the step before; the address stays the same. */
  function go(index: number) {
    history.pushState({ step: index, from: now }, '')
    show(index)
  }

  function goNext() {
    const next = returnToReview ? review : now + 1
    returnToReview = false
    go(next)
  }

  function goBack() {
    returnToReview = false
    if (place().from === now - 1) history.back()
    else go(Math.max(0, now - 1))
  }

  function change(question: string) {
    go(stepOf(question))
    returnToReview = true
  }

  function remember() {
    const answers: Record<string, string> = {}
    for (const question of questions) answers[question.id] = (chosen(question) || { value: '' }).value
    keepDraft({ answers, step: steps[now]!.id })
  }

  /**
   * What was chosen in this tab comes back; it is never older than what the server sent along. Returns the step to show: that of the
   * place in the history, where somebody has gone back to it.
   */
  function restore(): number {
    const draft = readDraft()
    for (const radio of Array.from(form.querySelectorAll<HTMLInputElement>('.question input'))) {
      if (draft) radio.checked = draft.answers[radio.name] === radio.value
    }
    if (document.getElementById('problem')) return questions.some(chosen) ? review : 1
    if (!draft) return 0
    const { step = stepOf(draft.step) } = place()
    return step
  }

  function markChosen() {
    for (const question of questions) {
      const input = chosen(question)
      for (const option of Array.from(question.querySelectorAll('.option')))
        option.classList.toggle('chosen', option.contains(input))
      question.querySelector<HTMLElement>('.clear button')!.hidden = !input
    }
  }

  function answersChanged() {
    removeProblem()
    markChosen()
    remember()
  }

  function clear(question: HTMLElement) {
    chosen(question)!.checked = false
    answersChanged()
    question.querySelector<HTMLInputElement>('input')!.focus()
  }

  function fillReview() {
    for (const row of Array.from(form.querySelectorAll<HTMLElement>('#review [data-of]'))) {
      const answer = row.querySelector('dd')!
      const input = chosen(document.getElementById(row.dataset.of!)!)
      answer.textContent = input ? input.parentElement!.querySelector('span')!.textContent : answer.dataset.unanswered!
      answer.classList.toggle('none', !input)
    }
  }

  // Which button was pressed last: event.submitter is missing in browsers from before 2020.
  let pressed: Element | null = null
  document.addEventListener('click', (event) => {
    pressed = (event.target as Element).closest('button')
  })

  form.addEventListener('change', answersChanged)

  form.addEventListener('click', (event) => {
    const target = event.target as Element
    const button = target.closest('button')
    const link = target.closest<HTMLAnchorElement>('#problem a')
    if (link) {
      event.preventDefault()
      removeProblem()
      go(stepOf(link.hash.slice(1)))
    } else if (button?.matches('.next')) goNext()
    else if (button?.matches('.back')) goBack()
    else if (button?.matches('.clear button')) clear(button.closest<HTMLElement>('.question')!)
    else if (button?.matches('#review button')) change(button.closest<HTMLElement>('[data-of]')!.dataset.of!)
  })

  // All that is sent has one length, which would tell an onlooker on the network something of the choices.
  form.addEventListener('formdata', ({ formData }) =>
    formData.set('fill', ''.padEnd(512 - String(new URLSearchParams(formData as never)).length)),
  )

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (pressed?.hasAttribute('formaction')) {
      remember()
      return changeLanguage(form, pressed as HTMLButtonElement)
    }
    if (now !== review) return go(review)
    if (questions.some(chosen)) void sendAnswers(form, { onSent: forgetDraft })
    else {
      const { emptyTitle, empty } = form.dataset
      showProblem(form, { heading: emptyTitle!, text: empty!, target: questions[0]!.id })
    }
  })

  addEventListener('popstate', () => {
    returnToReview = false
    show(place().step || 0)
  })

  const first = restore()
  markChosen()
  history.replaceState({ step: first }, '')
  show(first, first > 0 && !document.getElementById('problem'))
  const listening = addListening(document.body, questions, document.documentElement.lang)
  addEventListener('pagehide', listening.stop)
  addEventListener('popstate', listening.stop)
}
