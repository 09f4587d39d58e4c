"""15 分钟党群服务圈 on the screen and on paper: the share that is covered, the gaps, and what lies outside the map."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

import streamlit as st

from components.address import follow, from_address, hold
from components.file_button import file_button
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import WORD, Paper
from components.results.circle_map import drawing, has_map
from components.results.once import once_a_circle
from components.wording import N_, _, side_by_side
from components.wording.dates import day, number, percent_of
from components.wording.terms import term
from db.queries.results.circle import Circle
from db.rules.permissions import Actor, Permission
from db.rules.results.circle import Coverage, Stand, Walking, gaps
from db.terms import WalkReach

VIEWS = {"cover": N_("覆盖"), "venues": N_("阵地"), "buildings": N_("楼栋")}
SHOWN = 50
FIRST, LAST = date(2000, 1, 1), date(2100, 1, 1)


def choose_day(today: date) -> date:
    """The day whose circle is shown, in the address."""
    held = from_address("day", date.fromisoformat)
    if held is not None and not FIRST <= held <= LAST:
        held = None
    chosen = st.date_input(
        _("截至哪一天"), key=follow("day", held or today), min_value=FIRST, max_value=LAST, format="YYYY-MM-DD"
    )
    shown = chosen if isinstance(chosen, date) else today
    hold("day", None if shown == today else shown.isoformat())
    return shown


def walking_words(walking: Walking) -> str:
    """How minutes are reckoned, as one sentence."""
    return _(
        "填写过步行分钟数的按填写的算；没有填写的按坐标推算：直线距离乘以绕行系数 {detour}，每小时 {pace} 公里，"
        "不足一分钟按一分钟算。既没有填写也没有坐标的，不算覆盖。",
        detour=f"{walking.detour / 100:.2f}".rstrip("0").rstrip("."), pace=number_of_km(walking.pace),
    )  # fmt: skip


def number_of_km(metres: int) -> str:
    """4.5 of 4500."""
    return f"{metres / 1000:.2f}".rstrip("0").rstrip(".")


def _parts(found: Coverage) -> tuple[str, ...]:
    return (
        _("{part}/{whole} 户", part=number(found.covered), whole=number(found.households)),
        _("超出 15 分钟 {n} 户", n=number(found.beyond)),
        _("不清楚 {n} 户", n=number(found.unknown)),
    )


@once_a_circle
def _counted(circle: Circle) -> tuple[Coverage, int, int]:
    """Households, and buildings that are covered and of which nobody knows."""
    reached = Counter(one.reach for one in circle.stands)
    return circle.coverage, reached[WalkReach.COVERED], reached[WalkReach.UNKNOWN]


@once_a_circle
def _missed(circle: Circle) -> tuple[Stand, ...]:
    return tuple(gaps(circle.stands))


@once_a_circle
def _walked(circle: Circle) -> tuple[Stand, ...]:
    return tuple(one for one in circle.stands if one.building.point is None and one.nearest)


def figures(circle: Circle) -> None:
    """The share that is covered, with all its parts, and what stands behind it."""
    whole, covered, unknown = _counted(circle)
    own = sum(one.home_id in {community.id for community in circle.communities} for one in circle.venues)
    numbers(
        [
            Kpi(
                _("15 分钟内的住户"),
                percent_of(whole.share),
                _parts(whole),
                walking_words(circle.walking),
                _("不清楚的都算作没有覆盖") if whole.unknown else "",
            ),
            Kpi(
                _("15 分钟内的楼栋"),
                f"{number(covered)}/{number(len(circle.stands))}",
                (_("不清楚 {n} 幢", n=unknown),),
                _("楼栋按住户台账和登记的位置列出；一个小区没有落到楼栋的住户算一行。户数按现在的登记。"),
            ),
            Kpi(
                _("当天在用的阵地"),
                str(len(circle.venues)),
                (
                    *((_("其中所选社区 {n} 处", n=own),) if len(circle.communities) == 1 else ()),
                    _("没有坐标 {n} 处", n=sum(one.at.point is None for one in circle.venues)),
                ),
                _("开放日期已到、还没有关闭的；当天休息的也算。"),
            ),
        ],
        key="circle.numbers",
    )


def communities_table(circle: Circle) -> None:
    """Each community with its parts, in the administration's own order."""
    lines = [
        {
            "name": one.name,
            "share": percent_of(one.coverage.share),
            "covered": number(one.coverage.covered),
            "beyond": number(one.coverage.beyond),
            "unknown": number(one.coverage.unknown),
            "whole": number(one.coverage.households),
        }
        for one in circle.communities
    ]
    columns = [
        Column("name", _("社区")),
        Column("share", _("覆盖"), "number"),
        Column("covered", _("15 分钟内（户）"), "number", total=True),
        Column("beyond", _("超出（户）"), "number", total=True),
        Column("unknown", _("不清楚（户）"), "number", total=True),
        Column("whole", _("合计（户）"), "number", total=True),
    ]
    rows(lines, columns, key="circle.communities", empty=_("还没有社区。"), caption=_("各社区覆盖情况"))


