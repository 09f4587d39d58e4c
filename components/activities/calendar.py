"""A month of activities as one block: seven columns on a desktop, the days that hold something on a phone."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.address import way_to
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import clock, short_day
from components.wording.dates import month as month_words
from db.queries.activities.activities import Dated
from db.rules.activities.months import month_of
from db.terms import ActivityState

_HTML = "<div class='month'></div>"
_CSS = """
.month { font-family: var(--st-font); color: var(--st-text-color); font-size: 0.86rem; line-height: 1.45; }
ol { list-style: none; margin: 0; padding: 0; display: grid; grid-template-columns: repeat(7, minmax(0, 1fr)); }
.head { font-weight: 600; padding: 0.3rem 0.4rem; border-bottom: 2px solid var(--st-border-color); }
.day { border: 1px solid var(--st-border-color); border-width: 0 1px 1px 0; min-height: 5.2rem;
       padding: 0.25rem 0.4rem; }
.day:nth-child(7n+1) { border-left-width: 1px; }
.day.out { opacity: 0.5; }
.day.today > time { font-weight: 700; text-decoration: underline; text-underline-offset: 0.25em; }
a { display: block; color: var(--st-link-color); text-decoration: none; padding: 0.1rem 0; overflow-wrap: anywhere; }
a:hover { text-decoration: underline; }
a.off { text-decoration: line-through; opacity: 0.75; }
.long { display: none; }
.empty { padding: 1rem 0.2rem; }
@media (max-width: 640px) {
  ol { display: block; } .head, .day.none, .day.out { display: none; }
  .day { border-width: 0 0 1px; min-height: 0; padding: 0.5rem 0.1rem; font-size: 0.95rem; }
  .day:nth-child(7n+1) { border-left-width: 0; }
  .short { display: none; } .long { display: inline; font-weight: 600; }
  a { padding: 0.55rem 0; min-height: 44px; box-sizing: border-box; }
}
"""
_JS = """
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".month")
  root.replaceChildren()
  const list = document.createElement("ol")
  for (const name of data.heads) {
    const head = document.createElement("li")
    head.className = "head"; head.textContent = name; head.setAttribute("aria-hidden", "true")
    list.append(head)
  }
  for (const day of data.days) {
    const li = document.createElement("li"), time = document.createElement("time")
    li.className = "day" + (day.out ? " out" : "") + (day.today ? " today" : "") + (day.held.length ? "" : " none")
    time.dateTime = day.iso
    for (const [kind, text] of [["short", day.short], ["long", day.long]]) {
      const span = document.createElement("span")
      span.className = kind; span.textContent = text
      time.append(span)
    }
    li.append(time)
    for (const one of day.held) {
      const a = document.createElement("a")
      a.textContent = one.text; a.href = one.href
      if (one.off) a.className = "off"
      a.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        history.pushState({}, "", one.href)
        window.dispatchEvent(new PopStateEvent("popstate"))
      }
      li.append(a)
    }
    list.append(li)
  }
  root.append(list)
  if (!data.days.some((day) => day.held.length)) {
    const p = document.createElement("p")
    p.className = "empty"; p.textContent = data.empty
    root.append(p)
  }
}
"""
_component = st.components.v2.component("yiqilai_month", html=_HTML, css=_CSS, js=_JS)


def weekdays() -> list[str]:
    """Monday to Sunday."""
    return [_("周一"), _("周二"), _("周三"), _("周四"), _("周五"), _("周六"), _("周日")]


def days_shown(month: date) -> list[date]:
    """The days of whole weeks, Monday first, that hold the month."""
    first, last = month_of(month)
    begin = first - timedelta(days=first.weekday())
    end = last + timedelta(days=6 - last.weekday())
    return [begin + timedelta(days=n) for n in range((end - begin).days + 1)]


def _text(one: Dated, *, several: bool) -> str:
    words = [clock(one.starts_at)] if one.starts_at else []
    words += [one.community] if several else []
    return " ".join([*words, one.title, *([one.part] if one.part else [])])


def _by_day(held: Sequence[Dated]) -> dict[date, list[Dated]]:
    found: dict[date, list[Dated]] = defaultdict(list)
    for one in held:
        found[one.on].append(one)
    return found


def month_grid(month: date, held: Sequence[Dated], *, today: date, several: bool) -> None:
    """The month; `several`: of more than one community, which is then named."""
    by_day, way = _by_day(held), way_to("activity", "id")
    days = [
        {
            "iso": day.isoformat(),
            "short": str(day.day),
            "long": short_day(day),
            "out": day.month != month.month,
            "today": day == today,
            "held": [
                {
                    "text": _text(one, several=several),
                    "href": way(one.activity_id),
                    "off": one.state is ActivityState.CANCELLED,
                }
                for one in by_day.get(day, [])
            ],
        }
        for day in days_shown(month)
    ]
    _component(key="activities.month", data={"heads": weekdays(), "days": days, "empty": _("这个月还没有活动。")})


@replaceable("calendar")
def month_paper(month: date, held: Sequence[Dated], *, several: bool) -> Paper:
    """活动月历 on one sheet, to hang up; what was called off is left out."""
    by_day = _by_day([one for one in held if one.state is not ActivityState.CANCELLED])
    days = days_shown(month)
    cells = [
        "\n".join([str(day.day), *(_text(one, several=several) for one in by_day.get(day, []))])
        if day.month == month.month
        else ""
        for day in days
    ]
    weeks = [cells[at : at + 7] for at in range(0, len(cells), 7)]
    title = _("{month}活动安排", month=month_words(month))
    names = {one.community for one in held}
    if len(names) == 1 and not several:
        title = f"{names.pop()}　{title}"
    return plain_paper(title, [], [], [], Layout(across=True, high=2.3), month=(weekdays(), weeks))
