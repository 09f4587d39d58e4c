"""The life of a request for a resource as plain values: asked, promised, used, thanked, or ended by a side."""

from collections.abc import Mapping

from db.terms import RequestState as R

REQUEST: Mapping[R, frozenset[R]] = {
    R.ASKED: frozenset({R.PROMISED, R.DECLINED, R.CANCELLED}),
    # What was promised can be taken back by the unit and called off by the community until it is used.
    R.PROMISED: frozenset({R.USED, R.WITHDRAWN, R.CANCELLED}),
    R.USED: frozenset({R.THANKED}),
    R.THANKED: frozenset(),
    R.DECLINED: frozenset(),
    R.WITHDRAWN: frozenset(),
    R.CANCELLED: frozenset(),
}
"""The life of a request; `may_follow` asks it. (It is no stage of a permission, so it is not in `lifecycle`.)"""

HOLDS = (R.PROMISED, R.USED, R.THANKED)
"""States that take from what a resource can give."""
OPEN = (R.ASKED, R.PROMISED)
GIVEN = (R.USED, R.THANKED)
"""States that stand in what a unit gave in a year."""


def may_follow(current: R, following: R) -> bool:
    """Whether a request may go from one state to the other."""
    return following in REQUEST[current]
