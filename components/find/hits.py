"""What was found, by kind, as one block: arrows go from one to the next, Enter opens it, back comes back to it."""

from collections.abc import Sequence
from urllib.parse import urlencode

import streamlit as st

from components.address import way_to
from components.wording import N_, _, language
from components.wording.dates import near
from components.wording.terms import look, term
from db.queries.find.found import Group, Hit
from db.rules.find.asked import Kind
from db.terms import Language

PAGE_OF: dict[Kind, str] = {
    Kind.NEED: "need",
    Kind.ORDER: "order",
    Kind.COMPLAINT: "complaint",
    Kind.PERSON: "person",
    Kind.PROJECT: "project",
    Kind.MEETING: "meeting",
    Kind.MEMBER: "member",
    Kind.VOLUNTEER: "volunteers",
    Kind.SQUAD: "squads",
    Kind.UNIT: "unit",
}
TITLES: dict[Kind, str] = {
    Kind.NEED: N_("需求"),
    Kind.ORDER: N_("服务订单"),
    Kind.COMPLAINT: N_("投诉台账"),
    Kind.PERSON: N_("住户与人员"),
    Kind.PROJECT: N_("项目"),
    Kind.MEETING: N_("会议"),
    Kind.MEMBER: N_("党员名册"),
    Kind.VOLUNTEER: N_("志愿者"),
    Kind.SQUAD: N_("志愿服务队"),
    Kind.UNIT: N_("共建单位"),
}
WHOLE_LIST: dict[Kind, dict[str, str]] = {
    Kind.NEED: {"": "needs"},
    Kind.COMPLAINT: {"": "complaints", "view": "all"},
    Kind.PROJECT: {"": "projects"},
    Kind.MEMBER: {"": "members"},
    Kind.VOLUNTEER: {"": "volunteers"},
    Kind.SQUAD: {"": "squads"},
    Kind.UNIT: {"": "units"},
}
"""Lists that look for the same words: their address, and what stands in it besides the words."""

