"""What stands in the address: the object that is shown, filters, the place in a list; a link shows the same again."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from typing import Literal, NoReturn, Protocol, TypeVar
from urllib.parse import urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.menu import entries
from components.wording import _, listed, plainly, spaced
from components.wording.terms import term

T = TypeVar("T")
Kind = TypeVar("Kind", bound=StrEnum)
Width = int | Literal["stretch"]
"""Pixels, or as wide as the place."""
MOST_DIGITS = 15
"""Digits of the largest number that is believed; a longer one fits no id of either engine."""


PAGING = ("before", "after")
"""Where a list goes on; a changed filter begins the list anew."""


class WithId(Protocol):
    """A row that a list can go on from."""

    @property
    def id(self) -> int: ...


def from_address(name: str, read: Callable[[str], T]) -> T | None:
    """A value of the address, or None when it is missing or nonsense."""
    text = st.query_params.get(name)
    try:
        return read(text) if text else None
    except (ValueError, KeyError):
        return None


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise ValueError(text)
    return int(text)


def id_in_address(name: str = "id") -> int | None:
    """The number in the address, or None for none or for something that is no number."""
    return from_address(name, _number)


def object_in_address() -> int | None:
    """The `id` of what is shown: None without one, 0 (no row has it) for something that is no number."""
    return (id_in_address() or 0) if st.query_params.get("id") else None


def text_in_address(name: str, start: str = "") -> str:
    """The text in the address, or `start` for none."""
    return st.query_params.get(name, start)


def address_values() -> dict[str, str]:
    """Everything that stands in the address."""
    return st.query_params.to_dict()


def to_address(name: str, value: object) -> None:
    """Hold a value in the address, so that a reload and a link come back to it; nothing takes it out."""
    if value in (None, ""):
        st.query_params.pop(name, None)
    elif st.query_params.get(name) != str(value):
        st.query_params[name] = str(value)


def out_of_address(*names: str) -> None:
    """Take these values out of the address."""
    for name in names:
        st.query_params.pop(name, None)


def clear_address() -> None:
    """Take everything out of the address: the page as the menu opens it."""
    st.query_params.clear()


# --- from a list to a row and back ------------------------------------------------------------------------------


def stand_on(url_path: str, path: str, title: str) -> None:
    """Say once a run which page is drawn: its address, its file, its title in the language of the screen."""
    st.session_state["_page"] = (url_path, path, title)


def page_title() -> str:
    """The title of the page that is drawn, as its tab says it."""
    title: str = st.session_state.get("_page", ("", "", ""))[2]
    return title


def way_to(page: str, name: str) -> Callable[[object], str]:
    """The addresses that a list's rows lead to: `page` with `?name=value`; within one page its filters stay."""
    here, _path, title = st.session_state.get("_page", ("", "", ""))
    held = address_values()
    if page != here:
        st.session_state.setdefault("_lists", {})[page] = (here, title, held)
        held = {}
    return lambda value: address_of(page, held | {name: str(value)})


def lead_back(pages: Iterable[str]) -> None:
    """Let these pages lead back to this one as it is now."""
    here, _path, title = st.session_state.get("_page", ("", "", ""))
    held = address_values()
    lists = {page: (here, title, held) for page in pages if page != here}
    st.session_state.setdefault("_lists", {}).update(lists)


def address_of(page: str, values: Mapping[str, str]) -> str:
    """A link within the app."""
    return f"/{page}?{urlencode(values)}" if values else f"/{page}"


_GO = st.components.v2.component(
    "yiqilai_go",
    js="""
export default function ({ data }) {
  if (location.pathname + location.search === data.to) return
  history.pushState({}, "", data.to)
  window.dispatchEvent(new PopStateEvent("popstate"))
}
""",
)


def go(page: str, **values: object) -> NoReturn:
    """Leave for `page` with these values in its address and end the run: one step of the browser's history.

    `st.switch_page` with values makes two, and the first is this page with the values of the other.
    """
    held = {name: str(value) for name, value in values.items() if value is not None}
    _GO(key=f"go.{page}", data={"to": f"/{page}?{urlencode(held)}"})
    st.stop()


_BACK = st.components.v2.component(
    "yiqilai_back",
    html='<a href="/"></a>',
    css="""
a { display: inline-flex; align-items: center; min-height: 44px; font-family: var(--st-font); font-size: 0.9rem;
    color: var(--st-link-color); text-underline-offset: 0.2em; }
a:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 2px; }
a::before { content: "←" / ""; margin-right: 0.4em; }
@media print { a { display: none; } }
""",
    js="""
export default function ({ data, parentElement }) {
  const a = parentElement.querySelector("a")
  a.textContent = data.label
  a.href = data.way
  a.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return
    event.preventDefault()
    // The list looks for this row, brings it into view and stands on it (`components.lists`).
    history.pushState({ row: data.href }, "", data.way)
    window.dispatchEvent(new PopStateEvent("popstate"))
  }
}
""",
)


def _back(key: str, label: str, to: str, row: str) -> None:
    _BACK(key=key, data={"label": label, "way": to, "href": row})


