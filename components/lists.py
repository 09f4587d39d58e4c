"""A list of rows as one block: a table on a desktop, cards on a phone, real links for keyboard and screen reader.

One element whatever its length (docs/parts.md 1.2: rows of widgets cost seven empty pages, one block costs one).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

import streamlit as st

from components.address import way_to
from components.wording import _
from components.wording.dates import Near, number
from components.wording.terms import look, term

_HTML = "<div class='rows'></div>"
_CSS = """
.rows { overflow-x: auto; font-family: var(--st-font); color: var(--st-text-color);
        font-size: 0.86rem; line-height: 1.5; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 600; padding: 0.45rem 0.6rem; border-bottom: 2px solid var(--st-border-color);
     white-space: nowrap; }
td { padding: 0.42rem 0.6rem; border-bottom: 1px solid var(--st-border-color); vertical-align: top;
     overflow-wrap: break-word; text-wrap: pretty; }
td.long { overflow-wrap: anywhere; }
/* The head of a long table stays below the bar of the menu, which is 3.75rem high. */
th { background: var(--st-background-color); }
.rows.fits { overflow: visible; } .fits th { position: sticky; top: 3.75rem; z-index: 1;
           box-shadow: inset 0 -2px 0 var(--st-border-color); }
th button { all: unset; cursor: pointer; font: inherit; color: inherit; }
th button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
th[aria-sort] button::after { content: "↑" / ""; margin-left: 0.25em; }
th[aria-sort=descending] button::after { content: "↓" / ""; }
/* Few columns stay near each other on a wide screen, and as wide as a field that stands below them. */
@media screen and (min-width: 1001px) { table { max-width: max(48rem, calc(var(--columns) * 15.5rem)); } }
td.quiet { opacity: 0.62; }
tfoot td { font-weight: 600; border-bottom: 0; border-top: 2px solid var(--st-border-color); }
th.number, td.number { text-align: right; white-space: nowrap; }
@media (min-width: 641px) { .number + :not(.number) { padding-left: 1.6rem; } }
td.text { min-width: 5.2em; }
td.wide { min-width: 10em; width: 38%; }
td.nowrap { white-space: nowrap; overflow-wrap: normal; }
/* What and its value about one thing: the words beside say what it is, a heading over them says nothing. */
.facts thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
.facts td.first { width: 6.5em; color: var(--st-text-color); opacity: 0.8; }
.facts td.first:has(a) { opacity: 1; }
.facts td.wide { width: auto; min-width: 0; }
a { color: var(--st-link-color); text-underline-offset: 0.2em; }
tr:hover td { background: var(--st-secondary-background-color); }
tr[data-href] { cursor: pointer; }
tr.later { display: none; }
.more { display: block; width: 100%; min-height: 48px; font: inherit; cursor: pointer; color: var(--st-link-color);
        background: transparent; border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); }
.state { white-space: nowrap; } .state.words { white-space: normal; }
.state::before { content: ""; display: inline-block; width: 0.6em; height: 0.6em; border-radius: 50%;
                 margin-right: 0.4em; background: currentColor; }
