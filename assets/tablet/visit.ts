import type { Responsible } from '../../src/notice/responsible.ts'
import { addListening } from '../listen.ts'
import { watchIdle } from './idle.ts'
import { inTime } from './in-time.ts'
import { addressNodes, copyOf, fill, find, findAll, load, speak, withNumber } from './parts.ts'
import { TooLate } from './too-late.ts'

/** Question ids and option ids: all that is known of a person, in memory only, until it is sealed. */
export type Chosen = Record<string, string>

export interface VisitOptions {
  stage: HTMLElement
  language: string
  group: string
  idle: { warnSeconds: number; wipeSeconds: number }
  /** Who is responsible for personal data where the tablet stands, as far as it was told. */
  responsible?: Responsible
  /** Seals and keeps; rejects when nothing was kept, with `TooLate` where nothing can be. */
  send: (language: string, chosen: Chosen) => Promise<void>
  /** The visit is over, in whatever way: nothing of it is left. */
  onEnd: () => void
}

/**
 * How long the tablet's disk, and the server in its place, may take, in milliseconds, before somebody is told that nothing is saved. What
 * was begun may still succeed: the ballot has the same id when it is sent again.
 */
const sendingMs = 45_000

/** How long somebody is thanked, or told that they came too late, in milliseconds. */
const lastWordsMs = { '.thanks': 15_000, '.too-late': 20_000 }

/**
 * One person from the choice of a language to the thank-you. The page of the visit is a copy made for them; at the end it
 * is thrown away, and with it all that was chosen.
 */
