// Keeps the page and its files, so that it opens without a network; data never passes through here.
const CACHE = "door-__VERSION__", FILES = __FILES__

self.addEventListener("install", (event) => {
  const fetched = FILES.map((path) => new Request(path, { cache: "reload", credentials: "same-origin" }))
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fetched)).then(() => self.skipWaiting()))
})

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("door-") && name !== CACHE)
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  )
})

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname
  if (event.request.method !== "GET" || !FILES.includes(path)) return
  const kept = caches.open(CACHE).then((cache) => cache.match(path, { ignoreVary: true }))
  event.respondWith(kept.then((found) => found ?? fetch(event.request)))
})