.state.red::before { border-radius: 0; transform: rotate(45deg); }
.state.orange::before { border-radius: 0; }
.red { color: var(--st-red-text-color); } .orange { color: var(--st-orange-text-color); }
.green::before { background: var(--st-green-text-color); } .blue::before { background: var(--st-blue-text-color); }
.gray { color: var(--st-text-color); }
.empty { padding: 1.2rem 0.2rem; }
@media (max-width: 640px) {
  table, tbody, tfoot, tr, td { display: block; width: 100%; box-sizing: border-box; }
  thead { position: absolute; clip-path: inset(50%); height: 1px; width: 1px; overflow: hidden; }
  tr { display: flex; flex-wrap: wrap; border: 1px solid var(--st-border-color);
       border-radius: var(--st-base-radius); margin-bottom: 0.5rem; padding: 0.3rem 0; }
  tr.later { display: none; }
  .rows { font-size: 0.9rem; }
  td, td.number, td.text, td.wide { border: 0; min-width: 0; width: 100%; padding: 0.1rem 0.7rem; text-align: left; }
  td, td.number, td.text { width: auto; max-width: 100%; white-space: normal; overflow-wrap: anywhere; }
  td.first, td.wide { flex: 1 0 100%; }
  td[data-label]:not([data-label=""])::before { content: attr(data-label) " "; opacity: 0.75; font-size: 0.85em; }
  td.first { font-weight: 600; } td.first:not(.small)::before, td.lead::before { content: none !important; }
  td.lead { font-weight: 600; flex: 1 0 100%; font-size: 1.05em; padding-top: 0.3rem; }
  td.first.small { font-weight: 400; flex: 0 0 auto; font-size: 0.9em; }
  td.first a { display: inline-block; padding: 0.7rem 0; margin: -0.4rem 0; min-width: 44px; }
  td:empty { display: none; }
  .facts tr { border: 0; border-bottom: 1px solid var(--st-border-color); border-radius: 0; margin: 0;
              padding: 0.2rem 0; flex-wrap: nowrap; align-items: baseline; }
  .facts td.first { flex: 0 0 7.2em; font: inherit; padding-top: 0.1rem; white-space: normal; }
  .facts td.wide { flex: 1 1 0; } .facts td::before { content: none !important; }
}
@media print {
  .rows { overflow: visible; font-size: 9.5pt; } thead { display: table-header-group; } tr { break-inside: avoid; }
  td, td.wide, td.text { min-width: 0; } th, .fits th { white-space: normal; position: static; box-shadow: none; }
  a { text-decoration: none; } tr.later { display: table-row; } .more { display: none; }
}
"""
_JS = """
const LOUD = { red: "0", orange: "1", blue: "2", gray: "3", green: "4" }
const sort = (table, head, th) => {
  const at = [...head.cells].indexOf(th)
  const down = th.getAttribute("aria-sort") === "ascending"
  for (const one of head.cells) one.removeAttribute("aria-sort")
  th.setAttribute("aria-sort", down ? "descending" : "ascending")
  const read = (row) => {
    const cell = row.cells[at]
    const number = parseFloat(cell.dataset.order.replaceAll(",", ""))
    return cell.classList.contains("number") && !Number.isNaN(number) ? number : cell.dataset.order
  }
  const body = table.tBodies[0]
  const order = [...body.rows].sort((one, other) => {
    const [a, b] = [read(one), read(other)]
    if (a === "" || b === "") return (a === "") - (b === "")
    const numbers = typeof a === "number" && typeof b === "number"
    const less = numbers ? a - b : String(a).localeCompare(String(b), "zh", { numeric: true })
    return down ? -less : less
  })
  body.append(...order)
  // Sorted, the worst may be among those that are folded away.
  order.forEach((row) => row.classList.remove("later"))
  const more = table.parentElement.querySelector(".more")
  if (more) more.remove()
}
export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".rows")
  root.replaceChildren()
  if (!data.rows.length) {
    const p = document.createElement("p")
    p.className = "empty"; p.textContent = data.empty
    root.append(p)
    return
  }
  const table = document.createElement("table")
  if (data.facts) table.className = "facts"
  table.style.setProperty("--columns", data.columns.length)
  if (data.caption) table.setAttribute("aria-label", data.caption)
  const head = table.createTHead().insertRow()
  for (const column of data.columns) {
    const th = document.createElement("th")
    th.scope = "col"
    if (data.rows.length > 1 && !data.facts && column.label) {
      const button = document.createElement("button")
      button.type = "button"; button.textContent = column.label
      button.onclick = () => sort(table, head, th)
      th.append(button)
    } else th.textContent = column.label
    if (column.kind === "number") th.className = "number"
    head.append(th)
  }
  const body = table.createTBody()
  const follow = (href) => {
    // One step of the browser's history, which the app follows as it follows back and forward; the entry of the list
    // remembers the row.
    history.replaceState({ ...history.state, row: href }, "")
    history.pushState({}, "", href)
    window.dispatchEvent(new PopStateEvent("popstate"))
  }
  for (const row of data.rows) {
    const tr = body.insertRow()
    if (row.href) {
      // The whole row follows its link for a finger or a mouse; the link itself is for keyboard and screen reader.
      tr.dataset.href = row.href
      tr.onclick = (event) => {
        if (event.target.closest("a") || String(getSelection())) return
        if (event.ctrlKey || event.metaKey) window.open(row.href)
        else follow(row.href)
      }
    }
    data.columns.forEach((column, index) => {
      const td = tr.insertCell()
      const cell = row.cells[index]
      td.dataset.label = index || (column.rank && !row.href) ? column.label : ""
      const place = [index ? "" : "first", !index && column.rank ? "small" : "", column.rank ? "" : "lead"]
      td.className = [column.kind, ...place].filter(Boolean).join(" ")
      td.style.order = column.rank
      const plain = cell && typeof cell === "object" ? cell.text : cell
      td.dataset.order = cell && cell.order !== undefined ? cell.order : plain === undefined ? cell.word : plain ?? ""
      // What is nothing steps back, so that what is something is seen.
      if (column.kind === "number" && /^(0|0%|—)$/.test(String(plain))) td.classList.add("quiet")
      // Words stay whole and make their column wide enough; what has no end, such as a checksum, breaks anywhere.
      if (/[!-~]{25}/.test(String(plain))) td.classList.add("long")
      let text = td
      if (index === 0 && row.href) {
        const a = document.createElement("a")
        a.href = row.href
        a.onclick = (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          follow(row.href)
        }
        td.append(a); text = a
      }
      if (cell && typeof cell === "object" && cell.text !== undefined) {
        text.append(cell.text)
      } else if (cell && typeof cell === "object") {
        const span = document.createElement("span")
        td.dataset.order = (LOUD[cell.colour] || "5") + cell.word
        span.className = `state ${cell.colour}${/^(?=.{15}).* /.test(cell.word) ? " words" : ""}`
        span.textContent = cell.word
        text.append(span)
      } else if (cell !== null && cell !== undefined) {
        text.append(String(cell))
      }
    })
  }
  if (data.totals) {
    const foot = table.createTFoot().insertRow()
    data.totals.forEach((total, index) => {
      const td = foot.insertCell()
      td.className = [data.columns[index].kind, index ? "" : "first"].join(" ").trim()
      td.dataset.label = index ? data.columns[index].label : ""
      td.textContent = total
    })
  }
  root.append(table)
  // What is wider than its place is cards in a narrow window, as on a phone; in a wide one it is pushed sideways.
  const fits = () => table.scrollWidth <= root.clientWidth + 1
  const rules = [...root.getRootNode().styleSheets].flatMap((sheet) => [...sheet.cssRules])
  const cards = rules.find((rule) => rule.media && rule.media.mediaText.includes("max-width")).media
  const fit = () => {
    cards.mediaText = "(max-width: 640px)"
    if (!fits()) cards.mediaText = "screen and (max-width: 960px)"
    // Any other table keeps its head in sight.
    root.classList.toggle("fits", fits())
  }
  fit()
  addEventListener("resize", fit)
  // On a phone a list is cards: twenty of them or as many as fit, then the rest is asked for; at a desk by the number.
  const narrow = matchMedia(cards.mediaText).matches
  const most = narrow ? 20 : data.most
  const unfold = (from) => {
    const shown = [...body.rows]
    shown.forEach((tr) => tr.classList.remove("later"))
    const top = shown[from] ? shown[from].offsetTop : 0
    const end = narrow ? top + data.fold : Infinity
    const rest = shown.findIndex((tr, n) => n > from && (n >= from + most || tr.offsetTop + tr.offsetHeight > end))
    if (rest < 0) return
    shown.slice(rest).forEach((tr) => tr.classList.add("later"))
    const more = document.createElement("button")
    more.className = "more"; more.type = "button"
    more.textContent = data.more.replace("{n}", shown.length - rest)
    more.onclick = () => {
      more.remove(); unfold(rest)
      const link = shown[rest].querySelector("a")
      if (link) link.focus({ preventScroll: true })
    }
    root.append(more)
  }
  const back = history.state && history.state.row
  const left = back && [...table.querySelectorAll("a")].find((a) => a.getAttribute("href") === back)
  if (!data.facts) unfold(0)
  if (left) {
    while (left.closest("tr.later")) root.querySelector(".more").click()
    history.replaceState({ ...history.state, row: null }, "")
    left.scrollIntoView({ block: "center" })
    left.focus({ preventScroll: true })
  }
  return () => removeEventListener("resize", fit)
}
"""


def _sent(text: str) -> str:
    """The lines without comments and margins, which only we read: all of it goes out with each list of each page."""
    lines = (line.strip() for line in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL).splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


_component = st.components.v2.component("yiqilai_rows", html=_HTML, css=_sent(_CSS), js=_sent(_JS))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: `field` of the row, its label, and how it is set."""

    field: str
    label: str
    kind: Literal["text", "wide", "number", "nowrap"] = "text"
    total: bool = False
    """The numbers of this column add up: their sum stands below, unless one of them is hidden."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A word that shows like a state: a sign of its own and a colour, for what no enumeration holds."""

    word: str
    colour: Literal["green", "red", "orange", "blue", "gray"]


