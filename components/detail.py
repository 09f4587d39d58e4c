"""The frame of every page about one thing, and of every list: the same head, the same two columns, the same menu.

    back_to_opener("needs/ledger.py", _("需求台账"))
    head(need.title, number=need.number, marks=[badge(need.stage)])
    acts, story = columns()
    with acts:                # what is to be done and what stands fast; on a phone it comes first
        …
        with more() as menu:  # what is seldom done
            if menu.open:
                …
    with story:               # what happened
        happened(steps, key="need.life")

The way back is `back_to_opener` or `back_to_list` of `components.address`. A list begins with `title_row`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import NoReturn

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.acting import CARRIED
from components.address import object_in_address, page_title
from components.asking import Folded
from components.lists import Column, Marked, rows
from components.menu import PAGES
from components.refusals.shown import sentence
from components.wording import _, safe, side_by_side
from components.wording.dates import month, near, today, with_days
from components.wording.terms import term
from db.errors import NotFound, NotSignedIn, YiqilaiError
from db.rules.permissions import GRANTS, Permission
from db.terms import Role


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened: when, what, who did it, and the words that were said or written."""

    at: datetime | date
    what: str
    who: str = ""
    said: str = ""


FEW = 8
"""So many steps are shown without folding."""


# --- head -----------------------------------------------------------------------------------------------------


def head(title: str, *, number: str = "", marks: Sequence[str] = (), about: str = "") -> None:
    """What this is, its number, its state (`marks`: badges, already safe), and one line about it."""
    st.title(safe(title), anchor=False)
    line = [safe(number), *marks, safe(about)]
    if any(line):
        st.markdown("  ".join(part for part in line if part))


def nothing_here(words: str, icon: str = "search_off") -> NoReturn:
    """In place of the thing where there is none: the page's own title, what to do or why, and the end of the run."""
    st.title(page_title(), anchor=False)
    st.info(safe(words), icon=f":material/{icon}:")
    st.stop()


def not_there(what: str, of: str) -> NoReturn:
    """In place of the thing of the address: it is not here, or no longer; or nothing of the list `of` was chosen."""
    if (wanted := object_in_address()) is None:
        nothing_here(_("请先从“{title}”里选择一条。", title=of))
    nothing_here(sentence(NotFound(what=what, id=wanted)))


@contextmanager
def must_exist() -> Iterator[None]:
    """Read what the page is about; what may not be seen or is not there is said under the page's own title."""
    try:
        yield
    except NotSignedIn:
        raise
    except YiqilaiError as error:
        nothing_here(sentence(error))


def next_step(words: str, *, who: str = "", icon: str = "arrow_forward", stays: bool = False) -> DeltaGenerator:
    """The box below the head that says what comes next; inside goes the one press that does it, for whom may take it.

    Others read `who` takes it (`doers`), and find no press. On a wide screen it `stays` in sight below the bar while
    the page is pushed up, where one step follows the other.
    """
    box = st.container(
        key="next-step-stays" if stays else "next-step", border=True, horizontal=True, vertical_alignment="center"
    )
    said = safe(" · ".join(part for part in (who, words) if part))
    box.markdown(f":material/{icon}: **{_('下一步')}** {said}")
    return box


def doers(permission: Permission) -> str:
    """For who does a next step that the reader may not take: the roles that may."""
    return done_by(side_by_side(term(role) for role in Role if role in GRANTS[permission].roles))


def done_by(names: str) -> str:
    """The same of people, or of a community."""
    return _("由{names}办理", names=names)


def title_row(title: str) -> DeltaGenerator:
    """The title of a list; what comes into it stands at the end of its row: the ways to something new."""
    row = st.container(key="title-row", horizontal=True, vertical_alignment="center")
    row.title(title, anchor=False, width="content")
    return row


def new(label: str, icon: str = "add") -> Folded:
    """In the row of a list's title: the button behind which the form of a new one lies, drawn once it was `open`.

    Once it is stored it closes.
    """
    key = f"new.{st.session_state.get(CARRIED, 0)}"
    return Folded(label, icon=f":material/{icon}:", primary=True, key=key, wide="wide-form-new", late=True)


def new_page(label: str, path: str, icon: str = "add") -> None:
    """In the row of a list's title: the way to the page where a new one is written; `path` below `pages/`."""
    st.page_link(PAGES / path, label=label, icon=f":material/{icon}:")


# --- body -----------------------------------------------------------------------------------------------------


def columns(*, story_first: bool = False) -> tuple[DeltaGenerator, DeltaGenerator]:
    """Acts and facts, and the story: side by side on a desk (the story left), one below the other on a phone.

    `pages/public/frame.py` has the styles. Acts come first for a keyboard, a screen reader and a phone, too;
    `story_first` where the work itself is done in the story, as at a meeting.
    """
    with st.container(key="detail-story" if story_first else "detail"):
        first, second = st.columns([5, 3] if story_first else [3, 5], gap="medium")
    return (second, first) if story_first else (first, second)


def more() -> Folded:
    """The rare acts, each folded, behind one button, which closes once one is done; drawn once it was `open`."""
    key = f"more.{st.session_state.get(CARRIED, 0)}"
    return Folded(_("更多操作"), icon=":material/more_horiz:", key=key, wide="wide-form-more", late=True)