def building_words(one: Stand) -> str:
    """柳林小区3幢; what is left of a place says so."""
    lane = one.building.name or (
        _("（整条街巷）") if one.building.point or one.building.entered else _("（未落到楼栋）")
    )
    return f"{one.building.place}{lane}"


def nearest_words(circle: Circle, one: Stand) -> str:
    """The nearest place with its minutes, and where they come from."""
    if one.nearest is None:
        return _("没有坐标，也没有填写分钟数")
    name = next((row.name for row in circle.venues if row.id == one.nearest.venue_id), "")
    how = _("实走") if one.nearest.entered else _("推算")
    return _("{name}，{n} 分钟（{how}）", name=name, n=one.nearest.minutes, how=how)


def stands_table(circle: Circle, stands: Sequence[Stand], *, key: str, empty: str) -> None:
    """Buildings with their state and the nearest place; at most fifty, the rest are counted."""
    names = {one.id: one.name for one in circle.communities}
    lines = [
        {
            "what": building_words(one),
            "home": names.get(one.building.community_id, ""),
            "reach": one.reach,
            "nearest": nearest_words(circle, one),
            "n": number(one.building.households),
        }
        for one in stands[:SHOWN]
    ]
    columns = [
        Column("what", _("楼栋")),
        *([Column("home", _("社区"))] if len(names) > 1 else []),
        Column("reach", _("步行"), "nowrap"),
        Column("nearest", _("最近的阵地"), "wide"),
        Column("n", _("户数"), "number"),
    ]
    rows(lines, columns, key=key, empty=empty, caption=_("楼栋"))
    if len(stands) > SHOWN:
        st.caption(_("还有 {n} 行没有列出，请选一个社区，或下载表格。", n=len(stands) - SHOWN))


def gaps_table(circle: Circle) -> None:
    """盲区: what is beyond, the farthest first, then what nobody knows."""
    stands_table(circle, _missed(circle), key="circle.gaps", empty=_("所有楼栋都在 15 分钟内。"))


def beside_map(circle: Circle) -> None:
    """What has no coordinates and so is not on the map."""
    places = [one.name for one in circle.venues if one.at.point is None]
    walked = [building_words(one) for one in _walked(circle)]
    lines = []
    if places:
        lines.append(_("没有坐标、不在图上的阵地：{names}。", names=side_by_side(places)))
    if walked:
        shown = side_by_side(walked[:12]) + (_("等 {n} 幢", n=len(walked)) if len(walked) > 12 else "")
        lines.append(_("没有坐标、只填写了分钟数的楼栋：{names}。", names=shown))
    if lines:
        st.text("\n".join(lines))


@replaceable("circle")
def circle_paper(circle: Circle, where: str) -> Paper:
    """Coverage, gaps and places on paper; buildings only, no resident."""
    whole = circle.coverage
    facts = [
        _("截至 {day}", day=day(circle.day)),
        _("15 分钟内的住户：{share}", share=_("，").join((percent_of(whole.share), *_parts(whole)))),
    ]
    communities = [
        [one.name, percent_of(one.coverage.share),
         *(number(n) for n in (one.coverage.covered, one.coverage.beyond, one.coverage.unknown)),
         number(one.coverage.households)]
        for one in circle.communities
    ]  # fmt: skip
    missed = [
        [building_words(one), term(one.reach), nearest_words(circle, one), number(one.building.households)]
        for one in _missed(circle)
    ]
    kept = [[one.name, term(one.kind), one.address, one.desk_phone] for one in circle.venues]
    return plain_paper(
        _("{where}15 分钟党群服务圈", where=where),
        facts,
        [walking_words(circle.walking)],
        [],
        Layout({"gaps": (4.8, 2.4, 6.6, 2.0), "venues": (4.6, 2.8, 4.8, 3.6)}),
        communities=(
            [_("社区"), _("覆盖"), _("15 分钟内（户）"), _("超出（户）"), _("不清楚（户）"), _("合计（户）")],
            communities,
        ),
        gaps=([_("楼栋"), _("步行"), _("最近的阵地"), _("户数")], missed),
        venues=([_("阵地"), _("类别"), _("地址"), _("服务台电话")], kept),
    )


def file_buttons(user: Actor, circle: Circle, where: str, record: Callable[[Actor], object]) -> None:
    """The table as Word, the map as a picture; `record` writes down that they left the house."""

    def table(actor: Actor) -> bytes:
        content = circle_paper(circle, where)()
        record(actor)
        return content

    def image(actor: Actor) -> bytes:
        content = drawing(circle, alone=True).encode()
        record(actor)
        return content

    name = f"circle-{circle.day.isoformat()}"
    with st.container(horizontal=True):
        file_button(user, Permission.EXPORT, _("下载表格（Word）"), f"{name}.docx", WORD, table, key="circle.table",
                    icon=":material/description:")  # fmt: skip
        if has_map(circle):
            file_button(user, Permission.EXPORT, _("下载示意图"), f"{name}.svg", "image/svg+xml", image,
                        key="circle.picture", icon=":material/map:")  # fmt: skip
