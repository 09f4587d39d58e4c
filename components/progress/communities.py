"""The comparison of communities as a table to take away: shares as shares, with what they are made of."""

from collections.abc import Sequence

from components.charts.export import Table
from components.sheets import Field, Kind
from components.wording import _
from db.queries.progress.communities import CommunityNumbers
from db.rules.projects.progress import Rate


def comparison_table(rows: Sequence[CommunityNumbers]) -> Table:
    """One row for each community, in their own order."""
    rates = (_("已回音占比"), _("满意率"), _("按计划项目"))
    fields = [
        Field(_("社区"), 16), Field(_("每千户新登记"), 13, Kind.COUNT), Field(_("新登记"), 9, Kind.COUNT),
        Field(_("户数"), 9, Kind.COUNT),
        *(
            part for name in rates
            for part in (Field(name, 12, Kind.SHARE), Field(_("{name}（分子/分母）", name=name), 12))
        ),
        Field(_("红灯"), 7, Kind.COUNT),
    ]  # fmt: skip
    lines = [
        [
            one.name, round(float(one.per_thousand), 1) if one.per_thousand is not None else "—", one.logged,
            one.households, *(part for rate in (one.answered, one.content, one.on_track) for part in _parts(rate)),
            one.red,
        ]
        for one in rows
    ]  # fmt: skip
    return Table(_("分社区"), fields, lines)


def _parts(rate: Rate) -> tuple[object, str]:
    share = rate.numerator / rate.denominator if rate.denominator else "—"
    return share, f"{rate.numerator}/{rate.denominator}" + (" *" if rate.small else "")
