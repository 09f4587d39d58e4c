// Draws the meeting-room screen, for the preview inside the app (default export) and for the plain page of a display
// link, which it also keeps up to date. Everything comes in as finished words; nothing here is a sentence.

const SVG = "http://www.w3.org/2000/svg"
const MARKS = { yes: "M4 13l5 5L20 6", no: "M5 5l14 14M19 5L5 19", tie: "M4 9h16M4 16h16" }
const LAST_SECONDS = 15

const part = (tag, name, text) => {
  const element = document.createElement(tag)
  if (name) element.className = name
  if (text !== undefined) element.textContent = text
  return element
}
const empty = (element) => {
  while (element.firstChild) element.removeChild(element.firstChild)
}
const drawing = (path, size, name) => {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 " + size + " " + size)
  if (name) svg.setAttribute("class", name)
  const line = document.createElementNS(SVG, "path")
  line.setAttribute("d", path)
  svg.append(line)
  return svg
}
const mark = (kind) => {
  const svg = drawing(MARKS[kind], 24, "mark")
  svg.setAttribute("aria-hidden", "true")
  return svg
}
const marked = (name, kind, words) => {
  const box = part("div", name)
  if (kind) box.append(mark(kind))
  box.append(part("span", "", words))
  return box
}
const bars = (name, rows, columns, widest) => {
  const box = part("div", name)
  const most = Math.max.apply(null, [1].concat(rows.map((row) => row.value)))
  const half = Math.ceil(rows.length / 2)
  // Two columns are read downwards, so the grid, which fills by rows, gets them interleaved.
  const order = []
  for (let index = 0; index < (columns === 2 ? half : rows.length); index++) {
    order.push(rows[index])
    if (columns === 2 && rows[half + index]) order.push(rows[half + index])
  }
  for (const row of order) {
    const bar = part("div", "bar " + (row.colour || ""))
    const fill = part("i")
    fill.style.width = (row.value / most) * widest + "%"
    bar.append(fill, part("span", "", String(row.value)))
    if (row.mark) bar.append(mark(row.mark))
    if (row.word) bar.append(part("span", "won", row.word))
    box.append(part("div", "name", row.name), bar)
  }
  return box
}
const code = (qr) => {
  const box = part("div", "code")
  const svg = drawing(qr.path, qr.size)
  svg.setAttribute("role", "img")
  svg.setAttribute("aria-label", qr.label)
  box.append(svg, part("b", "", qr.label))
  if (qr.letters) box.append(part("span", "", qr.letters))
  return box
}
const floor = (words) => {
  const box = part("div", "floor")
  if (words.seat) {
    const clock = part("div", "clock")
    clock.setAttribute("role", "timer")
    if (words.ends) {
      clock.dataset.ends = words.ends
      clock.dataset.over = words.over
    }
    box.append(part("div", "seat", words.seat), part("div", "side " + words.colour, words.side), clock)
  }
  if (words.waiting) box.append(part("div", "waiting", words.waiting))
  return box
}
const draw = {
  bars: (slide) => [bars("bars" + (slide.rows.length > 8 ? " two" : ""), slide.rows, slide.rows.length > 8 ? 2 : 1,
    slide.rows.length > 8 ? 62 : 78)],
  list: (slide) => {
    const box = part("div", "list")
    for (const row of slide.rows) {
      const words = part("div")
      words.append(part("div", "", row.name), part("div", "reason", row.reason))
      box.append(part("div", "state " + row.colour, row.state), words)
    }
    return [slide.rows.length ? box : part("div", "hint", slide.empty)]
  },
  tiles: (slide) => {
    const box = part("div", slide.rows.length > 4 ? "tiles" : "tiles two")
    for (const row of slide.rows) {
      const tile = part("div", "tile")
      tile.append(part("b", "", row.value), part("span", "", row.name))
      if (row.base) tile.append(part("small", "", row.base))
      box.append(tile)
    }
    return [box]
  },
  wall: (slide) => {
    const box = part("div", "wall")
    for (const row of slide.rows) {
      const promise = part("div", "promise")
      promise.append(part("b", "", row.name), part("span", "", row.reason))
      box.append(promise)
    }
    return [slide.rows.length ? box : part("div", "hint", slide.empty)]
  },
  agenda: (slide) => {
    const box = part("div", "agenda")
    for (const row of slide.rows)
      box.append(part("div", "number", String(row.number)), part("div", "", row.name),
        part("div", "state " + row.colour, row.state))
    return [slide.rows.length ? box : part("div", "hint", slide.empty)]
  },
  item: (slide) => [slide.floor && floor(slide.floor), slide.hint && part("div", "hint", slide.hint)],
  ballot: (slide) => {
    const method = part("div", "method")
    method.append(part("b", "", slide.method))
    const found = [method]
    if (slide.options) {
      found.push(part("div", "method", slide.question))
      const count = slide.options.length
      const columns = count > 24 ? " three" : count > 6 ? " two" : ""
      const list = part("ol", "choices" + columns)
      for (const option of slide.options) list.append(part("li", "", option))
      found.push(list)
    }
    if (slide.turnout) found.push(part("div", "turnout", slide.turnout))
    if (slide.stopped) found.push(part("div", "stopped orange", slide.stopped))
    if (slide.counting) found.push(part("div", "hint", slide.counting))
    if (slide.hint) found.push(part("div", "hint", slide.hint))
    return found
  },
  result: (slide) => {
    const many = slide.votes.length > 6
    const shape = slide.votes.length <= 3 ? " three" : many ? " two" : ""
    return [
      marked("verdict " + slide.verdict.colour, slide.verdict.mark, slide.verdict.word),
      bars("votes" + shape, slide.votes, many ? 2 : 1, many ? 50 : shape ? 82 : 66),
      part("div", "sentence", slide.sentence),
    ]
  },
}