def fact_list(lines: Sequence[tuple[str, str | Marked]], *, key: str, caption: str) -> None:
    """What stands fast about the thing, a line each; a line without a value is left out."""
    rows(
        [{"what": what, "value": value} for what, value in lines if value],
        [Column("what", _("事项"), "nowrap"), Column("value", _("内容"), "wide")],
        key=key,
        empty="",
        caption=caption,
        facts=True,
    )


# --- what happened --------------------------------------------------------------------------------------------

_HTML = "<div class='steps'></div>"
_CSS = """
.steps { font-family: var(--st-font); color: var(--st-text-color); font-size: 0.86rem; line-height: 1.5; }
summary { cursor: pointer; font-weight: 600; padding: 0.45rem 0; border-bottom: 1px solid var(--st-border-color); }
summary:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
summary small { font-weight: 400; opacity: 0.75; font-size: inherit; margin-left: 0.5em; }
ol { list-style: none; margin: 0; padding: 0.5rem 0 0.25rem; }
li { display: grid; grid-template-columns: var(--when, 8.5em) 1fr;
     gap: 0 1rem; position: relative; padding: 0 0 0.8rem 1.2rem; }
li::before { content: ""; position: absolute; left: 0; top: 0.45em; width: 0.6em; height: 0.6em; border-radius: 50%;
             background: var(--st-border-color); }
li.now::before { background: var(--st-primary-color); }
li::after { content: ""; position: absolute; left: calc(0.3em - 0.5px); top: 1.3em; bottom: -0.3em; width: 1px;
            background: var(--st-border-color); }
li:last-child::after { content: none; }
time { opacity: 0.8; font-variant-numeric: tabular-nums; white-space: nowrap; }
.what { overflow-wrap: anywhere; }
.who { opacity: 0.8; }
p { margin: 0.1rem 0 0; white-space: pre-line; overflow-wrap: anywhere; }
.empty { padding: 0.6rem 0.2rem; }
@container (max-width: 32rem) { li { grid-template-columns: 1fr; } }
.steps { container-type: inline-size; }
@media (max-width: 640px) { .steps { font-size: 0.9rem; } summary { min-height: 44px; box-sizing: border-box; } }
@media print { .steps { font-size: 9.5pt; } li { break-inside: avoid; } }
"""
_JS = """
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".steps")
  const open = new Set([...root.querySelectorAll("details[open] summary b")].map((one) => one.textContent))
  root.replaceChildren()
  const phone = matchMedia("(max-width: 640px)").matches
  const put = (name, text, within, className) => {
    const one = document.createElement(name)
    if (className) one.className = className
    one.textContent = text
    within.append(one)
    return one
  }
  if (!data.months.length) put("p", data.empty, root, "empty")
  data.months.forEach((month, index) => {
    let within = root
    if (month.label) {
      within = document.createElement("details")
      within.open = (!index && (!phone || month.steps.length <= data.few)) || open.has(month.label)
      const summary = put("summary", "", within)
      put("b", month.label, summary)
      put("small", month.count, summary)
      root.append(within)
    }
    const list = put("ol", "", within)
    // A day of another year is said with its year; all days of a list are as wide as the widest.
    if (month.steps.some((step) => /\\d{4}/.test(step.at))) list.style.setProperty("--when", "12em")
    list.setAttribute("aria-label", [data.caption, month.label].filter(Boolean).join(" "))
    month.steps.forEach((step, at) => {
      const li = put("li", "", list, index || at ? "" : "now")
      put("time", step.at, li)
      const told = put("div", "", li)
      put("span", step.what, told, "what")
      if (step.who) put("span", " · " + step.who, told, "who")
      if (step.said) put("p", step.said, told)
    })
  })
  // On paper nothing is folded.
  const unfold = () => root.querySelectorAll("details").forEach((one) => { one.open = true })
  window.addEventListener("beforeprint", unfold)
  return () => window.removeEventListener("beforeprint", unfold)
}
"""

_steps = st.components.v2.component("yiqilai_steps", html=_HTML, css=_CSS, js=_JS)


def happened(steps: Sequence[Step], *, key: str, empty: str = "", caption: str = "") -> None:
    """What happened, from oldest to newest in `steps`, drawn newest first; many are folded by month. One block."""
    months = folded(steps)
    _steps(
        key=key,
        data={
            "months": [
                {
                    "label": label,
                    "count": _("{n} 步", n=len(its)) if label else "",
                    "steps": [_told(one) for one in its],
                }
                for label, its in months
            ],
            "few": FEW,
            "empty": "" if months else empty or _("还没有记录。"),
            "caption": caption or _("全过程"),
        },
    )


def folded(steps: Sequence[Step]) -> list[tuple[str, list[Step]]]:
    """The steps newest first, many of them by month; what happened at one moment keeps its order."""
    told = sorted(steps, key=lambda one: one.at)[::-1]
    if len(told) <= FEW:
        return [("", told)] if told else []
    return [(label, list(its)) for label, its in groupby(told, key=lambda one: month(_day(one.at)))]


def _told(one: Step) -> dict[str, str]:
    return {"at": near(one.at), "what": with_days(one.what), "who": one.who, "said": with_days(one.said)}


def _day(at: datetime | date) -> date:
    return today(at) if isinstance(at, datetime) else at
