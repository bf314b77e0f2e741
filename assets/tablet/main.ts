/** The tablet in the waiting room. Between two persons there is the wall of languages; everything begins and ends there. */
import type { Answers } from '../../src/questionnaire/answers.ts'
import type { Device } from '../../src/tablet/tablet.ts'
import { defeatHistory } from './back.ts'
import { deliverAtOnce, makeContact, post } from './contact.ts'
import { chosenStratum, openCorner } from './corner.ts'
import { learnKeeping } from './keeping.ts'
import { readLink } from './link.ts'
import { fill, find, findAll, load } from './parts.ts'
import { newBallotId, prepareSealing, sealBallot, toBase64 } from './seal.ts'
import { type OwnState, openStorage, type TabletStorage } from './storage.ts'
import { keepUpToDate } from './updates.ts'
import { beginVisit, type Chosen } from './visit.ts'

/** What the page itself says to staff, in Swedish and in English. */
const staffTexts = ['/tablet/staff/sv', '/tablet/staff/en']

const places = ['wall', 'closed', 'notice', 'stage'] as const

document.documentElement.classList.add('js')
/** Whether somebody is at the tablet. */
let isBusy = false
const updates = keepUpToDate(() => !isBusy)
const keeping = learnKeeping(updates.worksOffline)
void start()

async function start() {
  // The token of a one-time link stands in the fragment: it leaves the address bar before anything else happens.
  const link = readLink(location.hash)
  defeatHistory()
  addEventListener('hashchange', () => location.reload())
  try {
    const storage = await openStorage()
    const isKnown = isInUse(await storage.read())
    if (link.token && !isKnown) await enrolByLink(storage, link.token)
    else if (link.isBroken && !isKnown) await sayLinkIsBroken(storage)
    else await standReady(storage)
  } catch {
    await sayNoStorage(link.token)
  }
}

async function sayLinkIsBroken(storage: TabletStorage) {
  await notify('linkBroken')
  await makeContact(storage, keeping) // what waits from before is delivered all the same
}

/** A tablet of a closed round, or one that was removed, may be enrolled anew. */
const isInUse = ({ device, gone }: OwnState) => device !== undefined && !gone && device.phase !== 'closed'

/**
 * Enrols, or says what stands in the way. The link is known to this page alone: it stays, and offers to try again. Also where the server has
 * taken the link and only the tablet could not save it: the same key is tried again.
 */
async function enrolByLink(storage: TabletStorage, token: string): Promise<void> {
  show('notice')
  await makeContact(storage, keeping) // what waits from before is delivered with the key from before, as far as it can be
  const hindrance = await enrol(storage, token).catch(() => 'enrolNotSaved')
  if (!hindrance) return standReady(storage)
  await notify(hindrance)
  if (hindrance === 'linkUsed') return
  find(document, '.try-again').addEventListener('click', () => {
    void enrolByLink(storage, token).catch(() => sayNoStorage(token))
  })
}

/** @returns what stands in the way, if anything does. @throws when the storage fails. */
async function enrol(storage: TabletStorage, token: string): Promise<'linkUsed' | 'enrolFailed' | undefined> {
  if (isInUse(await storage.read())) return undefined // an earlier try had come through, and only its answer was lost
  const { key } = await withNewKey(storage)
  let device: Device
  try {
    device = (await post<{ device: Device }>('/tablet/enrolment', { token, key })).device
  } catch (error) {
    const { status } = error as { status?: number }
    if (status === 404) return 'linkUsed'
    if (status === 409) await storage.change(({ key, ...rest }) => rest) // it belongs to another link: the next try has a new one
    return 'enrolFailed'
  }
  await storage.change((before) => ({ ...before, key, device, stratumId: undefined, gone: false }))
  return undefined
}

/** The storage is full, or refused. What has failed once fails for this page; the next one may find room again, and has the link. */
async function sayNoStorage(token?: string) {
  const again = () => (token ? location.replace(`#${token}`) : location.reload())
  setTimeout(() => isBusy || again(), 10_000)
  await notify(isStorageRefused() ? 'storageRefused' : 'noStorage')
}

/** Whether the browser is set to keep nothing for this page: then even the name of a storage that is not used here throws. */
function isStorageRefused(): boolean {
  try {
    return !window.localStorage
  } catch {
    return true
  }
}

/**
 * The device makes its key itself and keeps it before it is used, so that an answer lost on its way costs no link: until a device
 * is told, the same key is tried again.
 */
