// The screen: a list of doors, one door in hand, the record of what was sent. Choices before typing, one thumb.
const WORDS = JSON.parse(document.getElementById("words").textContent)
const t = (name, values = {}) => WORDS[name].replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "")
const clock = (moment) => new Date(moment).toLocaleTimeString("sv", { hour: "2-digit", minute: "2-digit" })
const root = document.getElementById("app")
const view = { name: "list", door: 0, where: "", after: "", entry: "" }
let store, sync

function h(tag, values = {}, ...inside) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(values)) {
    if (name === "on") element.addEventListener(tag === "form" ? "submit" : "click", value)
    else if (name === "input") element.addEventListener("input", value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...inside.flat(9).filter((one) => one !== undefined && one !== null && one !== false && one !== ""))
  return element
}

const button = (words, on, kind = "", more = {}) => h("button", { type: "button", class: kind, on, ...more }, words)
const doorName = (door) => door.alias || [door.s, door.r].filter(Boolean).join(" ")
const fullName = (along, door) => door.alias || [along.places.find((one) => one.id === door.p)?.name, door.b, door.s, door.r].filter(Boolean).join(" ")

// --- writing an entry ---------------------------------------------------------------------------------

// Nothing is written before the list that lies here was fetched: a clock that fell back (a flat battery, no network)
// must not make an entry look years old, or it would be cleared away unsent. A list got with a wrong clock says nothing.
const nowBy = (along) => Math.max(Date.now(), along && Math.abs(along.got - along.at) < 60 * 60 * SECOND ? along.got : 0)

const written = async (kind, values, where, after, door) =>
  ({ key: newKey(), kind, values, made: nowBy(await store.get("along")), after, where, door, state: "waiting", owner: await store.get("owner") })

async function put(kind, values, where, after = "", door = 0) {
  const entry = await written(kind, values, where, after, door)
  await store.add(entry)
  sync.soon(kind !== "visit")
  return entry
}

// What is being typed and was not saved yet: one need at a time, so that a phone that puts the page away keeps it.
const draftOf = async () => {
  const draft = await store.get("draft")
  return draft && draft.owner === (await store.get("owner")) ? draft : undefined
}
const forgetDraft = () => store.set("draft", undefined)

function takeUp({ door, where, after }) {
  Object.assign(view, { name: "door", door, where, after })
  return draw()
}

async function keepDraft(values) {
  if (!values.description && !values.category_id && !values.reach && !values.people) return forgetDraft()
  const { door, after, where } = view
  await store.set("draft", { door, after, where, values, at: Date.now(), owner: await store.get("owner") })
}

async function visit(door, outcome) {
  const along = await store.get("along")
  const entry = await put("visit", { household_id: door.id, outcome }, fullName(along, door), "", door.id)
  if (outcome === "not_in") return draw()
  Object.assign(view, { name: "door", door: door.id, where: fullName(along, door), after: entry.key })
  await draw()
}

async function undo(entry) {
  const now = (await store.all()).find((one) => one.key === entry.key)
  if (now && now.state === "waiting" && !now.tried) await discard(now)
  await draw()
}

// An entry that is taken away leaves those that followed it standing on their own, one that is being typed too.
async function discard(entry) {
  await store.replace(entry.key)
  const draft = await store.get("draft")
  if (draft?.after === entry.key) await (draft.door ? store.set("draft", { ...draft, after: "" }) : forgetDraft())
}

// A corrected entry stands in the place of the old one; it still happened when it happened.
async function again(entry, values) {
  await store.replace(entry.key, { ...(await written(entry.kind, values, entry.where, entry.after, entry.door)), made: entry.made, tried: true })
  sync.soon(true)
}

// --- the list -----------------------------------------------------------------------------------------

function doneAt(door, entries, along) {
  return entries.filter((one) => one.kind === "visit" && one.door === door.id && one.state !== "refused" && dayOf(one.made) === dayOf(nowBy(along))).at(-1)
}

