"""What the plain page of a scanned code says; the template only places it."""

from datetime import date
from typing import Any

from components.commitments.words import how_often, window_words
from components.wording import _
from components.wording.dates import day
from db.queries.commitments.wall import WallPromise, WallView

Words = dict[str, Any]


def wall_words(view: WallView, today: date) -> Words:
    """Who promised what, when it is due next, when it was last kept."""
    return {
        "title": _("{name}的承诺", name=view.member.name),
        "community": f"{view.community} · {view.member.branch}",
        "none": "" if view.member.promises else _("现在没有公示的承诺。"),
        "promises": [_promise(one) for one in view.member.promises],
        "asof": _("截至 {day}", day=day(today)),
    }


def _promise(one: WallPromise) -> Words:
    lines = [
        (_("为谁"), one.whom),
        (_("多久一次"), how_often(one.rhythm, one.times, one.measure)),
        (_("做到哪天"), day(one.until) if one.until else "—"),
    ]
    if one.resting:
        lines.append((_("现在"), _("暂停")))
    elif one.current is not None:
        lines.append((_("下一次"), window_words(one.current)))
    lines.append((_("最近一次"), day(one.last_kept) if one.last_kept else _("还没有记录")))
    return {"what": one.what, "lines": lines}


def gone_words() -> tuple[str, str]:
    """The code is unknown or was taken back."""
    return _("这个码不能用了"), _("承诺已经结束，或者这个码已经停用。请到社区党群服务中心的承诺墙上看最新的。")