// One stage on one element: `show(data)` draws what is new, `stop()` ends its clock. `data.at` is the server's time.
const onto = (root) => {
  let data = null
  let same = ""
  let ahead = 0
  let at = -1
  const now = () => Date.now() + ahead
  // By the server's clock, so that all screens of a house show the same slide.
  const turn = () => (data.slides.length > 1 ? Math.floor(now() / (data.seconds * 1000)) % data.slides.length : 0)

  const fit = () => {
    const title = root.querySelector("h1")
    const body = root.querySelector(".body")
    const words = root.querySelector(".words")
    if (!words) return
    const shrink = (name, least, tooMuch) => {
      for (let size = 1; ; size *= 0.95) {
        root.style.setProperty(name, size.toFixed(3))
        if (size <= least || !tooMuch()) return
      }
    }
    root.style.setProperty("--fit", "1")
    shrink("--title", 0.45, () => title.offsetHeight > root.clientHeight * 0.24)
    shrink("--fit", 0.28, () => words.offsetHeight > body.clientHeight || words.scrollWidth > words.clientWidth + 1)
  }
  const tick = () => {
    for (const clock of root.querySelectorAll("[data-ends]")) {
      const left = Math.ceil((Number(clock.dataset.ends) - now()) / 1000)
      const words = left > 0 ? Math.floor(left / 60) + ":" + String(left % 60).padStart(2, "0") : clock.dataset.over
      if (clock.textContent !== words) clock.textContent = words
      clock.className = "clock" + (left > LAST_SECONDS ? "" : left > 0 ? " last" : " over")
    }
  }
  const paint = () => {
    at = turn()
    const slide = data.slides[at]
    const header = part("header")
    // Read from ten metres: one line holds the title and the place.
    root.classList.toggle("large", Boolean(slide.large))
    const title = part("h1", "", slide.title)
    if (slide.large) header.append(title, part("div", "place", data.place))
    else header.append(part("div", "place", data.place), part("div", "what", slide.what))
    const words = part("div", "words")
    if (slide.motion) words.append(part("div", "motion", slide.motion))
    for (const piece of draw[slide.kind](slide)) if (piece) words.append(piece)
    const body = part("div", "body")
    body.append(words)
    if (slide.qr) body.append(code(slide.qr))
    const footer = part("footer")
    const left = part("div")
    if (slide.light) left.append(marked("light " + slide.light.colour, slide.light.mark, slide.light.words))
    if (slide.advice) left.append(part("div", "advice orange", slide.advice))
    if (slide.note) left.append(part("span", "", slide.note))
    if (data.exit) {
      const link = part("a", "", data.exit)
      link.href = data.way
      left.append(link)
    }
    const dots = part("div", "dots")
    // A round of many slides is said in numbers: so many dots would take the line of the note.
    if (data.slides.length > 8) dots.append(part("b", "", at + 1 + " / " + data.slides.length))
    else if (data.slides.length > 1)
      data.slides.forEach((_, index) => dots.append(part("span", index === at ? "on" : "")))
    footer.append(left, dots)
    empty(root)
    root.append(header)
    if (!slide.large) root.append(title)
    root.append(body, footer)
    tick()
    fit()
  }
  const clock = setInterval(() => {
    if (!data) return
    if (turn() !== at) paint()
    else tick()
  }, 250)
  const resized = () => data && fit()
  addEventListener("resize", resized)
  return {
    show: (fresh) => {
      const words = JSON.stringify([fresh.place, fresh.slides, fresh.exit])
      if (words === same) return
      same = words
      data = fresh
      ahead = data.at - Date.now()
      paint()
    },
    sync: (moment) => {
      ahead = moment - Date.now()
    },
    stop: () => {
      clearInterval(clock)
      removeEventListener("resize", resized)
    },
  }
}