def back_to_opener(path: str, title: str) -> None:
    """A way back to the list from which this page was opened, as it was, on the row that was opened.

    Without one it leads to the page in the file `path`.
    """
    here, _path, _title = st.session_state.get("_page", ("", "", ""))
    usual = next(entry.url_path for entry in entries() if entry.path == path)
    opener: tuple[str, str, dict[str, str]] = st.session_state.get("_lists", {}).get(here) or (usual, title, {})
    row = address_of(here, {"id": text_in_address("id")})
    _back("back", spaced(_("回到{page}", page=opener[1] or title)), address_of(opener[0], opener[2]), row)


def back_to_object(page: str, label: str, object_id: int) -> None:
    """A way from what belongs to a thing back to the thing itself."""
    _back("back", label, address_of(page, {"id": str(object_id)}), "")


def back_to_list(label: str, *own: str) -> None:
    """A way from the one thing that is shown to the list of all on the same page, on its row.

    `own` stand in the address for the one thing alone; without any it is the `id`.
    """
    here, _path, _title = st.session_state.get("_page", ("", "", ""))
    held, name = address_values(), next(iter(own), "id")
    kept = {one: value for one, value in held.items() if one not in (own or ("id",))}
    _back("back-to-list", label, address_of(here, kept), address_of(here, kept | {name: text_in_address(name)}))


def pager(rows: Sequence[WithId], more: bool, *, key: str = "before", last: int | None = None) -> None:
    """Links to the next rows and back to the first, held in the address; `last` is the id to go on from when it is not
    that of the last row that is shown.
    """
    before = id_in_address(key)
    if not more and before is None:
        return
    with st.container(horizontal=True):
        if before is not None and st.button(_("回到开头"), icon=":material/first_page:", key=f"{key}.first"):
            to_address(key, None)
            st.rerun()
        if more and st.button(_("后面的"), icon=":material/chevron_right:", key=f"{key}.more"):
            to_address(key, rows[-1].id if last is None else last)
            st.rerun()


# --- filters ----------------------------------------------------------------------------------------------------


@contextmanager
def filters() -> Iterator[None]:
    """A list's filters: side by side on a wide screen; on a phone behind one switch, open when one of them is set.

    The words that are looked for stay where they are (`pages/public/frame.py` has the styles).
    """
    with st.container(key="filters"):
        if "filters.open" not in st.session_state:
            st.session_state["filters.open"] = bool(set(address_values()) - {"id", "q", "view", "tab", *PAGING})
        st.toggle(_("筛选条件"), key="filters.open")
        yield


def folded_filters() -> DeltaGenerator:
    """Within `filters`: a row of fields to write in that lies behind the switch, too."""
    return st.container(key="filters-more", horizontal=True)


def follow(name: str, held: object) -> str:
    """The key of a filter's widget, set to what the address holds when that came from a link or from going back."""
    key = f"filter.{name}"
    seen: dict[str, str | None] = st.session_state.setdefault("_filters", {})
    if key not in st.session_state or seen.get(name) != st.query_params.get(name):
        st.session_state[key] = held
    return key


def hold(name: str, value: object) -> None:
    """Put a filter's value into the address; a changed one begins the list anew."""
    before = st.query_params.get(name)
    to_address(name, value)
    after = st.query_params.get(name)
    st.session_state["_filters"][name] = after
    if before != after:
        out_of_address(*PAGING)


def pick(
    name: str,
    label: str,
    options: Sequence[T],
    show: Callable[[T], str],
    *,
    read: Callable[[str], T],
    everything: str = "",
    width: Width = "stretch",
) -> T | None:
    """One of the options or everything (None), held in the address as `?name=`; its widget is `filter.<name>`."""
    held = from_address(name, read)
    chosen: T | None = st.selectbox(
        label,
        list(options),
        index=None,
        key=follow(name, held if held in options else None),
        format_func=listed(options, show),
        placeholder=everything or _("全部"),
        width=width,
    )
    hold(name, chosen)
    return chosen


def filter_words(label: str, placeholder: str) -> str:
    """Words to look for, held in the address as `?q=`."""
    words = st.text_input(
        label,
        key=follow("q", text_in_address("q")),
        placeholder=placeholder,
        icon=":material/search:",
        type="search",
    )
    hold("q", found := (words or "").strip())
    return found


def filter_view(
    name: str, label: str, options: Sequence[T], show: Callable[[T], str], *, start: T, read: Callable[[str], T]
) -> T:
    """One of few views of a list, held in the address as `?name=` unless it is the one it starts with."""
    held = from_address(name, read)
    chosen: T | None = st.segmented_control(
        label,
        list(options),
        key=follow(name, held if held in options else start),
        format_func=plainly(show),
        required=True,
        label_visibility="collapsed",
    )
    view = start if chosen is None else chosen
    hold(name, None if view == start else view)
    return view


def filter_switch(name: str, label: str) -> bool:
    """A switch, held in the address as `?name=1`."""
    chosen = st.toggle(label, key=follow(name, st.query_params.get(name) == "1"))
    hold(name, 1 if chosen else None)
    return chosen


def filter_by(name: str, label: str, options: Sequence[Kind], *, width: Width = "stretch") -> Kind | None:
    """One value of an enumeration, or None for all."""
    by_value = {option.value: option for option in options}
    return pick(name, label, options, term, read=by_value.__getitem__, width=width)


def filter_id(name: str, label: str, options: Mapping[int, str]) -> int | None:
    """One row by its id, or None for all."""
    return pick(name, label, list(options), lambda one: options.get(one, ""), read=_number)
