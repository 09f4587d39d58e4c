"""Which community's numbers a page shows: chosen by those above the communities, kept in the address."""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from components.wording import _


def community_choice(communities: Sequence[Any], *, everyone: bool = True) -> int | None:
    """The id of the chosen community (objects with `id` and `name`); None means all of them together.

    Whoever has one community only is not asked.
    """
    if len(communities) == 1:
        return int(communities[0].id)
    names = {int(one.id): str(one.name) for one in communities}
    options: list[int | None] = [None, *names] if everyone else list(names)
    asked = st.query_params.get("community", "")
    start = int(asked) if asked.isdecimal() and int(asked) in names else None
    chosen = st.selectbox(
        _("社区"),
        options,
        index=options.index(start) if start in options else 0,
        format_func=lambda one: _("全部社区") if one is None else names[one],
        key="community",
        width=320,
    )
    if chosen is None:
        st.query_params.pop("community", None)
    else:
        st.query_params["community"] = str(chosen)
    return chosen