function doorCard(door, entries, along) {
  const done = doneAt(door, entries, along)
  const facts = [
    door.m ? t("met", { day: door.m.slice(0, 4) === dayOf(Date.now()).slice(0, 4) ? door.m.slice(5) : door.m }) : t("never"),
    door.t ? t("tries", { n: door.t }) : "",
    door.e ? t("evening") : "",
  ].filter(Boolean)
  const open = () => {
    Object.assign(view, { name: "door", door: door.id, where: fullName(along, door), after: done?.key ?? "" })
    draw()
  }
  const kind = along.kinds.find(([value]) => value === door.k)
  return h("article", { class: done ? "door done" : "door", "data-door": door.id },
    h("button", { type: "button", class: "head", on: open },
      h("b", {}, doorName(door)), door.k === "ordinary" ? "" : h("span", { class: `kind ${door.k}` }, kind?.[1] ?? ""),
      h("small", {}, facts.join(" · ")), door.n ? h("small", { class: "note" }, door.n) : ""),
    done
      ? h("div", { class: "row" },
          h("span", { class: "did" }, `${along.outcomes.find(([value]) => value === done.values.outcome)?.[1] ?? ""} ${clock(done.made)}`),
          done.state === "waiting" && !done.tried ? button(t("undo"), () => undo(done), "quiet") : "",
          button(t("more"), open, "quiet"))
      : h("div", { class: "row" }, along.outcomes.map(([value, words]) => button(words, () => visit(door, value), value === "met" ? "main" : "", { "data-outcome": value }))))
}

function list(along, entries, draft) {
  const parts = []
  let last = ""
  const left = along.doors.filter((door) => !doneAt(door, entries, along)).length
  for (const door of along.doors) {
    const heading = door.alias ? t("named") : `${along.places.find((one) => one.id === door.p)?.name ?? ""} ${door.b}`
    if (heading !== last) parts.push(h("h2", {}, heading))
    last = heading
    parts.push(doorCard(door, entries, along))
  }
  return [
    h("h1", {}, t("title")),
    h("p", { class: "soft" }, t("left", { n: left, all: along.doors.length }), " · ", t("as_of", { at: clock(along.got) })),
    draft ? button(t("drafted_at", { where: draft.where }), () => takeUp(draft), "wide", { "data-draft": true }) : "",
    along.doors.length ? parts : h("p", { class: "say" }, t("no_doors")),
    h("div", { class: "row" }, button(t("other_door"), () => go("other")), button(t("refresh"), fetchDoors, "quiet")),
  ]
}

async function fetchDoors() {
  await sync.refresh(true)
  await draw()
}

// --- one door -----------------------------------------------------------------------------------------

const field = (label, ...inside) => h("fieldset", {}, h("legend", {}, label), inside)

function choices(name, options, start) {
  return h("div", { class: "chips" }, options.map(([value, words]) =>
    h("label", {}, h("input", { type: "radio", name, value, checked: String(start ?? "") === String(value) }), h("span", {}, words))))
}

function needForm(along, start, send, keep) {
  const form = h("form", { class: "card", "data-form": "need", on: (event) => { event.preventDefault(); send(read()) } },
    field(t("category"), choices("category_id", along.categories.map((one) => [one.id, one.name]), start.category_id)),
    field(t("urgency"), choices("urgency", along.urgency, start.urgency ?? "normal")),
    field(t("reach"), choices("reach", along.reach, start.reach)),
    field(t("people"), choices("few", [["1", "1"], ["3", "3"], ["30", "30"], ["100", "100"]], start.people),
      h("input", { name: "people", inputmode: "numeric", maxlength: "6", value: start.people ?? "", "aria-label": t("people") })),
    field(t("words"), h("textarea", { name: "description", rows: "3", maxlength: "1000", placeholder: t("words_hint"), "aria-label": t("words") }, start.description ?? "")),
    h("p", { class: "bad", role: "alert" }),
    h("button", { class: "main wide" }, t("save_need")))
  form.addEventListener("change", (event) => {
    if (event.target.name === "few") form.people.value = event.target.value
    keep?.(read())
  })
  form.addEventListener("input", () => keep?.(read()))
  const read = () => {
    const given = new FormData(form), people = Number(given.get("people"))
    return {
      description: given.get("description").trim(),
      category_id: Number(given.get("category_id")) || null,
      reach: given.get("reach"),
      urgency: given.get("urgency"),
      people: Number.isInteger(people) && people > 0 ? people : null,
    }
  }
  return form
}

// What the phone can see to be missing is said at once; the server looks at everything again.
function missing(form, values) {
  const empty = Object.entries({ category: values.category_id, reach: values.reach, people: values.people, words: values.description }).filter(([, value]) => !value)
  form.querySelector(".bad").textContent = empty.length ? t("missing", { fields: empty.map(([name]) => t(name)).join("、") }) : ""
  return empty.length > 0
}