export function beginVisit({ stage, group, idle: limits, responsible, send, onEnd, ...begin }: VisitOptions): void {
  let { language } = begin
  let session: HTMLElement | undefined
  let listening: ReturnType<typeof addListening> | undefined
  let now = 0
  let isSending = false
  let isOver = false
  let endTimer: ReturnType<typeof setTimeout> | undefined

  const idle = watchIdle({ ...limits, onWarn: warn, onWipe: end })
  const touched = () => {
    if (!isWarning()) idle.touched()
  }
  const touches = ['pointerdown', 'keydown', 'scroll', 'input', 'click', 'focusin'] as const
  for (const touch of touches) addEventListener(touch, touched, { passive: true, capture: true })
  void show(language).catch(end) // nothing is there to be shown: back to the wall

  /** The same visit in a language: what was chosen and where the person is come along. */
  async function show(code: string) {
    const chosen = session ? chosenIn(session) : {}
    const part = await load(`/tablet/session/${code}`)
    if (isOver) return
    language = code
    listening?.forget()
    fill(stage, copyOf(part, `template[data-group="${group}"]`))
    session = find(stage, '.session')
    speak(session)
    if (responsible) nameBoard(session, responsible)
    for (const [question, option] of Object.entries(chosen))
      find<HTMLInputElement>(session, `[name="${question}"][value="${option}"]`).checked = true
    improve(session)
    goTo(now)
  }

  function improve(session: HTMLElement) {
    const questions = findAll(session, '.question')
    listening = addListening(session, [...questions, find(session, '.intro')], language)
    for (const button of findAll(session, '.screen .next')) button.addEventListener('click', () => goTo(now + 1))
    for (const button of findAll(session, '.screen .back')) button.addEventListener('click', () => goTo(now - 1))
    for (const button of findAll(session, '[data-language]'))
      button.addEventListener('click', () => void show(button.dataset.language!).catch(() => {}))
    for (const question of questions) {
      mark(question)
      question.addEventListener('change', () => mark(question))
      find(question, '.clear button').addEventListener('click', () => {
        const option = find<HTMLInputElement>(question, ':checked')
        option.checked = false
        mark(question)
        option.focus()
      })
    }
    find(session, '.start-over').addEventListener('click', () => ask('.ask-start-over'))
    find(session, '.ask-start-over .stay').addEventListener('click', goOn)
    find(session, '.ask-start-over .wipe').addEventListener('click', end)
    find(session, '.idle .stay').addEventListener('click', goOn)
    find(session, '.deliver').addEventListener('click', () => void sendAll())
    find(session, 'form').addEventListener('submit', (event) => event.preventDefault())
  }

  /** To skip is as easy as to answer: the same button, which says which of the two it does. */
  function mark(question: HTMLElement) {
    const next = find(question, '.next')
    const isAnswered = question.querySelector(':checked') !== null
    next.textContent = isAnswered ? next.dataset.next! : next.dataset.skip!
    next.classList.toggle('primary', isAnswered)
    find(question, '.clear button').hidden = !isAnswered
    for (const option of findAll(question, '.option'))
      option.classList.toggle('chosen', option.querySelector(':checked') !== null)
  }

  function goTo(screen: number) {
    if (!session) return
    const screens = findAll(session, '.screen')
    now = Math.max(0, Math.min(screen, screens.length - 1))
    for (const [index, element] of screens.entries()) element.hidden = index !== now
    find(session, '.languages').removeAttribute('open')
    if (now === screens.length - 1) prepareSending(session)
    focusOn(screens[now]!)
  }

  function prepareSending(session: HTMLElement) {
    const number = Object.keys(chosenIn(session)).length
    const answered = find(session, '.answered')
    answered.dataset.text ??= answered.textContent!
    answered.textContent = withNumber(answered.dataset.text, number, session.dataset.number!)
    find(session, '.can-send').hidden = number === 0
    find(session, '.cannot-send').hidden = number > 0
    find(session, '.deliver').hidden = number === 0
    find(session, '.sending .said').textContent = ''
  }

  async function sendAll() {
    if (!session || isSending) return
    isSending = true
    const said = find(session, '.sending .said')
    said.textContent = said.dataset.saving!
    try {
      await inTime(send(language, chosenIn(session)), sendingMs)
      takeLeave(session, '.thanks')
    } catch (error) {
      if (error instanceof TooLate) return takeLeave(session, '.too-late')
      isSending = false
      said.textContent = said.dataset.notSaved!
    }
  }

  /** The last words: what was chosen is gone from the screen, and the wall comes back by itself. */
  function takeLeave(session: HTMLElement, which: keyof typeof lastWordsMs) {
    idle.end()
    find(session, '.visit').remove()
    const words = find(session, which)
    findAll(session, '.over').forEach((over) => {
      over.hidden = over !== words
    })
    focusOn(words)
    endTimer = setTimeout(end, lastWordsMs[which])
  }

  /** A question over everything: what is beneath is hidden meanwhile, so that nothing else can be reached. */
  function ask(which: string) {
    if (!session || isSending) return
    listening?.stop()
    find(session, '.visit').hidden = true
    for (const over of findAll(session, '.over')) over.hidden = !over.matches(which)
    focusOn(find(session, which))
  }

  function goOn() {
    if (!session) return
    for (const over of findAll(session, '.over')) over.hidden = true
    find(session, '.visit').hidden = false
    idle.touched()
    goTo(now)
  }

  const isWarning = () => session !== undefined && !find(session, '.idle').hidden

  function warn(secondsLeft: number) {
    if (!session || isSending) return
    const countdown = find(session, '.countdown')
    countdown.textContent = withNumber(countdown.dataset.text!, secondsLeft, session.dataset.number!)
    if (!isWarning()) ask('.idle')
  }

  /** Nothing of the person outlives this. */
  function end() {
    if (isOver || (isSending && endTimer === undefined)) return
    isOver = true
    clearTimeout(endTimer)
    idle.end()
    listening?.forget()
    for (const touch of touches) removeEventListener(touch, touched, { capture: true })
    find<HTMLFormElement>(stage, 'form')?.reset()
    fill(stage)
    session = undefined
    onEnd()
  }
}

function chosenIn(session: HTMLElement): Chosen {
  const inputs = findAll<HTMLInputElement>(session, 'input:checked')
  const chosen: Chosen = {}
  for (const { name, value } of inputs) chosen[name] = value
  return chosen
}

function focusOn(screen: HTMLElement) {
  scrollTo(0, 0)
  find(screen, '[tabindex]').focus({ preventScroll: true })
}

/** The notice says who is responsible, in place of where that can be found. */
function nameBoard(session: HTMLElement, responsible: Responsible): void {
  for (const part of findAll(session, '.notice-of [data-part]'))
    fill(part, ...addressNodes(responsible[part.dataset.part as keyof Responsible]))
  for (const part of findAll(session, '.notice-of .unknown')) part.hidden = true
  for (const part of findAll(session, '.notice-of .known')) part.hidden = false
}
