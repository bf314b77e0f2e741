import { inTime } from './in-time.ts'

/** How long the browser may take over one thing, in milliseconds. */
const patienceMs = 20_000

/**
 * Keeps the tablet's program up to date: a new version is fetched beside the old one, and takes over only between two
 * persons. Where the browser has no service worker everything works, but only with a network.
 * @param isFree whether nobody is at the tablet.
 */
export function keepUpToDate(isFree: () => boolean) {
  const workers = serviceWorkers()
  let hasController = Boolean(workers?.controller)
  let registration: ServiceWorkerRegistration | undefined
  let isNew = false

  const ready = workers?.register('/tablet/worker.js', { scope: '/tablet/', updateViaCache: 'none' }).then(
    (registered) => {
      registration = registered
    },
    () => {}, // no network, or not allowed: it is tried again at the next start
  )
  workers?.addEventListener('controllerchange', () => {
    isNew = isNew || hasController // the very first one belongs to the page that is there
    hasController = true
    finish()
  })

  /** The page that runs belongs to the version before: it is loaded anew as soon as nobody is at the tablet. */
  function finish() {
    if (isNew && isFree()) location.reload()
  }

  return {
    ready,
    /** Asks the server for a new version, and waits no longer than a moment for its answer. */
    look: () => registration && inTime(registration.update(), patienceMs).catch(() => {}),
    /** Whether the page comes without a network too; `undefined` while it is being made so. */
    async worksOffline(): Promise<boolean | undefined> {
      await ready
      if (!registration) return false
      if (registration.active) return (await caches.match('/tablet/')) !== undefined
      return registration.installing || registration.waiting ? undefined : false
    },
    /** Lets a new version that waits take over, if there is one. To be called between two persons. */
    takeOver() {
      registration?.waiting?.postMessage('take over')
      finish()
    },
  }
}

/** Where the browser may not keep anything, even the question may throw. */
function serviceWorkers(): ServiceWorkerContainer | undefined {
  try {
    return navigator.serviceWorker
  } catch {
    return undefined
  }
}