function factsForm(along, door, start, send) {
  return h("form", { class: "card", "data-form": "facts", on: (event) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget)
    send({ kind: given.get("kind"), door_note: given.get("door_note").trim() })
  } },
    h("h2", {}, t("facts")),
    field(t("kind"), choices("kind", along.kinds, start.kind)),
    field(t("note"), h("input", { name: "door_note", maxlength: "200", value: start.door_note, placeholder: t("note_hint"), "aria-label": t("note") })),
    h("button", { class: "wide" }, t("save_facts")))
}

async function saveFacts(along, door, wanted) {
  const base = { kind: door.k, door_note: door.n }
  if (base.kind === wanted.kind && base.door_note === wanted.door_note) return back()
  await put("facts", { household_id: door.id, base, wanted }, fullName(along, door), "", door.id)
  Object.assign(door, { k: wanted.kind, n: wanted.door_note })
  await store.set("along", along)
  await back()
}

// The need of the door in hand, on the list or not: it begins with what was typed there before.
function needAt(along, draft) {
  const start = draft && draft.door === view.door && draft.where === view.where ? draft.values : {}
  const form = needForm(along, start, async (values) => {
    if (missing(form, values)) return
    await put("need", view.door ? { household_id: view.door, ...values } : values, view.where, view.after, view.door)
    await forgetDraft()
    await back()
  }, keepDraft)
  return form
}

async function nothing() {
  await forgetDraft()
  await back()
}

const anyNeed = () => [h("p", { class: "say" }, t("any_need")), button(t("nothing"), nothing, "main wide", { "data-nothing": true })]

function doorView(along, entries, draft) {
  const door = along.doors.find((one) => one.id === view.door)
  if (!door && !(view.where && view.after)) return list(along, entries, draft)
  const held = entries.filter((entry) => (door ? entry.door === door.id : entry.key === view.after || entry.after === view.after))
  return [
    button(t("back"), back, "quiet"),
    h("h1", {}, view.where),
    door?.n ? h("p", { class: "note" }, door.n) : "",
    view.after ? anyNeed() : h("div", { class: "row" }, along.outcomes.map(([value, words]) => button(words, () => visit(door, value), value === "met" ? "main" : ""))),
    needAt(along, draft),
    !door || door.alias ? "" : factsForm(along, door, { kind: door.k, door_note: door.n }, (wanted) => saveFacts(along, door, wanted)),
    held.length ? [h("h2", {}, t("written")), held.map((entry) => line(entry, along))] : "",
  ]
}

function otherDoor(along) {
  const form = h("form", { class: "card", on: (event) => event.preventDefault() },
    field(t("place"), choices("place_id", along.places.map((one) => [one.id, one.name]), along.places[0]?.id)),
    ["building", "stairwell", "room"].map((name) => field(t(name), h("input", { name, maxlength: "20", "aria-label": t(name), autocomplete: "off" }))),
    h("p", { class: "bad", role: "alert" }),
    h("div", { class: "row" }, along.outcomes.map(([value, words]) => button(words, () => send(value), value === "met" ? "main" : ""))))
  const send = async (outcome) => {
    const given = new FormData(form), values = Object.fromEntries(["building", "stairwell", "room"].map((name) => [name, given.get(name).trim()]))
    if (!values.room) {
      form.querySelector(".bad").textContent = t("missing", { fields: t("room") })
      return
    }
    const place = along.places.find((one) => one.id === Number(given.get("place_id")))
    const where = [place?.name, values.building, values.stairwell, values.room].filter(Boolean).join(" ")
    const entry = await put("visit", { place_id: place?.id ?? null, ...values, outcome }, where)
    if (outcome === "not_in") return back()
    Object.assign(view, { name: "door", door: 0, where, after: entry.key })
    await draw()
  }
  return [button(t("back"), back, "quiet"), h("h1", {}, t("other_door")), form]
}

// --- what became of it --------------------------------------------------------------------------------

const KIND_WORDS = { visit: "visit", need: "need", facts: "facts" }

function stateWords(entry) {
  if (entry.state === "waiting") return (entry.mishaps ?? 0) >= MISHAPS ? t("aside") : t("waiting")
  if (entry.state === "stored") return entry.answer.number ? t("stored_number", { number: entry.answer.number }) : t("stored")
  return t(entry.state)
}

