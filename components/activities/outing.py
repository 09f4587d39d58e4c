"""陪访: the list of outings, one outing for who leads it, and the forms that pair elders with escorts."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components.acting import Request
from components.detail import head
from components.forms import form
from components.kpi import Kpi, numbers
from components.lists import Column, rows
from components.projects.frame import choose
from components.wording import N_, _, safe, side_by_side
from components.wording.dates import clock, near
from components.wording.terms import badge, term
from db.actions.activities.outing import drop_escort, pair_up, replace_escort, set_trip, stay_home
from db.actions.activities.outing_steps import close_outing
from db.queries.activities.outing import EventLine, OutingFacts, OutingRow, PairLine
from db.queries.orders.callers import Caller
from db.queries.volunteers.openings import Candidate
from db.rules.activities.outing_input import PairInput
from db.terms import PairStand, Staffing

DOINGS = {
    "pair": N_("加一对"),
    "replace": N_("换陪访人"),
    "drop": N_("陪访人退出"),
    "stay": N_("老人不去了"),
    "trip": N_("集合与人数"),
    "close": N_("收队"),
}


def outing_list(found: Sequence[OutingRow]) -> None:
    """Every outing with how many are out."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "on": near(one.on),
                "place": one.place,
                "state": one.state,
                "pairs": one.pairs or "",
                "out": one.out or "",
                "lacking": one.lacking or "",
                "closed": _("已收队") if one.closed else "",
            }
            for one in found
        ],
        [
            Column("title", _("陪访")),
            Column("on", _("日期"), "nowrap"),
            Column("place", _("地点")),
            Column("state", _("状态"), "nowrap"),
            Column("pairs", _("老人"), "number"),
            Column("out", _("在外"), "number"),
            Column("lacking", _("缺陪访人"), "number"),
            Column("closed", _("收队"), "nowrap"),
        ],
        key="outing.list",
        empty=_("还没有陪访。先在“活动”里安排一次，类型选“出游陪访”，再来这里结伴。"),
        caption=_("陪访"),
        page="outing",
    )


def outing_head(facts: OutingFacts) -> None:
    """What, where, when, and who is still out."""
    where = _("集合：{place}", place=facts.meeting_point) if facts.meeting_point else ""
    line = " · ".join(part for part in (near(facts.on), facts.place, where) if part)
    head(facts.title, marks=[badge(facts.state)], about=line)
    st.page_link("activities/activity.py", label=_("这场活动：报名、记录与时长、文书"), icon=":material/celebration:",
                 query_params={"id": str(facts.id)})  # fmt: skip
    if facts.closed_at is not None:
        told = _("{who} {at} 收队", at=near(facts.closed_at), who=facts.closed_by)
        st.info(f"{safe(told)}\n\n{safe(facts.note)}".strip(), icon=":material/flag:")
    out = [pair for pair in facts.pairs if pair.stand is PairStand.OUT]
    back = [pair for pair in facts.pairs if pair.stand is PairStand.BACK]
    lacking = [pair for pair in facts.open if pair.volunteer_id is None]
    numbers(
        [
            Kpi(
                _("老人"), str(len(facts.going)), (_("一位陪访人最多陪 {n} 位", n=facts.most),),
                note=_("{n} 位还没有陪访人", n=len(lacking)) if lacking else "",
            ),
            Kpi(_("在外"), str(len(out)), (side_by_side(pair.elder for pair in out[:5]),)),
            Kpi(_("已返回"), str(len(back))),
        ],
        key="outing.figures",
    )  # fmt: skip