function withNewKey(storage: TabletStorage) {
  const key = toBase64(crypto.getRandomValues(new Uint8Array(32)))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace('=', '')
  return storage.change((before) => {
    if (before.key && !before.device && !before.gone) return before
    return { ...before, key, device: undefined, sequence: 0, delivered: 0, refused: 0, declined: {}, gone: false }
  })
}

/** From here on the tablet is between two persons, until somebody touches the wall. */
async function standReady(storage: TabletStorage) {
  const stage = find(document, '#stage')
  let timer: ReturnType<typeof setTimeout>
  let contactSeconds = 300

  /** Nobody is at the tablet: a new version may take over, and the wall, or whatever there is to say, is shown. */
  async function rest() {
    if (isBusy) return
    updates.takeOver()
    const { lang, dir, title } = initial
    Object.assign(document.documentElement, { lang, dir })
    document.title = title
    const state = await storage.read()
    contactSeconds = state.device?.contactSeconds ?? contactSeconds
    if (isBusy) return
    if (state.gone) {
      await storage.changeIfEmpty(({ key, ...rest }) => rest)
      return notify('gone')
    }
    if (!state.device || !state.key) return notify('notEnrolled')
    if (state.device.phase === 'not-open') return notify('notOpen')
    if (state.device.phase === 'paused') return notify('paused')
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
    await makeContact(storage, keeping)
    if (!isBusy) await updates.look()
    try {
      await rest()
    } catch {
      return fail()
    }
    // Always the same rhythm, so that the network does not tell when somebody has answered.
    timer = setTimeout(() => void contact(), contactSeconds * 1000)
  }

  async function visit(language: string) {
    const state = await storage.read()
    const stratum = chosenStratum(state)
    if (!state.device || isBusy) return
    if (!stratum) return corner()
    isBusy = true
    show('stage')
    const { idle, municipality } = state.device
    const id = newBallotId() // one for the visit: who sends twice is counted once
    beginVisit({
      stage,
      language,
      group: stratum.targetGroup,
      idle,
      responsible: municipality?.responsible,
      send: (code, chosen) => keep(state, { id, stratumId: stratum.id, language: code }, chosen),
      onEnd: leave,
    })
  }

  /**
   * Seals and keeps what a person chose; where the tablet has no room for it, the server may have. A tablet that knows of the close asks
   * the server before it thanks anybody: what it kept might never be taken.
   */
  async function keep(
    known: OwnState,
    { id, ...place }: { id: string; stratumId: string; language: string },
    chosen: Chosen,
  ) {
    const ballot = await sealBallot(known.device!.publicKey, id, { ...place, answers: chosen as Answers })
    const now = await storage.read().catch(() => known)
    if (now.key && now.device?.phase === 'closed') return deliverAtOnce(now, ballot)
    try {
      await storage.keep(ballot, (before) => {
        if (!before.key) throw new Error('a ballot that could not be delivered must not be kept')
        return before
      })
    } catch {
      await deliverAtOnce(known, ballot)
    }
  }

  async function corner() {
    if (isBusy) return
    isBusy = true
    show('stage')
    await openCorner({ stage, storage, keeping, language: 'sv', onEnd: leave })
  }

  for (const button of findAll(document, '#wall [data-language]'))
    button.addEventListener('click', () => void visit(button.dataset.language!).catch(fail))
  for (const button of findAll(document, '.staff'))
    button.addEventListener('click', () => void corner().catch(() => {})) // its text did not come: the wall is back
  addEventListener('online', () => {
    clearTimeout(timer)
    timer = setTimeout(() => void contact(), Math.random() * 5_000)
  })
  await rest()
  void updates.ready?.then(() => prepareSealing())
  const visits = findAll(document, '#wall [data-language]').map(({ dataset }) => `/tablet/session/${dataset.language}`)
  for (const address of [...visits, ...staffTexts]) void load(address).catch(() => {})
  void contact()
}

const initial = { lang: document.documentElement.lang, dir: document.documentElement.dir, title: document.title }

function show(place: (typeof places)[number]) {
  for (const name of places) find(document, `#${name}`).hidden = name !== place
}

/** Something staff have to know, in Swedish and in English. */
async function notify(which: string) {
  const notice = find(document, '#notice')
  const parts = await Promise.all(staffTexts.map((address) => load(address)))
  const texts = parts.map((part) =>
    find<HTMLTemplateElement>(part, 'template[data-part="notices"]')
      .content.querySelector(`[data-notice="${which}"]`)!
      .cloneNode(true),
  )
  fill(notice, ...texts)
  if (!isBusy) show('notice')
}
