/** The service worker: keeps everything the tablet needs, version by version, and nothing else. */
interface Provisions {
  version: string
  addresses: string[]
}
/** Put before this program by the server. */
declare const provisions: Provisions

/** The few parts of a service worker that are used: the browser's types for pages and for workers cannot be loaded together. */
interface WorkerScope {
  clients: { claim(): Promise<void> }
  skipWaiting(): Promise<void>
  addEventListener(type: 'install' | 'activate', listen: (event: Waits) => void): void
  addEventListener(type: 'message', listen: (event: MessageEvent) => void): void
  addEventListener(type: 'fetch', listen: (event: Fetches) => void): void
}
interface Waits {
  waitUntil(work: Promise<void>): void
}
interface Fetches {
  request: Request
  respondWith(response: Promise<Response>): void
}

const worker = self as unknown as WorkerScope
const cacheName = `tablet-${provisions.version}`

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(cacheName)
      .then((cache) => cache.addAll(provisions.addresses.map((address) => new Request(address, { cache: 'reload' })))),
  )
})

worker.addEventListener('activate', (event) => {
  const forgetOthers = async () => {
    for (const name of await caches.keys()) if (name !== cacheName) await caches.delete(name)
    await worker.clients.claim()
  }
  event.waitUntil(forgetOthers())
})

worker.addEventListener('message', (event) => {
  if (event.data === 'take over') void worker.skipWaiting()
})

worker.addEventListener('fetch', (event) => {
  const { method, url } = event.request
  const { origin, pathname } = new URL(url)
  if (method !== 'GET' || origin !== location.origin || !provisions.addresses.includes(pathname)) return
  event.respondWith(
    caches
      .open(cacheName)
      .then((cache) => cache.match(pathname))
      .then((kept) => kept ?? fetch(event.request)),
  )
})