FOLD, FOLD_SHORT = 1250, 440
"""Pixels of cards on a phone before the rest is asked for: with what else stands on a page it stays below 3,000."""
AT_DESK, AT_DESK_SHORT = 50, 20
"""Rows at a desk before the rest is asked for; no list that is read page by page has more than fifty."""
_PLACE, _LATE, _REST, _LAST = 1, 2, 3, 9
_RANKS = dict.fromkeys(("place", "where", "door"), _PLACE) | dict.fromkeys(("late", "overdue", "due"), _LATE)
"""Where a field stands on a phone's card, below what it is about."""
_MATTERS = ("title", "name", "what", "service")
_COUNTS = ("number", "position", "seat")
"""What only counts or tells rows apart; a card does not lead with it."""


def _ranks(columns: Sequence[Column]) -> list[int]:
    """The order of a card: what it is about first, then where and how late, a mere number small and last."""
    fields = [column.field for column in columns]
    lead = next((fields.index(one) for one in _MATTERS if one in fields), 0) if fields and fields[0] in _COUNTS else 0
    ranks = [_RANKS.get(field, _REST) for field in fields]
    if lead:
        ranks[0] = _LAST
    return [0 if index == lead else rank for index, rank in enumerate(ranks)]


def _cell(value: object) -> object:
    if isinstance(value, Marked):
        return {"word": value.word, "colour": value.colour}
    if isinstance(value, StrEnum):
        return {"word": term(value), "colour": look(value)[1]}
    if isinstance(value, bool):
        return _("是") if value else ""
    if isinstance(value, Near):
        return {"text": str(value), "order": value.order}
    return value


