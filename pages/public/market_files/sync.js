// One request at a time, in the order of pressing. An answer that is not understood changes nothing: what waits stays
// and is sent again, under the same key, and the server counts each key once.
const SECOND = 1000, MOST_AT_ONCE = 20, TIMEOUT = 8 * SECOND, LONGEST_PAUSE = 20 * SECOND, FRESH = 10 * SECOND
const ANSWERS = ["stored", "late", "refused"]

const sync = {
  fails: 0, running: false, again: false, timer: 0, lost: false, changed: () => undefined,

  soon(now = false) {
    if (now) this.fails = 0
    clearTimeout(this.timer)
    const pause = this.fails ? Math.min(LONGEST_PAUSE, 2 ** (this.fails - 1) * SECOND) * (0.75 + Math.random() / 2) : 0
    this.timer = setTimeout(() => this.run(), pause)
  },

  async run() {
    if (this.running) {
      this.again = true
      return
    }
    this.running = true
    this.again = false
    try {
      await this.drain()
      this.fails = 0
      this.lost = false
    } catch {
      this.fails += 1
      this.lost = true
    }
    this.running = false
    this.changed()
    clearTimeout(this.timer)
    if (store.get("ended")) return
    if (this.again || store.waiting().length || this.fails) this.soon()
    else this.timer = setTimeout(() => (document.hidden ? undefined : this.run()), FRESH)
  },

  async ask(path, body) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), TIMEOUT)
    const options = { signal: stop.signal, credentials: "same-origin", redirect: "error", cache: "no-store" }
    if (body !== undefined) Object.assign(options, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
    try {
      const response = await fetch(path, options)
      return { status: response.status, value: await response.json() }
    } finally {
      clearTimeout(timer)
    }
  },

  async drain() {
    for (;;) {
      const batch = store.waiting().slice(0, MOST_AT_ONCE)
      const { status, value } = await (batch.length ? this.ask(`/m/${CODE}/entries`, { sent: Date.now(), entries: batch }) : this.ask(`/m/${CODE}/now`))
      if (status === 410 && value.ended) {
        store.set("ended", true)
        return
      }
      if (status !== 200 || !value.now) throw new Error("not understood")
      const known = (value.answers ?? []).filter((one) => ANSWERS.includes(one.state) && batch.some((entry) => entry.key === one.key))
      if (batch.length && !known.length) throw new Error("nothing answered")
      store.remove(new Set(known.map((one) => one.key)))
      const refused = known.filter((one) => one.state === "refused").length
      if (refused) store.set("refused", (store.get("refused") ?? 0) + refused)
      store.set("now", value.now)
      store.set("ended", null)
      this.changed()
      if (!store.waiting().length) return
    }
  },
}
