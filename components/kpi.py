"""Numbers that never stand alone: each with its definition (口径), its parts, n and period. One block, one element."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import streamlit as st

from components.wording import _
from components.wording.dates import number
from db.rules.projects.progress import Rate

_HTML = "<div class='numbers' role='list'></div>"
_CSS = """
.numbers { --least: max(12rem, 100% / var(--across) - 0.7rem); display: grid; gap: 0.7rem;
           grid-template-columns: repeat(auto-fit, minmax(var(--least), 1fr));
           font-family: var(--st-font); color: var(--st-text-color); }
@media screen and (min-width: 1001px) { .numbers { max-width: calc(var(--cards) * 24rem); } }
.number { border: 1px solid var(--st-border-color); border-radius: var(--st-base-radius); padding: 0.7rem 0.9rem;
          background: var(--st-secondary-background-color); }
.label { font-size: 0.85rem; font-weight: 600; }
.value { font-size: 1.75rem; font-weight: 600; font-variant-numeric: tabular-nums; line-height: 1.35;
         word-break: keep-all; overflow-wrap: anywhere; }
.value.small { font-size: 1.15rem; line-height: 1.5; padding: 0.3rem 0; }
.parts, .note { font-size: 0.8rem; font-variant-numeric: tabular-nums; }
.note { color: var(--st-orange-text-color); font-weight: 600; }
details { font-size: 0.8rem; margin-top: 0.25rem; }
summary { cursor: pointer; color: var(--st-link-color); padding: 0.15rem 0; }
summary:focus-visible { outline: 2px solid var(--st-primary-color); }
p { margin: 0.2rem 0 0; }
@media (max-width: 640px) { .numbers { grid-template-columns: 1fr 1fr; gap: 0.5rem; }
                            .number:last-child:nth-child(odd) { grid-column: 1 / -1; }
                            .number { padding: 0.5rem 0.6rem; } .value { font-size: 1.4rem; } }
@media print { .numbers { padding: 0 2px; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); }
               .number { break-inside: avoid; min-width: 0; } details:not([open]) { display: none; } }
"""
_JS = """
export default function (component) {
  const { data, parentElement } = component
  const root = parentElement.querySelector(".numbers")
  const part = (tag, name, text) => {
    const element = document.createElement(tag)
    if (name) element.className = name
    element.textContent = text
    return element
  }
  const many = data.numbers.length
  root.style.setProperty("--cards", many)
  // Seven stand as four and three, not as five and two.
  root.style.setProperty("--across", Math.ceil(many / Math.ceil(many / 5)))
  root.replaceChildren(...data.numbers.map((one) => {
    const card = part("div", "number", "")
    card.setAttribute("role", "listitem")
    card.append(part("div", "label", one.label), part("div", one.word ? "value small" : "value", one.value))
    for (const line of one.parts) card.append(part("div", "parts", line))
    if (one.note) card.append(part("div", "note", one.note))
    if (one.definition) {
      const details = part("details", "", "")
      details.append(part("summary", "", data.definition), part("p", "", one.definition))
      card.append(details)
    }
    return card
  }))
}
"""
_component = st.components.v2.component("yiqilai_kpi", html=_HTML, css=_CSS, js=_JS)


@dataclass(frozen=True, slots=True)
class Kpi:
    """A number in words: what it is, what it is made of, how it is defined."""

    label: str
    value: str
    parts: tuple[str, ...] = ()
    """Numerator and denominator, n, period: one short line each."""
    definition: str = ""
    note: str = ""
    """A caution that must be read with the number."""
    word: bool = False
    """The value is a word, not a number: drawn smaller."""


def percent(rate: Rate) -> str:
    """66.7 %, a dash when nothing was counted."""
    if rate.percent_tenths is None:
        return "—"
    return f"{number(Decimal(rate.percent_tenths) / 10)}%"


def rate_kpi(label: str, rate: Rate, *, of: str, period: str, definition: str) -> Kpi:
    """A rate with its parts; one of fewer than thirty says that it is not yet reliable."""
    if rate.denominator == 0:
        return Kpi(label, _("暂无数据"), (period,), definition, word=True)
    parts = (_("{of}：{part}/{whole}", of=of, part=number(rate.numerator), whole=number(rate.denominator)), period)
    note = _("样本不足 30（n={n}），仅供参考", n=rate.denominator) if rate.small else ""
    return Kpi(label, percent(rate), parts, definition, note)


def numbers(cards: Sequence[Kpi], *, key: str) -> None:
    """Draw the cards side by side, two to a row on a phone."""
    data: dict[str, object] = {
        "definition": _("口径"),
        "numbers": [
            {
                "label": card.label,
                "value": card.value,
                "parts": [part for part in card.parts if part],
                "note": card.note,
                "definition": card.definition,
                "word": card.word,
            }
            for card in cards
        ],
    }
    _component(key=key, data=data)
