"""Finding one's way: the parts of a noun side by side above the page, and at a phone's foot a role's four things."""

import streamlit as st

from components import search_box
from components.menu import PageEntry, at_noun, beside, first_part, name_of, parts
from components.wording import _, heading, language
from components.wording.terms import term
from db.queries.accounts.accounts import SignedIn
from db.queries.accounts.in_use import Use
from db.rules.permissions import Permission
from db.terms import Language, Role

NOTHING: frozenset[Use] = frozenset()
BAR: dict[Role, tuple[str, ...]] = {
    Role.SECRETARY: ("", "vote", "needs", "register", "meetings"),
    Role.AREA_WORKER: ("", "vote", "rounds", "needs", "orders"),
    Role.COUNCIL_MEMBER: ("", "vote", "meetings", "topics", "projects"),
    Role.TEAM_LEADER: ("", "my-orders", "slots", "projects"),
    Role.VOLUNTEER: ("", "my-orders", "slots", "my-service"),
    Role.SUBDISTRICT_ADMIN: ("", "needs", "projects", "accounts"),
    Role.AUDITOR: ("", "needs", "projects", "audit"),
    Role.DISTRICT_VIEWER: ("", "funnel", "communities", "results"),
}
"""Addresses in their order; the first four that the menu shows now stand at the foot of a phone."""
BAR_MOST = 4

_CSS = """
* { box-sizing: border-box; }
.way { display: flex; align-items: flex-end; justify-content: space-between; gap: 0 1rem; min-height: 44px;
       font-family: var(--st-font); color: var(--st-text-color);
       caret-color: var(--st-red-color); transition: caret-color 1ms; }
.who { min-height: 44px; display: flex; align-items: center; gap: 0.35em; white-space: nowrap; margin-left: auto; }
.who span { opacity: 0.75; }
a { color: var(--st-text-color); text-decoration: none; display: flex; align-items: center; }
a:focus-visible { outline: 3px solid var(--st-primary-color); outline-offset: -3px; }
.tabs { display: flex; flex-wrap: wrap;
        font-family: var(--st-font); font-size: 1rem; }
.tabs a { min-height: 44px; padding: 0 0.55rem; white-space: nowrap; border-bottom: 3px solid transparent; }
.tabs a:hover { background: var(--st-secondary-background-color); }
.tabs a[aria-current] { border-bottom-color: var(--st-primary-color); font-weight: 600; }
.bar { display: none; }
@media print { .tabs { display: none; } }
@media (max-width: 640px) {
  .way { display: block; min-height: 0; }
  .who { position: fixed; z-index: 999990; top: 0; right: 8rem; height: 71px; font-size: 0.9rem;
         max-width: calc(100vw - 14rem); overflow: hidden; }
  .who.far { right: 10.2rem; max-width: calc(100vw - 16.2rem); }
  .who span { display: none; }
  .tabs { flex-wrap: nowrap; overflow-x: auto; scrollbar-width: none;
          border-bottom: 1px solid var(--st-border-color); }
  .tabs a { min-height: 48px; padding: 0 0.7rem; }
  .bar { display: flex; position: fixed; z-index: 999980; left: 0; right: 0; bottom: 0; font-family: var(--st-font);
         background: var(--st-secondary-background-color); border-top: 1px solid var(--st-border-color);
         padding-bottom: env(safe-area-inset-bottom, 0); }
  .bar a { flex: 1 1 0; min-width: 0; min-height: 60px; flex-direction: column; justify-content: center; gap: 2px;
           font-size: 0.85rem; border-top: 3px solid transparent; padding: 0 2px 3px; }
  .bar a span.word { max-width: 100%; overflow: hidden; text-align: center; line-height: 1.25; padding-bottom: 2px;
                     display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; }
  .bar a[aria-current] { border-top-color: var(--st-primary-color); font-weight: 600; }
  .icon { font-family: "Material Symbols Rounded"; font-size: 1.4rem; line-height: 1; font-weight: 400;
          font-feature-settings: "liga"; overflow: hidden; height: 1.4rem; max-width: 1.4rem; }
}
"""
_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  const leave = searchBox(parentElement, data.find)
  const root = parentElement.querySelector(".way")
  // The colours of charts are the server's: it draws the page once more when the theme has changed, by the system or
  // in Streamlit's menu. The caret's colour is the theme's, and its transition begins once the page is in that theme.
  const redraw = (event) => {
    if (event.target === root && event.propertyName === "caret-color") setTriggerValue("theme", Date.now())
  }
  root.addEventListener("transitionrun", redraw)
  root.replaceChildren()
  const row = (links, name, label) => {
    if (!links.length) return null
    const nav = document.createElement("nav")
    nav.className = name; nav.setAttribute("aria-label", label)
    for (const link of links) {
      const a = document.createElement("a")
      a.href = link.href
      if (link.here) a.setAttribute("aria-current", "page")
      if (link.icon) {
        const icon = document.createElement("span")
        icon.className = "icon"; icon.textContent = link.icon
        icon.setAttribute("aria-hidden", "true"); icon.setAttribute("translate", "no")
        a.append(icon)
      }
      const word = document.createElement("span")
      word.className = "word"; word.textContent = link.label
      a.append(word)
      a.onclick = (event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        if (location.pathname + location.search === link.href) return
        history.pushState({}, "", link.href)
        window.dispatchEvent(new PopStateEvent("popstate"))
        window.scrollTo(0, 0)
      }
      nav.append(a)
    }
    root.append(nav)
    return nav
  }
  const tabs = row(data.tabs, "tabs", data.tabs_label)
  const who = document.createElement("div")
  who.className = data.far ? "who far" : "who"
  for (const [at, words] of data.who.entries()) {
    const part = document.createElement(at ? "span" : "b")
    part.textContent = words
    if (at === 2) part.className = "place"
    who.append(part)
  }
  root.append(who)
  row(data.bar, "bar", data.bar_label)
  // On a narrow screen the present one may lie beyond the edge.
  const here = tabs && tabs.querySelector("[aria-current]")
  if (here) tabs.scrollLeft = here.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - here.offsetWidth) / 2
  return () => { leave(); root.removeEventListener("transitionrun", redraw) }
}
"""

_component = st.components.v2.component(
    "yiqilai_way",
    html=f'{search_box.HTML}<div class="way"></div>',
    css=_CSS + search_box.CSS,
    js=search_box.JS + _JS,
)


def menu_titles(here: SignedIn) -> dict[PageEntry, str]:
    """The pages to which this person's menu leads, in its order, and what it calls them (message ids)."""
    menu = parts(here.actor.role, here.used or NOTHING)
    return {shown[0]: name_of(noun, shown) for noun, shown in menu.items()}


