"""业委会选举 on the screen: a checklist with its legal periods, labelled as what it is: the owners decide."""

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import N_, _, labelled, safe
from components.wording.dates import dated, near, number, percent_of
from components.wording.terms import look, sign, term
from db.actions.projects.election import begin_election, lengthen_period, record_owners_vote, record_step
from db.queries.projects.election import ElectionRow, ElectionStepRow
from db.queries.projects.page import ProjectHead
from db.rules.projects.election import Period, Share
from db.rules.projects.input import OwnersVoteInput
from db.terms import ElectionStepKind as Kind
from db.terms import Light

BASIS = {
    Kind.GROUP: N_("街道指导，社区、业主代表参加"),
    Kind.GROUP_NOTICE: N_("不少于 7 日（多地条例）"),
    Kind.CANDIDATES: N_("业主自荐、联名推荐"),
    Kind.CANDIDATE_NOTICE: N_("不少于 10 日（宁波条例）"),
    Kind.MEETING_NOTICE: N_("会前 15 日通知全体业主，以当地规定为准"),
    Kind.VOTE: N_("由业主共同决定（民法典第二百七十八条）"),
    Kind.RESULT_NOTICE: N_("不少于 7 日，以当地规定为准"),
    Kind.FILING: N_("选出之日起 30 日内，以当地规定为准"),
    Kind.HANDOVER: N_("10 日内，以当地规定为准"),
}
SHARES = {
    Share.TOOK_PART_HEADS: N_("参与表决人数占比（须 2/3 以上）"),
    Share.TOOK_PART_AREA: N_("参与表决面积占比（须 2/3 以上）"),
    Share.AGREED_HEADS: N_("同意人数占参与人数（须过半数）"),
    Share.AGREED_AREA: N_("同意面积占参与面积（须过半数）"),
}


def owners_note() -> None:
    """What nobody may forget on this page."""
    st.info(_("由业主共同决定。居民议事会只能提建议，议事会的表决不能代替业主表决。"), icon=":material/how_to_vote:")


def begin_form(head: ProjectHead) -> Request | None:
    """Begin the checklist for a project."""
    with form(f"begin_election.{head.id}", border=False) as filling:
        owners_note()
        with st.container(horizontal=True):
            estate = filling.line("estate", _("哪个小区"))
            owners = filling.whole("owners", _("业主总人数"), least=1, most=100_000)
            area = filling.amount("area", _("专有部分总面积（平方米）"), least=0.0)
            starts_on = filling.day("starts_on", _("从哪天开始"), start=head.starts_on)
        pressed = filling.submit(_("建立选举清单"), icon=":material/checklist:")
    values = {"project_id": head.id, "estate": estate, "owners": owners, "area": area, "starts_on": starts_on}
    return Request(filling, begin_election, _("选举清单已建立"), values) if pressed else None


def checklist(one: ElectionRow) -> None:
    """Every step with its period, its days and who did it."""
    owners_note()
    st.markdown(
        labelled(_("小区"), f"**{safe(one.estate)}**")
        + " · "
        + _("{n} 名业主，{area} 平方米", n=one.owners, area=number(one.area))
    )
    rows(
        [
            {
                "step": f"{place}. {term(step.kind)}",
                "basis": _(BASIS[step.kind]),
                "days": _days(step),
                "state": _state(step),
                "note": step.note,
                "who": step.done_name,
            }
            for place, step in enumerate(one.steps, start=1)
        ],
        [
            Column("step", _("步骤")),
            Column("basis", _("依据与期限")),
            Column("days", _("日期")),
            Column("state", _("进展"), "nowrap"),
            Column("note", _("说明")),
            Column("who", _("登记人"), "nowrap"),
        ],
        key="election.steps",
        empty="",
        caption=_("业委会选举清单"),
        short=True,
    )
    decision(one)


def _days(step: ElectionStepRow) -> str:
    if step.ended_on is not None:
        return (
            near(step.ended_on)
            if step.began_on in (None, step.ended_on)
            else (_("{start}至{due}", start=dated(step.began_on), due=dated(step.ended_on)))
        )
    if step.latest is not None:
        return _("最迟 {day} 完成", day=near(step.latest))
    return _("最早 {day}", day=dated(step.earliest))


def _state(step: ElectionStepRow) -> dict[str, str]:
    if step.ended_on is not None:
        return {"word": _("已完成"), "colour": look(Light.GREEN)[1]}
    if step.began_on is not None:
        return {"word": _("进行中"), "colour": "blue"}
    return {"word": _("可以开始"), "colour": "orange"} if step.can_begin else {"word": _("还没到"), "colour": "gray"}


