"""The parts of the start page, each drawn as one block of real links: things, the way of needs, days ahead, figures.

One element whatever its length, as `components.lists`; on a phone every row is a card that is a link as a whole.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from components.address import lead_back
from components.wording import _

_HTML = "<div class='today'></div>"
_CSS = """
.today { font-family: var(--st-font); color: var(--st-text-color); font-size: 0.86rem; line-height: 1.4;
         font-variant-numeric: tabular-nums; }
a { color: inherit; text-decoration: none; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.card { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); overflow: hidden; }
.item { display: grid; grid-template-columns: 1.4rem 1fr auto auto; gap: 0 0.7rem; align-items: center;
        padding: 0.36rem 0.8rem; min-height: 48px; box-sizing: border-box; }
.item + .item { border-top: 1px solid var(--st-border-color); }
.item:hover, .bar:hover, .day:hover, .figure:hover { background: var(--st-secondary-background-color); }
.sign { font-family: "Material Symbols Rounded"; font-size: 1.25rem; line-height: 1; font-feature-settings: "liga";
        width: 1.25rem; overflow: hidden; white-space: nowrap; }
.title { font-weight: 600; overflow-wrap: anywhere; }
.sub, .note { font-size: 0.78rem; opacity: 0.8; overflow-wrap: anywhere; }
.note.orange { opacity: 1; }
.badge { font-size: 0.78rem; padding: 0.05rem 0.4rem; border-radius: 0.25rem; white-space: nowrap;
         border: 1px solid currentColor; }
.act { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.22rem 0.8rem;
       min-width: 4.6em; text-align: center; white-space: nowrap; background: var(--st-background-color); }
.item:hover .act { border-color: var(--st-primary-color); color: var(--st-link-color); }
.red { color: var(--st-red-text-color); } .orange { color: var(--st-orange-text-color); }
.green { color: var(--st-green-text-color); } .gray { color: var(--st-gray-text-color); }
.two { display: grid; grid-template-columns: 1fr 1fr; }
.two .act { min-width: 0; } .two .item { border-top: 0; border-bottom: 1px solid var(--st-border-color); }
.more { display: block; padding: 0.5rem 0.8rem; border-top: 1px solid var(--st-border-color);
        color: var(--st-link-color); min-height: 40px; box-sizing: border-box; }
button.more { width: 100%; font: inherit; background: transparent; cursor: pointer; }
.side { padding: 0.6rem 0.3rem 0.5rem; }
.head { font-weight: 600; padding: 0 0.6rem 0.3rem; }
.head .note { font-weight: 400; margin-left: 0.5rem; }
.bar { display: grid; grid-template-columns: 4.6em 1fr 2.4em 5.4em; gap: 0 0.5rem; align-items: center;
       padding: 0.1rem 0.6rem; min-height: 30px; border-radius: 0.25rem; }
.track { height: 0.72rem; border-radius: 0.2rem; background: var(--st-secondary-background-color); }
.fill { height: 100%; border-radius: 0.2rem; background: var(--st-primary-color); min-width: 2px; }
.fill.longest { background: var(--st-orange-color); }
.count { text-align: right; font-weight: 600; }
.day { display: grid; grid-template-columns: 6.4em 1fr; gap: 0 0.5rem; padding: 0.2rem 0.6rem; border-radius: 0.25rem;
       align-items: baseline; }
.empty { padding: 0.2rem 0.6rem 0.3rem; opacity: 0.85; }
.day .when { white-space: nowrap; font-size: 0.8rem; opacity: 0.85; }
.figures { display: grid; grid-template-columns: repeat(4, 1fr); gap: 0.8rem; }
.figure { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.5rem 0.8rem 0.4rem;
          display: block; }
