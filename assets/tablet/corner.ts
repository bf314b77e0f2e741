import type { Keeping } from '../../src/tablet/tablet.ts'
import { makeContact } from './contact.ts'
import { copyOf, fill, find, findAll, load, speak } from './parts.ts'
import { isPin, secondsToWait } from './pin.ts'
import type { OwnState, TabletStorage } from './storage.ts'

export interface CornerOptions {
  stage: HTMLElement
  storage: TabletStorage
  /** What this browser is good for. */
  keeping: () => Promise<Keeping>
  language: string
  onEnd: () => void
}

/** After so long without a touch the corner closes itself, in milliseconds. */
const openMs = 60_000

/** Wrong PINs that the storage had no room for: they lengthen the wait all the same, as long as the page is there. */
let wrongUnsaved = 0

/**
 * The staff corner, behind the device's PIN: what is counted, what waits, and the few things staff do.
 * @throws when its text does not come; it is closed then.
 */
export async function openCorner(options: CornerOptions): Promise<void> {
  const { stage, storage, keeping, onEnd } = options
  let { language } = options
  let isUnlocked = false
  let isOver = false
  let closing: ReturnType<typeof setTimeout>
  const stayOpen = () => {
    clearTimeout(closing)
    closing = setTimeout(close, openMs)
  }
  addEventListener('pointerdown', stayOpen)
  addEventListener('keydown', stayOpen)
  stayOpen()
  await show(language).catch((error) => {
    close()
    throw error
  })

  async function show(code: string) {
    const part = await load(`/tablet/staff/${code}`)
    if (isOver) return
    language = code
    fill(stage, copyOf(part, 'template[data-part="corner"]'))
    const corner = find(stage, '.corner')
    speak(corner)
    for (const button of findAll(corner, '.leave')) button.addEventListener('click', close)
    find(corner, '.locked').addEventListener('submit', (event) => {
      event.preventDefault()
      void unlock(corner)
    })
    addActions(corner)
    if (isUnlocked) await reveal(corner)
    else find(corner, '#pin').focus()
  }

  /** Each wrong PIN makes the next try wait longer; a reload starts the wait anew, so that it shortens nothing. */
  async function unlock(corner: HTMLElement) {
    const field = find<HTMLInputElement>(corner, '#pin')
    const said = find(corner, '#pin-said')
    const button = find<HTMLButtonElement>(corner, '.locked [type=submit]')
    if (button.disabled) return
    button.disabled = true
    try {
      await tryPin(corner, field, said)
    } catch {
      said.textContent = find(corner, '.unlocked .said').dataset.notSaved!
    } finally {
      button.disabled = false
    }
  }

  /** @throws when the storage cannot be read. */
  async function tryPin(corner: HTMLElement, field: HTMLInputElement, said: HTMLElement) {
    const { wrongPins, device } = await storage.read()
    const seconds = secondsToWait(wrongPins + wrongUnsaved)
    if (seconds > 0) said.textContent = said.dataset.wait!.replace('#', String(seconds)) // said once: it is read aloud
    for (let left = seconds; left > 0 && !isOver; left--) {
      stayOpen()
      await new Promise((resolve) => setTimeout(resolve, 1000))
    }
    if (isOver) return
    const isRight = device !== undefined && (await isPin(field.value, device.pin))
    await countPin(isRight)
    field.value = ''
    said.textContent = isRight ? '' : said.dataset.wrong!
    if (isRight) field.removeAttribute('aria-invalid')
    else field.setAttribute('aria-invalid', 'true')
    isUnlocked = isRight
    if (isRight) await reveal(corner)
    else field.focus()
  }

  /** A full disk neither keeps staff from what they can mend in the corner nor makes guessing quick. */
  async function countPin(isRight: boolean) {
    if (isRight) wrongUnsaved = 0
    await storage
      .change((state) => ({ ...state, wrongPins: isRight ? 0 : state.wrongPins + 1 }))
      .catch(() => {
        if (!isRight) wrongUnsaved++
      })
  }

  async function reveal(corner: HTMLElement) {
    find(corner, '.locked').hidden = true
    find(corner, '.unlocked').hidden = false
    await showFigures(corner)
    find(corner, 'h1').focus()
  }

  async function showFigures(corner: HTMLElement) {
    const state = today(await storage.read())
    const { device, refused, today: day } = state
    // How many answered is told to nobody here either, nor whether anybody did: without a network it would tell of the last person.
    const figures: Record<string, string | undefined> = {
      declined: String(day.declined),
      refused: find(corner, '.figures').dataset.yes,
    }
    for (const line of findAll(corner, '[data-figure]')) {
      const { figure = '' } = line.dataset
      find(line, 'dd').textContent = figures[figure] ?? ''
      line.hidden = figure === 'refused' && refused === 0
    }
    showKeeping(corner, await keeping())
    const name = find(corner, '.name')
    name.dataset.text ??= name.textContent!
    name.textContent = name.dataset.text.replace('#', device?.name ?? '')
    const stratum = chosenStratum(state)
    find<HTMLButtonElement>(corner, '.add-declined').disabled = !stratum
    find<HTMLButtonElement>(corner, '.undo-declined').disabled =
      !stratum || day.declined === 0 || !state.declined[stratum.id]
    find(corner, '.choose-group').hidden = stratum !== undefined
    for (const option of findAll(corner, '.option[data-group]')) {
      const own = device?.strata.find(({ targetGroup }) => targetGroup === option.dataset.group)
      option.hidden = own === undefined
      const input = find<HTMLInputElement>(option, 'input')
      input.checked = own !== undefined && own.id === stratum?.id
      option.classList.toggle('chosen', input.checked)
    }
  }

  function addActions(corner: HTMLElement) {
    const run = (act: () => Promise<unknown>, failure = 'notSaved') =>
      act()
        .then(() => showFigures(corner))
        .catch(async () => {
          await showFigures(corner).catch(() => {}) // what is chosen and counted is still what was saved last
          const said = find(corner, '.unlocked .said')
          said.textContent = said.dataset[failure]!
          said.scrollIntoView({ block: 'nearest' })
        })
    const on = (selector: string, act: () => Promise<unknown>, failure?: string) =>
      find(corner, selector).addEventListener('click', () => void run(act, failure))

    on('.add-declined', () => storage.change((state) => declined(state, 1)))
    on('.undo-declined', () => storage.change((state) => declined(state, -1)))
    on('.check', () => contact(corner, 'online', 'offline'))
    on('.end-day', () => contact(corner, 'dayEnded', 'dayWaits'))
    find(corner, '.full-screen').hidden = !document.documentElement.requestFullscreen
    on('.full-screen', async () => {
      const button = find(corner, '.full-screen')
      button.dataset.enter ??= button.textContent!
      const isFull = Boolean(document.fullscreenElement)
      await (isFull ? document.exitFullscreen() : document.documentElement.requestFullscreen()).catch(() => {})
      button.textContent = document.fullscreenElement ? button.dataset.leave! : button.dataset.enter
    })
    on('.other-language', () => show(language === 'sv' ? 'en' : 'sv'), 'notLoaded')
    for (const option of findAll(corner, '.option[data-group]')) {
      option.addEventListener('change', () => {
        const choose = (state: OwnState) => ({
          ...state,
          stratumId: state.device?.strata.find(({ targetGroup }) => targetGroup === option.dataset.group)?.id,
        })
        void run(() => storage.change(choose))
      })
    }
  }

  async function contact(corner: HTMLElement, good: string, bad: string) {
    const said = find(corner, '.unlocked .said')
    said.textContent = said.dataset.checking!
    const isDone = await makeContact(storage, keeping)
    const mayForget = bad === 'dayWaits' && (await keeping()).isPromised === false
    said.textContent = said.dataset[isDone ? good : mayForget ? 'dayWaitsOpen' : bad]!
    if ((await storage.read()).gone) close()
  }

  function close() {
    if (isOver) return
    isOver = true
    clearTimeout(closing)
    removeEventListener('pointerdown', stayOpen)
    removeEventListener('keydown', stayOpen)
    fill(stage)
    onEnd()
  }
}

