"""党员承诺墙 on the screen: who promised what and how often, a few to a page in type that is read across the room."""

from components.commitments.words import how_often
from components.screen.meeting_words import Slide
from components.wording import _, noted
from db.queries.commitments.wall import WallMember, WallPromise
from db.queries.screen.screen import Rotation
from db.rules.screen.wall_pages import LINES, lines_of, now_turning, pages, shortened

Row = dict[str, str]


def wall_slides(rotation: Rotation) -> list[Slide]:
    """The pages of the wall that come in this turn; one that says so while nothing hangs there."""
    rows = [_row(member, promise) for member in rotation.wall for promise in member.promises]
    if not rows:
        return [_slide([], _("现在没有公示的承诺。"))]
    whole = pages([lines_of(row["name"]) + lines_of(row["reason"]) for row in rows])
    return [
        _slide([rows[at] for at in whole[page]], _("第 {n} 页，共 {pages} 页", n=page + 1, pages=len(whole)))
        for page in now_turning(len(whole), rotation.turn)
    ]


def _slide(rows: list[Row], note: str) -> Slide:
    return {
        "kind": "wall",
        "title": _("党员承诺墙"),
        "rows": rows,
        "empty": "" if rows else note,
        "note": note if rows else "",
    }


def _row(member: WallMember, promise: WallPromise) -> Row:
    often = _("暂停") if promise.resting else how_often(promise.rhythm, promise.times, promise.measure)
    who = shortened(f"{member.name} · {often}", 1)
    with_whom = noted(promise.what, promise.whom) if promise.whom else promise.what
    # For whom it is goes first when the promise is long: what is promised stays.
    words = with_whom if lines_of(with_whom) < LINES else promise.what
    return {"name": shortened(words, LINES - 1), "reason": who}