_HTML = "<div class='found'></div>"
_CSS = """
.found { font-family: var(--st-font); color: var(--st-text-color); font-size: 0.9rem; line-height: 1.5; }
h2 { font-size: 1.05rem; font-weight: 600; margin: 1.4rem 0 0.3rem; }
h2:first-child { margin-top: 0; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-bottom: 1px solid var(--st-border-color); }
a { color: var(--st-link-color); text-underline-offset: 0.2em; }
li a { display: grid; grid-template-columns: minmax(9rem, 13rem) 1fr minmax(8rem, 13rem) 7rem 9rem;
       gap: 0.2rem 1rem; padding: 0.5rem 0.6rem; min-height: 44px; box-sizing: border-box; align-items: baseline;
       text-decoration: none;
       color: inherit; overflow-wrap: anywhere; }
li a b { color: var(--st-link-color); font-weight: 500; text-decoration: underline; }
li a:hover, li a:focus { background: var(--st-secondary-background-color); }
a:focus { outline: 2px solid var(--st-primary-color); outline-offset: -2px; }
.on { font-variant-numeric: tabular-nums; white-space: nowrap; text-align: right; }
.state::before { content: ""; display: inline-block; width: 0.6em; height: 0.6em; border-radius: 50%;
                 margin-right: 0.4em; background: currentColor; }
.state.red::before { border-radius: 0; transform: rotate(45deg); }
.state.orange::before { border-radius: 0; }
.green { color: var(--st-green-text-color); } .red { color: var(--st-red-text-color); }
.orange { color: var(--st-orange-text-color); } .blue { color: var(--st-blue-text-color); }
.more { display: inline-block; padding: 0.6rem; min-height: 44px; box-sizing: border-box; }
@media (max-width: 640px) {
  li a { display: flex; flex-wrap: wrap; font-size: 1rem; }
  li a b, li a .what { flex: 1 0 100%; }
  li a span:empty { display: none; }
  .on { text-align: left; }
}
"""
_JS = """
export default function ({ data, parentElement }) {
  const root = parentElement.querySelector(".found")
  const go = (a, row) => (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    if (row) history.replaceState({ ...history.state, row: a.getAttribute("href") }, "")
    history.pushState({}, "", a.getAttribute("href"))
    window.dispatchEvent(new PopStateEvent("popstate"))
  }
  const put = (into, tag, text, name) => {
    const one = document.createElement(tag)
    one.textContent = text
    if (name) one.className = name
    into.append(one)
    return one
  }
  const focused = root.getRootNode().activeElement
  const kept = root.contains(focused) && focused.getAttribute("href")
  root.replaceChildren()
  for (const group of data.groups) {
    put(root, "h2", group.title)
    const list = put(root, "ul", "")
    list.setAttribute("aria-label", group.title)
    for (const hit of group.hits) {
      const a = put(put(list, "li", ""), "a", "")
      a.href = hit.href
      a.onclick = go(a, true)
      put(a, "b", hit.name)
      put(a, "span", hit.what, "what")
      put(a, "span", hit.place)
      put(a, "span", hit.state ? hit.state.word : "", hit.state ? "state " + hit.state.colour : "")
      put(a, "span", hit.on, "on")
    }
    if (group.more) {
      const a = put(root, "a", group.more.label, "more")
      a.href = group.more.href
      a.onclick = go(a, false)
    }
  }
  const links = [...root.querySelectorAll("a")]
  const step = (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return
    const [from] = event.composedPath(), at = links.indexOf(from)
    // The focus of the box may have gone on to what took its place: what has no use for arrows leads to the first hit.
    const before = !from.matches("input:not([type=search]), textarea, [role]")
    if (at < 0 && !(before && event.key === "ArrowDown")) return
    const next = links[at + (event.key === "ArrowDown" ? 1 : -1)]
    if (!next) return
    event.preventDefault()
    next.focus()
  }
  document.addEventListener("keydown", step)
  // The list is drawn anew with each run of its page: who stood on a hit goes on standing there.
  if (kept) links.find((a) => a.getAttribute("href") === kept)?.focus({ preventScroll: true })
  const back = history.state && history.state.row
  const left = back && links.find((a) => a.getAttribute("href") === back)
  if (left) {
    history.replaceState({ ...history.state, row: null }, "")
    left.scrollIntoView({ block: "center" })
    left.focus({ preventScroll: true })
  }
  return () => document.removeEventListener("keydown", step)
}
"""
_component = st.components.v2.component("yiqilai_found", html=_HTML, css=_CSS, js=_JS)


def hits(groups: Sequence[Group], words: str) -> None:
    """Draw the groups in their order; each hit is a link to its page, which leads back here."""
    _component(key="found", data={"groups": [_group(group, words) for group in groups]})


def _group(group: Group, words: str) -> dict[str, object]:
    way = way_to(PAGE_OF[group.kind], "id")
    title = _(TITLES[group.kind])
    return {
        "title": title,
        "hits": [_hit(hit) | {"href": way(hit.id)} for hit in group.hits],
        "more": _more(group, words),
    }


def _hit(hit: Hit) -> dict[str, object]:
    english = language() is Language.ENGLISH
    return {
        "name": hit.name,
        "what": hit.words_en if english and hit.words_en else hit.words,
        "place": hit.place,
        "state": None if hit.state is None else {"word": term(hit.state), "colour": look(hit.state)[1]},
        "on": "" if hit.on is None else near(hit.on),
    }


def _more(group: Group, words: str) -> dict[str, str] | None:
    """The way to the whole list with the same words, where there are more and the list looks for words."""
    known = WHOLE_LIST.get(group.kind)
    if not group.more or known is None:
        return None
    held = {name: value for name, value in known.items() if name} | {"q": words}
    return {"label": _("还有更多，在清单里看全部"), "href": f"/{known['']}?{urlencode(held)}"}