def _totals(items: Sequence[Mapping[str, object]], columns: Sequence[Column]) -> list[str] | None:
    """What stands below the columns that add up; None without one, or where there is only one row."""
    sums: list[str] = []
    for column in columns:
        values = [str(item.get(column.field)).replace(",", "") for item in items]
        adds = column.total and all(value.isdecimal() for value in values)
        sums.append(number(sum(map(int, values))) if adds else "")
    if len(items) < 2 or not any(sums):
        return None
    return [_("合计"), *sums[1:]]


def rows(
    items: Sequence[Mapping[str, object]],
    columns: Sequence[Column],
    *,
    key: str,
    empty: str,
    caption: str = "",
    page: str = "",
    name: str = "id",
    value: str = "id",
    facts: bool = False,
    short: bool = False,
) -> None:
    """Draw rows; enumeration values show as states.

    `page` is the url path that the first cell leads to with `?name=`, filled with the row's field `value`.
    `facts`: two columns, what and its value, about one thing: on a phone they stay lines instead of becoming cards.
    `short`: one of several parts of a page: it shows few rows before the rest is asked for.
    """
    way = way_to(page, name) if page else None
    data = {
        "columns": [
            {"label": column.label, "kind": column.kind, "rank": rank}
            for column, rank in zip(columns, _ranks(columns), strict=True)
        ],
        "rows": [
            {
                "cells": [_cell(item.get(column.field)) for column in columns],
                "href": way(item[value]) if way and item.get(value) is not None else None,
            }
            for item in items
        ],
        "totals": _totals(items, columns),
        "empty": "" if items else empty,
        "caption": caption,
        "facts": facts,
        "fold": FOLD_SHORT if short else FOLD,
        "most": AT_DESK_SHORT if short else AT_DESK,
        "more": _("再看 {n} 条"),
    }
    _component(key=key, data=data)