function line(entry, along) {
  const outcome = along?.outcomes?.find(([value]) => value === entry.values?.outcome)?.[1]
  return h("article", { class: `entry ${entry.state}`, "data-key": entry.key, "data-state": entry.state },
    h("b", {}, [t(KIND_WORDS[entry.kind]), outcome].filter(Boolean).join(" · ")),
    h("span", { class: "state" }, stateWords(entry)),
    h("small", {}, `${entry.where} · ${dayOf(entry.made).slice(5)} ${clock(entry.made)}`),
    entry.values?.description ? h("small", {}, entry.values.description) : "",
    entry.values?.wanted?.door_note ? h("small", {}, entry.values.wanted.door_note) : "",
    entry.answer?.said ? h("p", { class: "bad" }, entry.answer.said) : "",
    entry.state === "refused" ? h("div", { class: "row" },
      button(t("correct"), () => { Object.assign(view, { name: "correct", entry: entry.key }); draw() }, "main"),
      button(t("drop"), async () => { if (confirm(t("drop_sure"))) { await discard(entry); await draw() } }, "quiet")) : "",
    entry.state === "conflict" ? h("small", {}, t("conflict_hint")) : "")
}

function queue(along, entries, gone) {
  const waits = entries.filter((entry) => entry.state === "waiting").length
  return [
    button(t("back"), back, "quiet"),
    h("h1", {}, t("record")),
    h("div", { class: "row" }, button(t("send_now"), () => sync.soon(true), "main", { disabled: !waits })),
    gone.length ? h("div", { class: "card bad" }, h("p", {}, t("gone", { n: gone.length })),
      gone.slice(-20).map((one) => h("p", {}, `${t(KIND_WORDS[one.kind])} ${dayOf(one.made).slice(5)} ${clock(one.made)}`)),
      button(t("seen"), async () => { await store.set("gone", []); await draw() })) : "",
    entries.length ? [...entries].reverse().map((entry) => line(entry, along)) : h("p", { class: "say" }, t("nothing_yet")),
    h("h2", {}, t("this_phone")),
    h("p", { class: "soft" }, t("kept_here")),
    button(t("unpair"), () => go("leave")),
  ]
}

function correct(along, entries) {
  const entry = entries.find((one) => one.key === view.entry)
  if (!entry) return queue(along, entries, [])
  const done = async (values) => { await again(entry, { ...entry.values, ...values }); go("queue") }
  let form
  if (entry.kind === "need") form = needForm(along, entry.values, (values) => { if (!missing(form, values)) done(values) })
  else if (entry.kind === "facts") form = factsForm(along, {}, { kind: entry.values.wanted.kind, door_note: entry.values.wanted.door_note }, (wanted) => done({ wanted }))
  else form = h("div", { class: "card row" }, along.outcomes.map(([value, words]) => button(words, () => done({ outcome: value }), value === entry.values.outcome ? "main" : "")))
  return [button(t("back"), () => go("queue"), "quiet"), h("h1", {}, entry.where), h("p", { class: "bad" }, entry.answer?.said ?? ""), form]
}

function leave(entries) {
  const waits = entries.filter((entry) => entry.state === "waiting" || entry.state === "refused")
  const away = async () => {
    try {
      const { status, value } = await sync.ask("/door/leave", {})
      if (status !== 200 && !value.ended) throw new Error()
    } catch {
      root.querySelector(".bad").textContent = t("leave_offline")
      return
    }
    await store.wipe()
    location.reload()
  }
  return [button(t("back"), () => go("queue"), "quiet"), h("h1", {}, t("unpair")),
    waits.length ? [h("p", { class: "say" }, t("leave_unsent", { n: waits.length })), waits.map((entry) => line(entry, {})), button(t("send_now"), () => sync.soon(true), "main wide")] : h("p", { class: "say" }, t("leave_clean")),
    h("p", { class: "bad", role: "alert" }), button(t("leave_now"), away, waits.length ? "quiet" : "main wide")]
}