def decision(one: ElectionRow) -> None:
    """What the owners decided, share by share."""
    if one.decision is None:
        return
    passed = one.decision.passed
    st.header(_("业主表决结果"), anchor=False)
    said = _("通过：由业主共同决定") if passed else _("未通过：可以再次组织业主表决")
    st.markdown(f"{sign(said, 'green' if passed else 'red')} {near(one.voted_on)} · {_('第 {n} 次', n=one.votes)}")
    rows(
        [
            {
                "share": _(label),
                "value": percent_of(one.decision.shares[share]),
                "met": _met(share in one.decision.missing),
            }
            for share, label in SHARES.items()
        ],
        [Column("share", _("要求")), Column("value", _("实际"), "number"), Column("met", _("达到"), "nowrap")],
        key="election.shares",
        empty="",
        caption=_("业主表决结果"),
        short=True,
    )


def _met(missing: bool) -> dict[str, str]:
    return {"word": _("未达到"), "colour": "red"} if missing else {"word": _("达到"), "colour": "green"}


def step_form(one: ElectionRow) -> Request | None:
    """The form of the steps that can be done now."""
    able = {step.id: step for step in one.steps if step.ended_on is None and step.can_begin}
    if not able:
        return None
    request: Request | None = None
    others = {number: step for number, step in able.items() if step.kind is not Kind.VOTE}
    with st.expander(_("登记一步"), icon=":material/edit_note:"):
        if others:
            request = _other_step(others)
        if any(step.kind is Kind.VOTE for step in able.values()):
            request = _vote(one) or request
    return request


def _other_step(others: dict[int, ElectionStepRow]) -> Request | None:
    first = next(iter(others))
    with form("election_step") as filling:
        with st.container(horizontal=True):
            step_id = filling.choice(
                "step_id", _("哪一步"), list(others), start=first, show=lambda number: term(others[number].kind)
            )
            began = filling.day("began_on", _("哪天开始（张贴）"), start=others[first].began_on)
            ended = filling.day("ended_on", _("哪天结束（没结束的不填）"))
        note = filling.line("note", _("说明：贴在哪里、多少人参加"), most=200, start=others[first].note)
        pressed = filling.submit(_("登记这一步"), icon=":material/checklist:")
    if pressed and step_id is not None:
        values = {
            "step_id": step_id, "version": others[step_id].version, "began_on": began, "ended_on": ended, "note": note,
        }  # fmt: skip
        return Request(filling, record_step, _("已登记"), values)
    bound = {number: step for number, step in others.items() if step.period is not Period.NONE}
    return _lengthen(bound) if bound else None


def _lengthen(bound: dict[int, ElectionStepRow]) -> Request | None:
    with st.expander(_("按当地规定改期限"), icon=":material/timer:"), form("election_period", border=False) as filling:
        step_id = filling.choice(
            "step_id", _("哪一步"), list(bound), show=lambda number: f"{term(bound[number].kind)} {bound[number].days}"
        )
        days = filling.whole("days", _("多少日（公示只能加长）"), least=1, most=90)
        pressed = filling.submit(_("改期限"))
    if not pressed or step_id is None:
        return None
    values = {"step_id": step_id, "version": bound[step_id].version, "days": days}
    return Request(filling, lengthen_period, _("期限已改"), values)


def _vote(one: ElectionRow) -> Request | None:
    with form(f"owners_vote.{one.id}") as filling:
        st.markdown(f"**{_('业主表决（按人数和面积计票）')}**")
        voted_on = filling.day("voted_on", _("表决截止日"))
        with st.container(horizontal=True):
            took = filling.whole("took_part", _("参与表决人数"), most=one.owners)
            area = filling.amount("area_part", _("参与表决面积"), least=0.0, most=float(one.area))
            agreed = filling.whole("agreed", _("同意人数"), most=one.owners)
            area_agreed = filling.amount("area_agreed", _("同意面积"), least=0.0, most=float(one.area))
        pressed = filling.submit(_("登记业主表决"), icon=":material/how_to_vote:")
    if not pressed:
        return None
    given = OwnersVoteInput(voted_on, took, area, agreed, area_agreed)
    return Request(filling, record_owners_vote, _said, {"election_id": one.id, "version": one.version, "given": given})


def _said(result: dict[str, object]) -> str:
    return _("业主表决通过") if result["passed"] else _("业主表决没有通过，差在哪里见下面")
