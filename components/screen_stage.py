"""The meeting-room screen as one full-screen block: large type, no menu, no names; slides turn in the browser.

Everything comes in as finished words (`components.screen_words`), so this file only places them. The same data draws
nothing anew, so a poll that finds no change does not flicker.
"""

from typing import Any

import streamlit as st

_HTML = "<div class='stage' aria-live='polite'></div>"
_CSS = """
.stage { position: fixed; inset: 0; z-index: 1000000; display: flex; flex-direction: column; box-sizing: border-box;
         padding: 2.6vw 3.4vw 2vw; background: var(--st-background-color); color: var(--st-text-color);
         font-family: var(--st-font); font-variant-numeric: tabular-nums; overflow: hidden; }
header, footer { display: flex; justify-content: space-between; align-items: baseline; gap: 2vw; }
header .place { font-size: 2.1vw; } header .what { font-size: 2.1vw; opacity: 0.85; }
h1 { font-size: 4.2vw; line-height: 1.2; margin: 0.6vw 0 1.2vw; font-weight: 600; overflow-wrap: anywhere; }
.body { flex: 1; min-height: 0; display: flex; flex-direction: column; justify-content: center; gap: 1.6vw; }
footer { font-size: 1.7vw; opacity: 0.85; } footer a { color: var(--st-link-color); }
.dots span { display: inline-block; width: 0.9vw; height: 0.9vw; border-radius: 50%; margin-left: 0.6vw;
             border: 0.15vw solid currentColor; } .dots span.on { background: currentColor; }
.bars { display: grid; grid-template-columns: auto 1fr; gap: 0.75vw 1.6vw; align-items: center; font-size: 2.1vw; }
.bars.two { grid-template-columns: auto 1fr auto 1fr; }
.bars .name { text-align: right; white-space: nowrap; }
.bar { display: flex; align-items: center; gap: 1vw; font-weight: 600; }
.bar i { display: block; height: 2.1vw; border-radius: 0.3vw; background: var(--st-primary-color); min-width: 0.2vw; }
.list { display: grid; grid-template-columns: auto 1fr auto; gap: 0.9vw 2vw; font-size: 2.3vw; align-items: baseline; }
.list .reason { font-size: 1.8vw; text-align: right; }
.tiles { display: grid; grid-template-columns: repeat(3, 1fr); gap: 2vw; }
.tile { border: 0.15vw solid var(--st-border-color); border-radius: 0.8vw; padding: 1.6vw 2vw;
        background: var(--st-secondary-background-color); }
.tile b { display: block; font-size: 5.4vw; line-height: 1.15; } .tile span { font-size: 2.1vw; }
.motion { font-size: 3.2vw; line-height: 1.45; overflow-wrap: anywhere; }
.light { display: inline-block; font-size: 2.6vw; font-weight: 600; padding: 0.7vw 1.6vw; border-radius: 0.8vw;
         border: 0.3vw solid currentColor; align-self: flex-start; }
.turnout { font-size: 8.5vw; font-weight: 600; line-height: 1.1; } .hint { font-size: 2.4vw; }
.verdict { font-size: 8.5vw; font-weight: 600; line-height: 1.15; }
.votes { display: grid; grid-template-columns: auto 1fr; gap: 0.8vw 2vw; font-size: 3vw; align-items: center; }
.votes .bar i { height: 3vw; } .sentence { font-size: 2.4vw; line-height: 1.5; }
.green { color: var(--st-green-text-color); } .red { color: var(--st-red-text-color); }
.orange { color: var(--st-orange-text-color); } .blue { color: var(--st-blue-text-color); }
.gray { color: var(--st-gray-text-color, var(--st-text-color)); }
"""
_JS = """
const kept = new WeakMap()

const part = (tag, name, text) => {
  const element = document.createElement(tag)
  if (name) element.className = name
  if (text !== undefined) element.textContent = text
  return element
}
const bars = (name, rows, two) => {
  const box = part("div", name + (two ? " two" : ""))
  const most = Math.max(1, ...rows.map((row) => row.value))
  const half = Math.ceil(rows.length / 2)
  // Two columns are read downwards, so the grid, which fills by rows, gets them interleaved.
  const order = two ? rows.slice(0, half).flatMap((row, index) => [row, rows[half + index]]) : rows
  for (const row of order) {
    if (!row) continue
    const bar = part("div", "bar " + (row.colour || ""))
    const fill = part("i")
    fill.style.width = (row.value / most) * (two ? 62 : 78) + "%"
    if (row.colour) fill.style.background = "currentColor"
    bar.append(fill, part("span", "", String(row.value)))
    box.append(part("div", "name", row.name), bar)
  }
  return box
}
const draw = {
  bars: (slide) => [bars("bars", slide.rows, slide.rows.length > 8)],
  list: (slide) => {
    const box = part("div", "list")
    for (const row of slide.rows)
      box.append(part("div", row.colour, row.state), part("div", "", row.name), part("div", "reason", row.reason))
    return [part("div", "hint", slide.summary), slide.rows.length ? box : part("div", "hint", slide.empty)]
  },
  tiles: (slide) => {
    const box = part("div", "tiles")
    for (const row of slide.rows) {
      const tile = part("div", "tile")
      tile.append(part("b", "", row.value), part("span", "", row.name))
      box.append(tile)
    }
    return [box]
  },
  item: (slide) => {
    const found = []
    if (slide.motion) found.push(part("div", "motion", slide.motion))
    if (slide.turnout) found.push(part("div", "hint", slide.method), part("div", "turnout", slide.turnout))
    if (slide.hint) found.push(part("div", "hint", slide.hint))
    if (slide.verdict) {
      found.push(part("div", "verdict " + slide.verdict.colour, slide.verdict.word))
      found.push(bars("votes", slide.votes), part("div", "sentence", slide.sentence))
    }
    if (slide.light) found.push(part("div", "light " + slide.light.colour, slide.light.words))
    return found
  },
}

export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".stage")
  const state = kept.get(root) || { at: 0, timer: null }
  kept.set(root, state)
  const show = () => {
    const slide = data.slides[state.at % data.slides.length]
    const header = part("header")
    header.append(part("div", "place", data.place), part("div", "what", slide.what))
    const body = part("div", "body")
    body.append(...draw[slide.kind](slide))
    const footer = part("footer")
    const left = part("div", "", slide.note || "")
    if (data.exit) {
      const link = part("a", "", data.exit)
      link.href = "/"
      left.append(" ", link)
    }
    const dots = part("div", "dots")
    if (data.slides.length > 1)
      data.slides.forEach((_, index) => dots.append(part("span", index === state.at % data.slides.length ? "on" : "")))
    footer.append(left, dots)
    root.replaceChildren(header, part("h1", "", slide.title), body, footer)
  }
  const same = JSON.stringify(data)
  if (state.same !== same) {
    if (state.kinds !== data.slides.length) state.at = 0
    state.kinds = data.slides.length
    state.same = same
    show()
  }
  clearInterval(state.timer)
  if (data.slides.length > 1)
    state.timer = setInterval(() => { state.at += 1; show() }, data.seconds * 1000)
  return () => clearInterval(state.timer)
}
"""
_component = st.components.v2.component("yiqilai_stage", html=_HTML, css=_CSS, js=_JS)

SECONDS = 12
"""How long a slide of the rotation stays: long enough to read it aloud."""


def stage(place: str, slides: list[dict[str, Any]], *, exit_words: str = "") -> None:
    """Fill the screen; with `exit_words` a preview shows the way back."""
    _component(key="screen.stage", data={"place": place, "slides": slides, "exit": exit_words, "seconds": SECONDS})