const kept = new WeakMap()

export default function (component) {
  const root = component.parentElement.querySelector(".stage")
  if (!kept.has(root)) kept.set(root, onto(root))
  kept.get(root).show(component.data)
  return () => {
    kept.get(root).stop()
    kept.delete(root)
  }
}

// --- the plain page of a display link ----------------------------------------------------------------------

const EVERY = 500
const SLOWEST = 5000
const PATIENCE = 3000
const FULL_EVERY = 600000 // a clock that was set right meanwhile counts again after ten minutes

const follow = (root) => {
  const stage = onto(root)
  const words = root.dataset
  let turn = ""
  let qr = null
  let wait = EVERY
  let heard = Date.now()
  let full = 0
  let ended = false
  const lost = part("div", "lost", words.lost)
  lost.setAttribute("role", "status")

  const say = () => {
    // A slide that turns meanwhile takes the mark away, so it is put back.
    if (!ended && !lost.isConnected && Date.now() - heard >= PATIENCE) root.append(lost)
  }
  const end = () => {
    ended = true
    stage.stop()
    empty(root)
    const box = part("div", "ended")
    box.append(part("h1", "", words.ended))
    root.append(box)
  }
  const take = (answer) => {
    if (answer.script !== words.script) {
      // Another version of us is there: come again with its script, but never leave for a page that does not answer.
      fetch(location.href, { cache: "no-store" }).then((page) => page.ok && location.reload(), () => {})
      return
    }
    turn = answer.turn
    if (answer.qr && answer.qr.path) qr = answer.qr
    for (const slide of answer.slides)
      if (slide.qr) slide.qr = Object.assign({}, qr, slide.qr)
    stage.sync(answer.at)
    stage.show(answer)
    full = Date.now()
  }
  const ask = async () => {
    const call = new AbortController()
    const limit = setTimeout(() => call.abort(), PATIENCE)
    try {
      const known = Date.now() - full < FULL_EVERY ? turn : ""
      const address = words.now + "?turn=" + known + (qr ? "&qr=" + encodeURIComponent(qr.id) : "")
      const answer = await fetch(address, { signal: call.signal, cache: "no-store" })
      if (answer.status === 410) return end()
      if (answer.status === 200) take(await answer.json())
      else if (answer.status !== 204) throw new Error(String(answer.status))
      heard = Date.now()
      wait = EVERY
      lost.remove()
    } catch (trouble) {
      say()
      wait = Math.min(SLOWEST, wait * 1.6)
    } finally {
      clearTimeout(limit)
    }
    setTimeout(ask, wait * (0.9 + Math.random() * 0.2))
  }
  setInterval(say, 500)
  ask()

  const whole = () => {
    if (!document.fullscreenElement && document.documentElement.requestFullscreen)
      document.documentElement.requestFullscreen().catch(() => {})
  }
  addEventListener("click", whole)
  const stayOn = () => {
    if (navigator.wakeLock && document.visibilityState === "visible") navigator.wakeLock.request("screen").catch(() => {})
  }
  document.addEventListener("visibilitychange", stayOn)
  stayOn()
}

const page = document.querySelector(".stage[data-now]")
if (page) follow(page)
