// The screen: one number, one large button for a thumb, and what is rarely needed below it.
const WORDS = JSON.parse(document.getElementById("words").textContent)
const t = (name, values = {}) => WORDS[name].replace(/\{(\w+)\}/g, (_all, key) => values[key] ?? "")
const root = document.getElementById("app")
let did = ""

function h(tag, values = {}, ...inside) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(values)) {
    if (name === "on") element.addEventListener("click", value)
    else if (value === true) element.setAttribute(name, "")
    else if (value !== false && value !== undefined) element.setAttribute(name, value)
  }
  element.append(...inside.flat(9).filter((one) => one !== undefined && one !== null && one !== false && one !== ""))
  return element
}

const signed = (amount) => (amount > 0 ? `+${amount}` : `−${-amount}`)
const pending = () => store.waiting().reduce((sum, entry) => sum + (entry.kind === "count" ? entry.amount : 0), 0)
const total = (now) => Math.max(0, now.total + (now.closed ? 0 : pending()))

function put(entry) {
  store.add({ key: newKey(), made: Date.now(), ...entry })
  navigator.vibrate?.(15)
  draw()
  sync.soon(true)
}

function count(amount) {
  const now = store.get("now")
  if (!now || (amount < 0 && total(now) < 1)) return
  did = t("counted", { amount: signed(amount) })
  put({ kind: "count", amount })
}

function queueOf(now) {
  return store.waiting().filter((entry) => entry.kind === "queue").at(-1)?.queue ?? now.queue
}

// The note is drawn once and left alone, so that nothing changes under the fingers of whoever types.
const words = h("textarea", { rows: "2", maxlength: "100", placeholder: t("note_hint"), "aria-label": t("note") })
words.value = store.get("draft") ?? ""
words.addEventListener("input", () => store.set("draft", words.value || null))
const note = h("details", {}, h("summary", {}, t("note")), words, h("div", { class: "row" }, h("button", { type: "button", on: () => {
  if (!words.value.trim()) return
  put({ kind: "note", words: words.value.trim() })
  words.value = ""
  store.set("draft", null)
  did = t("noted")
  draw()
} }, t("save_note"))))

function stall(now) {
  const shut = now.ahead
  return [
    h("div", {}, h("h1", {}, t("stall", now)), h("p", { class: "soft" }, t("hours", now))),
    shut ? h("p", { class: "say" }, t("ahead", { day: now.day })) : "",
    now.closed ? h("p", { class: "say" }, t("closed")) : "",
    h("div", { class: "total" }, h("span", {}, t("served")), h("b", { id: "total", "aria-live": "polite" }, String(total(now)))),
    h("p", { class: "did", role: "status" }, did),
    h("button", { type: "button", class: "main", "data-amount": "1", disabled: shut, on: () => count(1) }, h("span", {}, "+1"), t("plus")),
    h("div", { class: "row" },
      h("button", { type: "button", class: "quiet", "data-amount": "-1", disabled: shut || total(now) < 1, on: () => count(-1) }, `−1 ${t("minus")}`),
      h("button", { type: "button", "data-amount": "5", disabled: shut, on: () => count(5) }, `+5 ${t("plus_five")}`)),
    h("div", {}, h("h2", {}, t("queue")), h("div", { class: "row queue" }, now.queues.map(([value, name]) =>
      h("button", { type: "button", "data-queue": value, disabled: shut, "aria-pressed": String(queueOf(now) === value), on: () => put({ kind: "queue", queue: value }) }, name)))),
    shut ? "" : note,
  ]
}

function foot() {
  const waits = store.waiting().length, refused = store.get("refused") ?? 0
  return h("footer", {},
    refused ? h("p", { class: "bad" }, t("refused", { n: refused })) : "",
    keeps ? "" : h("p", { class: "bad" }, t("not_kept")),
    h("p", { "data-waiting": waits, "aria-live": "polite" }, h("b", {}, waits ? t("unsent", { n: waits }) : t("all_sent")), sync.lost ? h("span", { class: "soft" }, t("no_network")) : ""))
}

function draw() {
  const now = store.get("now"), over = store.get("ended"), waits = store.waiting().length
  const again = () => { store.set("ended", null); sync.soon(true) }
  let inside
  if (over) inside = [h("h1", {}, t("title")), h("p", { class: "say" }, t("ended")), waits ? h("p", { class: "bad" }, t("left_over", { n: waits, amount: pending() })) : "", h("button", { type: "button", on: again }, t("try_again"))]
  else if (!now) inside = [h("h1", {}, t("title")), h("p", { class: "say" }, t("loading")), h("button", { type: "button", on: again }, t("try_again"))]
  else inside = stall(now)
  const typing = document.activeElement === words && inside.includes(note)
  const focused = document.activeElement?.dataset?.amount ?? document.activeElement?.dataset?.queue
  if (typing) {
    const shown = root.querySelector("#total")
    if (shown) shown.textContent = String(total(now))
    root.querySelector("footer")?.replaceWith(foot())
    return
  }
  root.replaceChildren(h("div", { class: "page" }, inside), foot())
  if (focused) root.querySelector(`[data-amount="${focused}"],[data-queue="${focused}"]`)?.focus({ preventScroll: true })
}

// A press of the mouse counts where the button that went down also comes up: what the server said meanwhile is drawn then.
let held = false, late = false

function drawLater() {
  late = held
  if (!held) draw()
}

function letGo() {
  held = false
  if (late) setTimeout(drawLater)
}

addEventListener("pointerdown", (event) => (held = event.button === 0), true)
addEventListener("pointerup", letGo, true)
addEventListener("pointercancel", letGo, true)

sync.changed = drawLater
draw()
sync.soon(true)
addEventListener("online", () => sync.soon(true))
addEventListener("storage", drawLater)
document.addEventListener("visibilitychange", () => (document.hidden ? undefined : sync.soon(true)))
navigator.storage?.persist?.()
if ("serviceWorker" in navigator) navigator.serviceWorker.register("/m/sw.js", { scope: "/m/" }).catch(() => undefined)