function ended(why, entries, draft) {
  const unsent = entries.filter((entry) => entry.state === "waiting" || entry.state === "refused")
  return [h("h1", {}, t("title")), h("p", { class: "say" }, t(unsent.length || why !== "other" ? why : "unpaired")),
    unsent.length ? [h("p", { class: "bad" }, t("last_look", { n: unsent.length })), unsent.map((entry) => line(entry, {}))] : "",
    draft ? h("article", { class: "entry" }, h("b", {}, t("drafted")), h("small", {}, draft.where), h("small", {}, draft.values.description)) : "",
    unsent.length ? button(t("copied"), async () => { if (confirm(t("copied_sure"))) { await store.wipe(); location.reload() } }, "wide") : "",
    button(t("try_again"), () => location.reload(), "main wide")]
}

// --- all of it ----------------------------------------------------------------------------------------

function go(name) {
  Object.assign(view, { name, door: 0, where: "", after: "" })
  scrollTo(0, 0)
  return draw()
}

const places = new Map()

// A press of the mouse counts where the button that went down also comes up: what the server said meanwhile is drawn then.
let held = false, late = false

function letGo() {
  held = false
  if (late) setTimeout(() => draw(true))
}

addEventListener("pointerdown", (event) => (held = event.button === 0), true)
addEventListener("pointerup", letGo, true)
addEventListener("pointercancel", letGo, true)

async function back() {
  view.name = "list"
  await draw()
}

// `paired`: this phone holds a list. Without one nothing was sent or will be sent from it, and it does not say so.
function foot(entries, paired) {
  const unsent = entries.filter((entry) => entry.state === "waiting"), refused = entries.filter((entry) => entry.state === "refused")
  const old = unsent.filter((entry) => Date.now() - entry.made > WARN).length
  return h("footer", {},
    old ? h("p", { class: "bad" }, t("soon_gone", { n: old })) : "",
    !paired && !unsent.length && !refused.length ? "" : h("button", { type: "button", class: "pill", "data-waiting": unsent.length, on: () => go("queue"), "aria-live": "polite" },
      h("b", {}, unsent.length ? t("unsent", { n: unsent.length }) : t("all_sent")),
      refused.length ? h("span", { class: "state refused" }, t("refused_n", { n: refused.length })) : "",
      paired && sync.lost ? h("small", {}, t("no_network")) : ""))
}

async function draw(quietly = false) {
  const entries = await store.all(), along = await store.get("along"), over = await store.get("ended"), gone = (await store.get("gone")) ?? []
  const draft = await draftOf()
  late = quietly && held
  if (late) return
  // Somebody is typing: only the foot may change under the fingers.
  const typing = quietly && ["door", "other", "correct", "leave"].includes(view.name) && along && !over
  const bottom = foot(entries, along && !over)
  if (typing) {
    root.querySelector("footer")?.replaceWith(bottom)
    return
  }
  let inside
  if (over) inside = ended(over.why, entries, draft)
  else if (!along) inside = [h("h1", {}, t("title")), h("p", { class: "say" }, entries.length ? t("expired") : t("loading")), entries.map((entry) => line(entry, {})), button(t("try_again"), () => sync.soon(true), "main wide")]
  else if (view.name === "door") inside = doorView(along, entries, draft)
  else if (view.name === "other") inside = otherDoor(along)
  else if (view.name === "queue") inside = queue(along, entries, gone)
  else if (view.name === "correct") inside = correct(along, entries)
  else if (view.name === "leave") inside = leave(entries)
  else inside = list(along, entries, draft)
  const at = places.get(view.name) ?? 0
  if (view.shown === "list") places.set("list", scrollY)
  const same = view.shown === view.name, from = scrollY
  root.replaceChildren(h("div", { class: "page" }, inside), bottom)
  scrollTo(0, same ? from : view.name === "list" ? places.get("list") ?? at : 0)
  view.shown = view.name
}

async function begin() {
  store = await openStore()
  sync = new Sync(store, () => draw(true))
  await sync.expire()
  const draft = await draftOf()
  await (draft ? takeUp(draft) : draw())
  sync.soon(true)
  addEventListener("online", () => sync.soon(true))
  document.addEventListener("visibilitychange", async () => {
    if (document.hidden) return
    await sync.expire()
    sync.soon(true)
  })
  setInterval(() => sync.expire().then(() => draw(true)), 60 * SECOND)
  navigator.storage?.persist?.()
  if ("serviceWorker" in navigator) navigator.serviceWorker.register("/door/sw.js", { scope: "/door" }).catch(() => undefined)
}

begin()
