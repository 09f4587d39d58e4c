// Keeps the page and its files, so that a stall's address opens without a network; what is counted never passes here.
const CACHE = "market-__VERSION__", FILES = __FILES__, STALL = /^\/m\/[^/.]*$/

self.addEventListener("install", (event) => {
  const fetched = FILES.map((path) => new Request(path, { cache: "reload", credentials: "same-origin" }))
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fetched)).then(() => self.skipWaiting()))
})

self.addEventListener("activate", (event) => {
  const old = (names) => names.filter((name) => name.startsWith("market-") && name !== CACHE)
  event.waitUntil(
    caches.keys().then((names) => Promise.all(old(names).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  )
})

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname
  // Every stall has the same page: its number and its count come afterwards, by the address.
  const kept = FILES.includes(path) ? path : STALL.test(path) ? "/m/" : ""
  if (event.request.method !== "GET" || !kept) return
  const held = caches.open(CACHE).then((cache) => cache.match(kept, { ignoreVary: true }))
  event.respondWith(held.then((found) => found ?? fetch(event.request)))
})
