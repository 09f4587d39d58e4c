// Sends the queue in its order, again and again, until the server has answered each entry. An answer that is not
// understood changes nothing: the entry stays and is sent again. Keys let the server store each once.
const SECOND = 1000, DAY = 86_400 * SECOND
const KEEP = 7 * DAY, WARN = 5 * DAY, LAST_LOOK = DAY
const TIMEOUT = 8 * SECOND, LONGEST_PAUSE = 30 * SECOND, UNDO = 4 * SECOND, FRESH = 10 * 60 * SECOND
const MOST_AT_ONCE = 8, MOST_BYTES = 6000, MISHAPS = 3
const ANSWERS = ["stored", "refused", "conflict"]

class Sync {
  constructor(store, changed) {
    Object.assign(this, { store, changed, fails: 0, missed: 0, running: false, again: false, timer: 0, lost: false })
  }

  // Ask soon; `now` also forgets how often it failed.
  soon(now = false) {
    if (now) this.fails = 0
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this.run(), now ? 0 : this.pause())
  }

  pause() {
    return this.fails ? Math.min(LONGEST_PAUSE, 2 ** (this.fails - 1) * SECOND) * (0.75 + Math.random() / 2) : UNDO / 4
  }

  async run() {
    if (this.running) {
      this.again = true
      return
    }
    this.running = true
    this.again = false
    try {
      await this.alone(() => this.drain())
    } catch {
      this.fails += 1
    }
    this.running = false
    await this.changed()
    const waits = (await this.store.all()).some((entry) => entry.state === "waiting")
    clearTimeout(this.timer)
    if (this.ended) return
    if (this.again || waits || this.fails) this.soon(this.again && !this.fails)
    else this.timer = setTimeout(() => this.run(), FRESH)
  }

  // One tab sends at a time. A tab that sleeps with the lock is not waited for: keys make a second sender harmless.
  async alone(work) {
    if (!navigator.locks || this.missed >= 3) {
      this.missed = 0
      return work()
    }
    return navigator.locks.request("yiqilai-door", { ifAvailable: true }, async (lock) => {
      if (!lock) {
        this.missed += 1
        return
      }
      this.missed = 0
      await work()
    })
  }

  async ask(path, body) {
    const stop = new AbortController(), timer = setTimeout(() => stop.abort(), TIMEOUT)
    const options = { signal: stop.signal, credentials: "same-origin", redirect: "error", cache: "no-store" }
    if (body !== undefined) Object.assign(options, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) })
    try {
      const response = await fetch(path, options)
      const value = await response.json()
      return { status: response.status, value }
    } finally {
      clearTimeout(timer)
    }
  }

  // What may be sent now, in order: nothing overtakes an entry that waits, except one that the server keeps failing on.
  async next() {
    const held = await this.store.all(), of = new Map(held.map((entry) => [entry.key, entry]))
    const owner = await this.store.get("owner")
    const aside = (entry) => (entry.mishaps ?? 0) >= MISHAPS || (of.get(entry.after)?.state === "waiting" && aside(of.get(entry.after)))
    const waiting = held.filter((entry) => entry.state === "waiting" && entry.owner === owner && of.get(entry.after)?.state !== "refused")
    const ready = waiting.filter((entry) => !aside(entry))
    const batch = []
    let bytes = 100
    for (const entry of ready.length ? ready : waiting.slice(0, 1)) {
      const age = Date.now() - entry.made
      if (entry.kind === "visit" && !entry.tried && age >= 0 && age < UNDO) break
      const told = { key: entry.key, kind: entry.kind, made: entry.made, after: entry.after, values: entry.values }
      bytes += new TextEncoder().encode(JSON.stringify(told)).length
      if (batch.length && (bytes > MOST_BYTES || batch.length >= MOST_AT_ONCE)) break
      batch.push(told)
      if (!ready.length) break
    }
    return batch
  }

  async drain() {
    for (;;) {
      const batch = await this.next()
      if (!batch.length) {
        await this.refresh()
        return
      }
      for (const entry of batch) await this.store.change(entry.key, (one) => (one.tried = true))
      let reply
      try {
        reply = await this.ask("/door/entries", { owner: await this.store.get("owner"), sent: Date.now(), entries: batch })
      } catch {
        return this.failed()
      }
      const { status, value } = reply
      if ((status === 401 || status === 410) && value.ended) return this.end()
      if (status === 409 && value.other) return this.other()
      if (status !== 200 || !Array.isArray(value.answers)) return this.failed()
      let understood = 0
      for (const answer of value.answers) {
        if (!ANSWERS.includes(answer?.state) || !batch.some((one) => one.key === answer.key)) continue
        understood += 1
        await this.answered(answer)
      }
      if (value.mishap) await this.store.change(value.mishap.key, (one) => (one.mishaps = (one.mishaps ?? 0) + 1))
      await this.changed()
      if (value.ended) return this.end()
      if (!understood) return this.failed()
      this.reached()
    }
  }

  async answered(answer) {
    // Refused because the one before it was: it waits until that one is corrected.
    const held = await this.store.all(), after = held.find((one) => one.key === answer.key)?.after
    if (answer.state === "refused" && held.some((one) => one.key === after && one.state === "refused")) return
    const entry = await this.store.change(answer.key, (one) => {
      Object.assign(one, { state: answer.state, answer, mishaps: 0 })
      // What the server has need not lie on the phone any longer.
      if (answer.state !== "refused") one.values = { household_id: one.values.household_id, outcome: one.values.outcome }
    })
    const along = answer.facts && entry ? await this.store.get("along") : undefined
    if (!along) return
    const later = (await this.store.all()).some((one) => one.kind === "facts" && one.state === "waiting" && one.values.household_id === entry.values.household_id)
    const door = along.doors.find((one) => one.id === entry.values.household_id)
    if (!door || later) return
    Object.assign(door, { k: answer.facts.kind, n: answer.facts.door_note })
    await this.store.set("along", along)
  }

  // Fetch the doors when what lies here is not of this hour; facts that still wait stay as they were written.
  async refresh(force = false) {
    const along = await this.store.get("along")
    if (!force && along && Math.abs(Date.now() - along.got) < FRESH && along.day === dayOf(Date.now()) && !this.fails) return
    let reply
    try {
      reply = await this.ask("/door/doors")
    } catch {
      return this.failed()
    }
    const { status, value } = reply
    if ((status === 401 || status === 410) && value.ended) return this.end()
    if (status !== 200 || !Array.isArray(value.doors)) return this.failed()
    const owner = await this.store.get("owner")
    if (owner && owner !== value.owner && (await this.store.all()).some((entry) => entry.state !== "stored")) {
      return this.other()
    }
    for (const entry of await this.store.all()) {
      const door = entry.kind === "facts" && entry.state === "waiting" && value.doors.find((one) => one.id === entry.values.household_id)
      if (door) Object.assign(door, { k: entry.values.wanted.kind ?? door.k, n: entry.values.wanted.door_note ?? door.n })
    }
    await this.store.set("owner", value.owner)
    await this.store.set("ended", undefined)
    await this.store.set("along", { ...value, got: Date.now() })
    this.reached()
  }

  // The key of this phone does not hold any more: doors go at once, what was not sent may be read for one more day.
  async end() {
    if (!(await this.store.get("ended"))) {
      const known = await this.store.get("owner")
      await this.store.set("ended", { at: Date.now(), why: known ? "stopped" : "unpaired" })
    }
    await this.store.set("along", undefined)
    for (const entry of await this.store.all()) if (entry.state === "stored" || entry.state === "conflict") await this.store.remove(entry.key)
    this.ended = true
    this.fails = 0
  }

  // Somebody else's phone now: what the first one wrote is neither sent in another name nor mixed up.
  async other() {
    await this.store.set("along", undefined)
    await this.store.set("ended", { at: Date.now(), why: "other" })
    this.ended = true
  }

  // Seven days are the end of everything on this phone; what was never sent leaves a line that says so.
  async expire() {
    const now = Date.now(), along = await this.store.get("along"), ended = await this.store.get("ended")
    if (along && now - along.got > KEEP) await this.store.set("along", undefined)
    const draft = await this.store.get("draft")
    if (draft && (now - draft.at > KEEP || (ended && now - ended.at > LAST_LOOK))) await this.store.set("draft", undefined)
    const over = (await this.store.all()).filter((entry) => now - entry.made > KEEP || (ended && now - ended.at > LAST_LOOK))
    if (!over.length) return
    const unsent = over.filter((entry) => entry.state === "waiting" || entry.state === "refused")
    const gone = (await this.store.get("gone")) ?? []
    const lines = unsent.map((entry) => ({ kind: entry.kind, made: entry.made }))
    if (lines.length) await this.store.set("gone", [...gone, ...lines].slice(-200))
    for (const entry of over) await this.store.remove(entry.key)
  }

  failed() {
    this.fails += 1
    this.lost = true
  }

  reached() {
    this.fails = 0
    this.lost = false
  }
}

const dayOf = (moment) => new Date(moment).toLocaleDateString("sv")