.three { grid-template-columns: repeat(3, 1fr); gap: 0.5rem; } .three .value { font-size: 1.2rem; }
.value { font-size: 1.5rem; font-weight: 600; line-height: 1.25; }
.steps { counter-reset: step; }
svg { display: block; width: 100%; height: 2rem; margin-top: 0.25rem; }
svg rect { fill: var(--st-primary-color); opacity: 0.45; } svg rect.last { opacity: 1; }
.later { display: none !important; }
@media print { .later { display: grid !important; } button.more { display: none; } }
@media (min-width: 641px) and (max-width: 960px) {
  .bar { grid-template-columns: 3em 1fr 2em; } .bar .note { grid-column: 2 / -1; } .day { grid-template-columns: 1fr; }
}
@media (min-width: 961px) { .day span { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; } }
@media (max-width: 640px) {
  .today { font-size: 0.95rem; }
  .things { border: 0; overflow: visible; }
  .two { grid-template-columns: 1fr; }
  .item, .two .item { grid-template-columns: 1.4rem 1fr auto; min-height: 64px; margin-bottom: 0.5rem;
          border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.5rem 0.7rem; }
  .item .badge { grid-column: 3; grid-row: 1; justify-self: end; } .item .act { grid-column: 3; grid-row: 2; }
  .item .sign { grid-row: 1 / span 2; } .item .text { grid-row: 1 / span 2; }
  .item.bare .act { grid-row: 1 / span 2; }
  .act { padding: 0.25rem 0.6rem; margin-top: 0.3rem; } .bare .act { margin-top: 0; }
  .more { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); min-height: 64px;
          padding-top: 1.1rem; } button.more { padding: 0; }
  .bar, .day { min-height: 64px; } .day { align-items: center; }
  .figures { grid-template-columns: 1fr 1fr; gap: 0.5rem; } .figure { padding: 0.5rem 0.6rem; }
}
"""
_JS = """
export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".today")
  const make = (tag, name, text, ...inside) => {
    const element = document.createElement(tag)
    if (name) element.className = name
    if (text !== undefined && text !== null) element.textContent = text
    element.append(...inside)
    return element
  }
  const link = (name, href, ...inside) => {
    if (!href) return make("div", name, null, ...inside)
    const a = make("a", name, null, ...inside)
    a.href = href
    a.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      history.pushState({}, "", href)
      window.dispatchEvent(new PopStateEvent("popstate"))
    }
    return a
  }
  const sign = (one) => {
    const icon = make("span", "sign " + (one.colour || ""), one.kind)
    icon.setAttribute("aria-hidden", "true"); icon.setAttribute("translate", "no")
    return icon
  }
  const item = (one) => {
    const text = make("span", "text", null, make("div", "title", one.title))
    if (one.sub) text.append(make("div", "sub", one.sub))
    const parts = [sign(one), text]
    parts.push(one.badge ? make("span", "badge " + one.colour, one.badge) : make("span"))
    if (one.act) parts.push(make("span", "act", one.act))
    return link(one.badge ? "item" : "item bare", one.href, ...parts)
  }
  const named = (element, words) => { element.title = words; return element }
  const head = () => make("div", "head", data.title, make("span", "note", data.note || ""))
  const draw = {
    things: () => {
      const card = make("div", "card things" + (data.two ? " two" : ""), null, ...data.items.map(item))
      if (data.more) card.append(link("more", data.more.href, data.more.words))
      return card
    },
    steps: () => make("div", "card side", null, head(), ...data.items.map((one) => {
      const fill = make("div", one.longest ? "fill longest" : "fill")
      if (one.share) fill.style.width = one.share + "%"
      else fill.style.display = "none"
      return link("bar", one.href, make("span", "", one.title), make("div", "track", null, fill),
                  make("span", "count", one.badge), make("span", "note" + (one.longest ? " orange" : ""), one.sub))
    })),
    ahead: () => make("div", "card side", null, head(), ...data.items.map((one) =>
      named(link("day", one.href, make("span", "when", one.sub), make("span", "", one.title)), one.title)),
      ...(data.items.length ? [] : [make("div", "empty", data.empty)])),
    figures: () => make("div", data.items.length === 3 ? "figures three" : "figures", null, ...data.items.map((one) => {
      const box = link("figure", one.href, make("div", "note", one.title), make("div", "value", one.badge),
                       make("div", "note", one.sub))
      if (one.way.length) {
        const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg")
        const most = Math.max(1, ...one.way), wide = 100 / one.way.length
        svg.setAttribute("viewBox", "0 0 100 30"); svg.setAttribute("preserveAspectRatio", "none")
        svg.setAttribute("role", "img"); svg.setAttribute("aria-label", one.say)
        one.way.forEach((value, place) => {
          const bar = document.createElementNS("http://www.w3.org/2000/svg", "rect")
          const tall = Math.max(value ? 1.5 : 0.4, (29 * value) / most)
          bar.setAttribute("x", place * wide + wide * 0.15); bar.setAttribute("width", wide * 0.7)
          bar.setAttribute("y", 30 - tall); bar.setAttribute("height", tall)
          if (place === one.way.length - 1) bar.setAttribute("class", "last")
          svg.append(bar)
        })
        box.append(svg)
      }
      return box
    })),
  }
  const drawn = draw[data.way]()
  root.replaceChildren(drawn)
  // On a phone rows are cards: as many as the page has room for, then the rest is asked for.
  const unfold = (from) => {
    const cards = [...drawn.querySelectorAll(".item")], link = drawn.querySelector("a.more")
    cards.forEach((card) => card.classList.remove("later"))
    if (link) link.classList.remove("later")
    const end = cards[from].offsetTop + data.fold
    const rest = cards.findIndex((card, n) => n > from && card.offsetTop + card.offsetHeight > end)
    if (rest < 0) return
    cards.slice(rest).forEach((card) => card.classList.add("later"))
    if (link) link.classList.add("later")
    const more = make("button", "more", data.rest.replace("{n}", cards.length - rest))
    more.type = "button"
    more.onclick = () => { more.remove(); unfold(rest); cards[rest].focus({ preventScroll: true }) }
    drawn.append(more)
  }
  if (data.fold && data.items.length && matchMedia("(max-width: 640px)").matches) unfold(0)
}
"""
_component = st.components.v2.component("yiqilai_today", html=_HTML, css=_CSS, js=_JS)


def block(kind: str, data: Mapping[str, Any], *, key: str) -> None:
    """Draw "things", "steps", "ahead" or "figures"; the pages that it opens lead back here.

    `fold`: pixels of cards on a phone before the rest is asked for.
    """
    opened = [*data["items"], data["more"]] if data.get("more") else data["items"]
    pages = {one["href"].partition("?")[0].removeprefix("/") for one in opened}
    lead_back(pages - {""})
    _component(key=key, data={"way": kind, "rest": _("再看 {n} 条"), **data})


def href(address: str) -> str:
    """The address of a page and what stands behind it."""
    page, _mark, rest = address.partition("?")
    values = parse_qsl(rest)
    return f"/{page}?{urlencode(values)}" if values else f"/{page}"
