/**
 * Keeps the tablet's program up to date: a new version is fetched beside the old one and takes over only between two
 * persons.
 */
export function keepUpToDate() {
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined
  let registration: ServiceWorkerRegistration | undefined
  let isTakingOver = false

  const ready = workers?.register('/tablet/worker.js', { scope: '/tablet/' }).then(
    (registered) => {
      registration = registered
    },
    () => {}, // an old browser, or no network at the very first visit: everything works, but only with a network
  )
  workers?.addEventListener('controllerchange', () => {
    if (isTakingOver) location.reload()
  })

  return {
    ready,
    look: () => registration?.update().catch(() => {}),
    /** Lets a new version that waits take over, if there is one; the page is then loaded anew. Only to be called between two persons. */
    takeOver() {
      if (!registration?.waiting || isTakingOver) return
      isTakingOver = true
      registration.waiting.postMessage('take over')
    },
  }
}