def line_key(entry: PageEntry, here: SignedIn) -> str:
    """Key of the line above the page; the styles of the page mark the menu's entry by it (`pages/public/frame.py`)."""
    return f"at-{at_noun(entry, here.actor.role, here.used or NOTHING)}"


def way(entry: PageEntry, here: SignedIn) -> None:
    """The parts beside this page, who is here, the search, the bar of a phone: one block that the shell draws."""
    role, used = here.actor.role, here.used or NOTHING
    closed = here.actor.must_change_password
    beside_it = () if closed else beside(entry, role, used)
    _component(
        key="way",
        data={
            "tabs": [
                {"label": heading(one.title), "href": f"/{one.url_path}", "here": one is entry} for one in beside_it
            ],
            "bar": [] if closed else bar(entry, role, used),
            "tabs_label": _("这一类的页面"),
            "bar_label": _("常用"),
            "find": _("查找") if not closed and here.actor.may(Permission.SEE_SEARCH) else "",
            "far": language() is not Language.CHINESE,
            "who": [here.actor.name, term(role), f"· {here.community or here.subdistrict}"],
        },
        on_theme_change=lambda: None,
    )


def bar(entry: PageEntry, role: Role, used: frozenset[Use]) -> list[dict[str, object]]:
    """What stands at the foot of a phone: words, address, icon, and which one is present."""
    shown = {one.url_path: one for of_noun in parts(role, used).values() for one in of_noun}
    chosen = [shown[path] for path in BAR.get(role, ()) if path in shown][:BAR_MOST]
    present = entry if entry in chosen else first_part(entry, role, used)
    return [
        {"label": heading(one.title), "href": f"/{one.url_path}", "icon": one.icon, "here": one is present}
        for one in chosen
    ]