def pair_table(facts: OutingFacts) -> None:
    """Every pair: who with whom, where they stand, what was lacking."""
    rows(
        [
            {
                "elder": pair.elder,
                "stand": Staffing.SHORT if pair.open and pair.volunteer_id is None else pair.stand,
                "escort": f"{pair.number} {pair.escort}".strip() or _("缺陪访人"),
                "kind": term(pair.kind) if pair.kind else "",
                "left": clock(pair.left_at) if pair.left_at else "",
                "returned": clock(pair.returned_at) if pair.returned_at else "",
                "contact": pair.contact,
                "missing": pair.missing,
            }
            for pair in facts.pairs[:50]
        ],
        [
            Column("elder", _("老人")),
            Column("stand", _("状态"), "nowrap"),
            Column("escort", _("陪访人")),
            Column("kind", _("类型"), "nowrap"),
            Column("left", _("出发"), "nowrap"),
            Column("returned", _("返回"), "nowrap"),
            Column("contact", _("紧急联系人"), "nowrap"),
            Column("missing", _("核对时缺的")),
        ],
        key="outing.pairs",
        empty=_("还没有结伴。一位老人、一位陪访人、一个紧急联系人，就是一对。"),
        caption=_("结伴名单"),
    )


def outing_doing(facts: OutingFacts) -> str:
    """What to do now: only what is possible is offered."""
    waiting = any(pair.stand is PairStand.WAITING for pair in facts.open)
    able = {
        "pair": True,
        "replace": bool(facts.open),
        "drop": any(pair.volunteer_id for pair in facts.open),
        "stay": waiting,
        "trip": True,
        "close": bool(facts.pairs),
    }
    offered = {code: DOINGS[code] for code, possible in able.items() if possible}
    start = "close" if facts.pairs and not facts.open else "pair"
    return choose("do", offered, start=start, key=f"outing.do.{facts.id}")


def finders(*, elder: bool) -> tuple[str, str]:
    """What to look for: a volunteer by number or skill, an elder on record by the whole name or telephone."""
    left, right = st.columns(2)
    with left:
        words = st.text_input(_("查找陪访人"), key="outing.find", placeholder=_("编号或特长，例如：电工"))
    if not elder:
        return words, ""
    with right:
        return words, st.text_input(_("查找老人"), key="outing.elder", placeholder=_("整个姓名或整个电话"))


def outing_form(doing: str, facts: OutingFacts, people: Mapping[int, str], elders: Sequence[Caller]) -> Request | None:
    """The one form that was chosen; `people` are volunteers to choose from, `elders` what was found on record."""
    if doing == "pair":
        return _pair(facts, people, elders)
    if doing == "trip":
        return _trip(facts)
    if doing == "close":
        return _close(facts)
    return _change(doing, facts, people)


def _pair(facts: OutingFacts, people: Mapping[int, str], elders: Sequence[Caller]) -> Request | None:
    found = {one.person_id: f"{one.name} {one.phone} {one.door}".strip() for one in elders}
    with form("outing.pair") as filling:
        person_id = None
        if found:
            only = next(iter(found)) if len(found) == 1 else None
            person_id = filling.choice("person_id", _("哪位老人"), list(found), start=only, show=found.__getitem__)
        left, right = st.columns(2)
        with left:
            name = filling.line("elder_name", _("老人姓名（档案里没有时填，加密保存）"), autocomplete="off")
        with right:
            alias = filling.line("alias", _("怎么称呼（名单上代替姓名）"), placeholder=_("例如：陈阿婆"))
        volunteer_id = filling.choice(
            "volunteer_id", _("陪访人（可以先空着）"), list(people), show=lambda one: people.get(one, str(one))
        )
        left, right = st.columns(2)
        with left:
            contact = filling.line("contact_name", _("紧急联系人"), placeholder=_("例如：女儿"), autocomplete="off")
        with right:
            phone = filling.line("contact_phone", _("紧急联系电话"), autocomplete="off")
        another = filling.yes("another", _("同名的另一位"))
        st.caption(_("不写病情。紧急联系人只在当天给陪访人看，收队后删除。"))
        pressed = filling.submit(_("结成一对"), icon=":material/group_add:")
    given = PairInput(person_id, name, alias, volunteer_id, contact, phone, another)
    return Request(filling, pair_up, _("已结伴"), {"activity_id": facts.id, "given": given}) if pressed else None