/** Says what the browser has and what it lacks, as far as it is known. */
function showKeeping(corner: HTMLElement, keeping: Keeping): void {
  for (const [what, has] of Object.entries(keeping)) {
    find(corner, `[data-has="${what}"]`).hidden = has !== true
    find(corner, `[data-lacks="${what}"]`).hidden = has !== false
  }
}

/** The stratum the tablet is used for now; `undefined` where staff have to choose first. */
export function chosenStratum({ device, stratumId }: OwnState) {
  if (device?.strata.length === 1) return device.strata[0]
  return device?.strata.find(({ id }) => id === stratumId)
}

/** The state with today's counts: on another day they begin at nothing. */
export function today(state: OwnState): OwnState {
  const day = new Date().toISOString().slice(0, 10)
  return state.today.day === day ? state : { ...state, today: { day, declined: 0 } }
}

/** One more who declined, or one fewer; never below nothing, neither today nor at the stratum. */
function declined(before: OwnState, by: 1 | -1): OwnState {
  const state = today(before)
  const stratum = chosenStratum(state)
  if (!stratum) return state
  const number = (state.declined[stratum.id] ?? 0) + by
  if (number < 0 || state.today.declined + by < 0) return state
  return {
    ...state,
    sequence: state.sequence + 1,
    declined: { ...state.declined, [stratum.id]: number },
    today: { ...state.today, declined: state.today.declined + by },
  }
}
