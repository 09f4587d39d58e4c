"""Which kind of paper a builder makes (`db.rules.papers.word_file.TEMPLATE_KINDS`): its template can be replaced.

@replaceable("acceptance")
def acceptance_sheet(…) -> Paper:
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import wraps
from typing import ParamSpec

from components.papers.own import own_template
from components.papers.word import Paper, filled_in_own

P = ParamSpec("P")


def replaceable(kind: str) -> Callable[[Callable[P, Paper]], Callable[P, Paper]]:
    """Say what a builder makes, so that the subdistrict's own template is used for it."""

    def known(build: Callable[P, Paper]) -> Callable[P, Paper]:
        @wraps(build)
        def made(*args: P.args, **kwargs: P.kwargs) -> Paper:
            return replace(build(*args, **kwargs), kind=kind)

        return made

    return known


def in_own_template(kind: str, values: Mapping[str, object]) -> bytes | None:
    """A paper that we draw by hand, in the subdistrict's template where it has one that works."""
    own = own_template(kind)
    return filled_in_own(own, kind, values) if own is not None else None