def _trip(facts: OutingFacts) -> Request | None:
    with form("outing.trip") as filling:
        where = filling.line("meeting_point", _("在哪里集合"), most=100, start=facts.meeting_point)
        most = filling.whole("most", _("一位陪访人最多陪几位老人"), least=1, most=2, start=facts.most)
        pressed = filling.submit(_("保存"))
    values = {"activity_id": facts.id, "meeting_point": where, "most": most}
    return Request(filling, set_trip, _("已保存"), values) if pressed else None


def _close(facts: OutingFacts) -> Request | None:
    with form("outing.close") as filling:
        if facts.open:
            names = side_by_side(pair.elder for pair in facts.open[:8])
            st.warning(safe(_("还没有交代清楚：{names}", names=names)), icon=":material/person_alert:")
        words = filling.line("note", _("说明（可不填，不写姓名）"), most=200)
        st.caption(_("收队后名单不再改，紧急联系人删除。"))
        pressed = filling.submit(_("人都到家，收队"), icon=":material/flag:")
    said = lambda n: _("已收队，{n} 位老人平安返回", n=n)  # noqa: E731
    return Request(filling, close_outing, said, {"activity_id": facts.id, "note": words}) if pressed else None


def _named(pair: PairLine) -> str:
    return f"{pair.elder} · {pair.number or _('缺陪访人')} {pair.escort}".strip()


def _change(doing: str, facts: OutingFacts, people: Mapping[int, str]) -> Request | None:
    pairs = {pair.id: pair for pair in facts.open}
    if doing == "drop":
        pairs = {key: pair for key, pair in pairs.items() if pair.volunteer_id}
    if doing == "stay":
        pairs = {key: pair for key, pair in pairs.items() if pair.stand is PairStand.WAITING}
    lacking = next((key for key, pair in pairs.items() if pair.volunteer_id is None), None)
    with form(f"outing.{doing}") as filling:
        chosen = filling.choice("pair_id", _("哪一对"), list(pairs), start=lacking, show=lambda one: _named(pairs[one]))
        volunteer_id = None
        if doing == "replace":
            volunteer_id = filling.choice(
                "volunteer_id", _("换成谁"), list(people), show=lambda one: people.get(one, str(one))
            )
        reason = filling.line("reason", _("为什么"), most=200)
        pressed = filling.submit(_(DOINGS[doing]))
    if not pressed or chosen is None:
        return None
    values = {"pair_id": chosen, "version": pairs[chosen].version, "reason": reason}
    if doing == "replace":
        return Request(filling, replace_escort, _("已换，名单更新了"), values | {"volunteer_id": volunteer_id})
    if doing == "drop":
        return Request(filling, drop_escort, _("已记下，这位老人标红，请尽快安排"), values)
    return Request(filling, stay_home, _("已记下"), values)


def escorts(usual: Sequence[Candidate]) -> dict[int, str]:
    """Volunteers to choose from, in words."""
    return {one.id: f"{one.number} {one.name} {side_by_side(one.skills)}".strip() for one in usual}


def events(facts: OutingFacts, found: Sequence[EventLine]) -> None:
    """Everything that happened, the newest first."""
    names = {pair.id: pair.elder for pair in facts.pairs}
    with st.expander(_("经过"), icon=":material/history:"):
        rows(
            [
                {
                    "at": near(one.at),
                    "elder": names.get(one.pair_id, ""),
                    "what": term(one.kind),
                    "number": one.number,
                    "reason": one.reason,
                    "by": one.by,
                }
                for one in found
            ],
            [
                Column("at", _("时间"), "nowrap"),
                Column("elder", _("老人")),
                Column("what", _("什么事"), "nowrap"),
                Column("number", _("陪访人"), "nowrap"),
                Column("reason", _("原因")),
                Column("by", _("谁记的"), "nowrap"),
            ],
            key="outing.events",
            empty=_("还没有经过。"),
            caption=_("经过"),
        )
