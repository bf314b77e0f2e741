/** The tablet in the waiting room. Between two persons there is the wall of languages; everything begins and ends there. */
import type { Answers } from '../../src/questionnaire/answers.ts'
import type { Device } from '../../src/tablet/tablet.ts'
import { makeContact, post } from './contact.ts'
import { chosenStratum, openCorner, today } from './corner.ts'
import { find, findAll, load } from './parts.ts'
import { prepareSealing, sealBallot, toBase64 } from './seal.ts'
import { openStorage, type TabletStorage } from './storage.ts'
import { keepUpToDate } from './updates.ts'
import { beginVisit, type Chosen } from './visit.ts'

const places = ['wall', 'closed', 'notice', 'stage'] as const

document.documentElement.classList.add('js')
/** Whether somebody is at the tablet. */
let isBusy = false
const updates = keepUpToDate(() => !isBusy)
void start()

async function start() {
  let storage: TabletStorage
  try {
    storage = await openStorage()
  } catch {
    return sayNoStorage()
  }
  void navigator.storage?.persist?.().catch(() => {})
  await enrolByLink(storage)
}

/** A one-time link holds its token in the fragment, which leaves the address bar before anything else happens. */
async function enrolByLink(storage: TabletStorage): Promise<void> {
  const token = location.hash.slice(1)
  const state = await storage.read()
  if (!token || (state.device && !state.gone)) {
    history.replaceState(null, '', location.pathname)
    return settle(storage)
  }
  show('notice')
  // A removed tablet first delivers what it holds: with a new key it could not.
  if (state.gone && (await storage.count()) > 0 && !(await makeContact(storage))) return notify('gone')
  try {
    const own = state.key && !state.gone ? state : await withNewKey(storage)
    const { device } = await post<{ device: Device }>('/tablet/enrolment', { token, key: own.key })
    await storage.change((before) => ({ ...before, device, gone: false }))
    history.replaceState(null, '', location.pathname)
    await settle(storage)
  } catch (error) {
    if ((error as { status?: number }).status === 404) {
      history.replaceState(null, '', location.pathname)
      return notify('linkUsed')
    }
    await notify('enrolFailed')
    find(document, '.try-again').addEventListener('click', () => void enrolByLink(storage))
  }
}

/** The storage is full, or not allowed. What has failed once fails for this page; the next one may find room again. */
async function sayNoStorage() {
  setTimeout(() => location.reload(), 10_000)
  await notify('noStorage')
}

/** The device makes its key itself and keeps it before it is used, so that an answer lost on its way costs no link. */
function withNewKey(storage: TabletStorage) {
  const key = toBase64(crypto.getRandomValues(new Uint8Array(32)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace('=', '')
  return storage.change((before) => ({
    ...before,
    key,
    sequence: 0,
    delivered: 0,
    tooLate: 0,
    declined: {},
    gone: false,
  }))
}

/** From here on the tablet is between two persons, until somebody touches the wall. */
async function settle(storage: TabletStorage) {
  const stage = find(document, '#stage')
  let timer: ReturnType<typeof setTimeout>
  let contactSeconds = 300

  /** Nobody is at the tablet: a new version may take over, and the wall, or whatever there is to say, is shown. */
  async function rest() {
    if (isBusy) return
    updates.takeOver()
    const { lang, dir } = initial
    Object.assign(document.documentElement, { lang, dir })
    const state = await storage.read()
    contactSeconds = state.device?.contactSeconds ?? contactSeconds
    if (isBusy) return
    if (state.gone) return notify('gone')
    if (!state.device) return notify('notEnrolled')
    if (state.device.phase === 'not-open') return notify('notOpen')
    show(state.device.phase === 'closed' ? 'closed' : 'wall')
    const index = state.device.strata.findIndex(({ id }) => id === state.stratumId)
    find(document, '.group-number').textContent = state.device.strata.length > 1 && index >= 0 ? `· ${index + 1}` : ''
  }

  function leave() {
    isBusy = false
    void rest().catch(fail)
  }

  /** The tablet's own storage does not answer: nobody is asked anything that could not be kept. */
  async function fail() {
    isBusy = false
    clearTimeout(timer)
    await sayNoStorage()
  }

  async function contact() {
    clearTimeout(timer)
    await makeContact(storage)
    if (!isBusy) await updates.look()
    try {
      await rest()
    } catch {
      return fail()
    }
    // Always the same rhythm, whether somebody has answered or not, so that the network does not tell.
    timer = setTimeout(() => void contact(), contactSeconds * 1000)
  }

  async function visit(language: string) {
    const state = await storage.read()
    const stratum = chosenStratum(state)
    if (!state.device || isBusy) return
    if (!stratum) return corner()
    isBusy = true
    show('stage')
    const { publicKey, idle } = state.device
    beginVisit({
      stage,
      language,
      group: stratum.targetGroup,
      idle,
      send: (code, chosen) => keep(publicKey, stratum.id, code, chosen),
      onEnd: leave,
    })
  }

  async function keep(publicKey: string, stratumId: string, language: string, chosen: Chosen) {
    const ballot = await sealBallot(publicKey, { stratumId, language, answers: chosen as Answers })
    await storage.keep(ballot, (before) => {
      const state = today(before)
      return { ...state, today: { ...state.today, answered: state.today.answered + 1 } }
    })
  }

  async function corner() {
    if (isBusy) return
    isBusy = true
    show('stage')
    await openCorner({ stage, storage, language: 'sv', onEnd: leave })
  }

  for (const button of findAll(document, '#wall [data-language]'))
    button.addEventListener('click', () => void visit(button.dataset.language!).catch(fail))
  for (const button of findAll(document, '.staff')) button.addEventListener('click', () => void corner().catch(fail))
  addEventListener('online', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void contact(), Math.random() * 5_000)
  })
  defeatHistory()
  await rest().catch(fail)
  void updates.ready?.then(() => prepareSealing())
  for (const button of findAll(document, '#wall [data-language]'))
    void load(`/tablet/session/${button.dataset.language}`).catch(() => {})
  void contact()
}

/** Back leads nowhere, and a page the browser kept from before is loaded anew. */
function defeatHistory() {
  history.pushState(null, '')
  addEventListener('popstate', () => history.pushState(null, ''))
  addEventListener('pageshow', (event) => {
    if (event.persisted) location.reload()
  })
}

const initial = { lang: document.documentElement.lang, dir: document.documentElement.dir }

function show(place: (typeof places)[number]) {
  for (const name of places) find(document, `#${name}`).hidden = name !== place
}

/** Something staff have to know, in Swedish and in English. */
async function notify(which: string) {
  const notice = find(document, '#notice')
  const parts = await Promise.all(['sv', 'en'].map((code) => load(`/tablet/staff/${code}`)))
  const texts = parts.map((part) =>
    find<HTMLTemplateElement>(part, 'template[data-part="notices"]')
      .content.querySelector(`[data-notice="${which}"]`)!
      .cloneNode(true),
  )
  notice.replaceChildren(...texts)
  show('notice')
}
