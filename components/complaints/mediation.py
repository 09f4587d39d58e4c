"""协调会（沟通会） on the screen: the dispute, who sits at the table, the talk, what was agreed, and the re-checks."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

import streamlit as st

from components.acting import Request
from components.address import to_address
from components.asking import ask
from components.complaints.escalations import escalate_form
from components.complaints.list import few_complaints
from components.detail import head, next_step
from components.forms import form, press
from components.lists import Column, rows
from components.menu import PAGES
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import Paper
from components.wording import N_, _, labelled, safe
from components.wording.dates import day, moment, near
from components.wording.terms import badge, term
from db.actions.complaints.mediation import (
    add_party,
    agree_action,
    check_action,
    convene_mediation,
    end_talk,
    open_mediation,
    record_talk,
    register_mediation,
    remove_party,
)
from db.queries.complaints.mediation import AgreedAction, DueCheck, MediationFacts, MediationRow
from db.queries.complaints.page import Repeat
from db.rules.complaints.life import OPEN
from db.rules.zone import CHINA
from db.terms import MediationState, PartyKind, TaskState

USUAL = timedelta(days=30)
NEXT = {
    MediationState.REGISTERED: N_("登记各方（至少两方），再通知时间地点。"),
    MediationState.CONVENED: N_("各方到齐后开始协商：勾选到场的各方。"),
    MediationState.OPEN: N_("记下争议焦点和依据，逐项写明整改事项、责任人和期限，再结束协商。"),
    MediationState.AGREED: N_("到期逐项复查：全部通过才算解决。"),
    MediationState.NOT_AGREED: N_("没有达成共识：再约一次，或上报。"),
    MediationState.RELAPSED: N_("问题反弹：重新通知各方协商，或上报。"),
    MediationState.SETTLED: N_("已解决。再次复查发现反弹的，在这里登记，会自动重新打开。"),
    MediationState.ESCALATED: N_("已上报，等待答复；答复后解决，或退回再协商。"),
}


def mediations_table(found: Sequence[MediationRow]) -> None:
    """The disputes, newest first."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "at": near(one.at) if one.at else "",
                "meetings": one.meetings,
                "open": one.open_actions,
                "number": one.number,
            }
            for one in found
        ],
        [
            Column("title", _("纠纷")),
            Column("state", _("状态"), "nowrap"),
            Column("at", _("协调时间"), "nowrap"),
            Column("meetings", _("开会次数"), "number"),
            Column("open", _("待复查"), "number"),
            Column("number", _("编号"), "nowrap"),
        ],
        key="mediations",
        empty=_("还没有协调会。多方有争执的事，在上面登记，请各方坐到一起。"),
        caption=_("协调会（沟通会）"),
        page="mediation",
    )


def due_table(found: Sequence[DueCheck]) -> None:
    """Agreed actions whose day has come: the dispute of the one that was clicked."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "dispute": one.dispute,
                "owner": one.owner,
                "checker": one.checker,
                "due": near(one.due_on),
            }
            for one in found
        ],
        [
            Column("title", _("整改事项"), "wide"),
            Column("dispute", _("纠纷")),
            Column("owner", _("责任人")),
            Column("checker", _("复查人"), "nowrap"),
            Column("due", _("期限"), "nowrap"),
        ],
        key="due_checks",
        empty="",
        caption=_("到期待复查"),
        page="mediation",
    )


def complaints_behind(found: Sequence[Repeat], facts: MediationFacts) -> None:
    """The complaints that this dispute is to end."""
    if not found:
        return
    st.header(_("背后的投诉"), anchor=False)
    st.caption(_("整改全部复查通过后，在办的自动转入回访；复查反弹时，已办结的自动重新办理。"))
    in_hand_first = sorted(found, key=lambda one: one.state not in OPEN)
    few_complaints(in_hand_first, key="mediation.complaints", caption=_("背后的投诉"))
    st.page_link(
        PAGES / "complaints/trend.py",
        label=_("投诉趋势"),
        icon=":material/show_chart:",
        query_params={"mediation": str(facts.id)},
    )


def register_form() -> Request | None:
    """Register a dispute."""
    with form("register_mediation") as filling:
        title = filling.line("title", _("什么纠纷"), help=_("例：沿街餐饮油烟扰民。不写居民姓名和门牌。"))
        matter = filling.words("matter", _("经过和各方的诉求"), height=100)
        pressed = filling.submit(_("登记"), icon=":material/add:")
    values = {"title": title, "matter": matter}
    return Request(filling, register_mediation, _("已登记"), values, after=_open) if pressed else None


def _open(mediation_id: int) -> None:
    """Go on with the one that was just registered."""
    to_address("id", mediation_id)


def mediation_head(facts: MediationFacts, *, who: str) -> None:
    """What it is about, where it stands, what comes next, and `who` does it where the user may not."""
    when = _("{at} · {place} · 主持 {host}", at=near(facts.at), place=facts.place, host=facts.host) if facts.at else ""
    head(facts.title, number=facts.number, marks=[badge(facts.state)], about=when)
    next_step(_(NEXT[facts.state]), who=who)


def parties_table(facts: MediationFacts) -> None:
    """Who sits at the table, what the matter is, and what was said so far."""
    st.text(facts.matter)
    rows(
        [
            {
                "name": one.name,
                "kind": term(one.kind),
                "person": one.representative,
                "contact": one.contact,
                "claim": one.claim,
                "present": _("到场") if one.present else "",
            }
            for one in facts.parties
        ],
        [
            Column("name", _("各方")),
            Column("kind", _("类别"), "nowrap"),
            Column("person", _("代表"), "nowrap"),
            Column("contact", _("电话"), "nowrap"),
            Column("claim", _("诉求")),
            Column("present", _("到场"), "nowrap"),
        ],
        key="parties",
        empty=_("还没有登记各方。"),
        caption=_("各方"),
        short=True,
    )
    said = [
        *((_("争议焦点"), facts.issues), (_("依据（法规、检测、专家意见）"), facts.basis)),
        *((_("达成的共识"), facts.agreed), (_("未达成的"), facts.not_agreed)),
    ]
    if told := [f"**{label}**  \n{safe(words)}" for label, words in said if words]:
        # Once the talk is over its words are read again, not worked on.
        with st.expander(_("会上说了什么"), icon=":material/forum:", expanded=facts.state is MediationState.OPEN):
            st.markdown("\n\n".join(told))


def actions_table(facts: MediationFacts, today: date) -> None:
    """整改清单 with every check."""
    if not facts.actions:
        return
    rows(
        [
            {
                "title": one.title,
                "owner": one.owner,
                "due": _late(one, today),
                "checker": one.checker,
                "checks": " / ".join(
                    _(
                        "{on} {result}：{words}",
                        on=near(check.on),
                        result=_("通过") if check.passed else _("未通过"),
                        words=check.words,
                    )
                    for check in one.checks
                ),
            }
            for one in facts.actions
        ],
        [
            Column("title", _("整改事项")),
            Column("owner", _("责任人")),
            Column("due", _("期限"), "nowrap"),
            Column("checker", _("复查人"), "nowrap"),
            Column("checks", _("复查"), "wide"),
        ],
        key="agreed_actions",
        empty="",
        caption=_("整改清单"),
        short=True,
    )


def _late(one: AgreedAction, today: date) -> str:
    late = one.state is TaskState.OPEN and one.due_on < today
    return _("{due}（已到期）", due=near(one.due_on)) if late else near(one.due_on)


def next_form(facts: MediationFacts, today: date) -> Request | None:
    """What can be done now, one thing on top of the other."""
    requests: list[Request | None] = []
    if facts.state in (MediationState.REGISTERED, MediationState.CONVENED):
        requests.append(_party_form(facts))
    if facts.state is MediationState.CONVENED:
        requests.append(_open_form(facts))
    if facts.state in (
        *(MediationState.REGISTERED, MediationState.CONVENED),
        *(MediationState.NOT_AGREED, MediationState.RELAPSED),
    ):
        requests.append(_convene_form(facts, today))
    if facts.state is MediationState.OPEN:
        requests += [_talk_form(facts), _action_form(facts, today), _end_buttons(facts)]
    if facts.state in (MediationState.AGREED, MediationState.SETTLED):
        requests.append(_check_form(facts, today))
    if facts.state in (MediationState.NOT_AGREED, MediationState.RELAPSED):
        requests.append(escalate_form(facts, today))
    return next((request for request in requests if request), None)


def _party_form(facts: MediationFacts) -> Request | None:
    with st.expander(_("登记一方"), icon=":material/person_add:", expanded=len(facts.parties) < 2):
        with form("add_party") as filling:
            kind = filling.choice("kind", _("类别"), list(PartyKind))
            name = filling.line("name", _("单位或称呼"), help=_("例：区生态环境局、某餐饮店、3幢业主代表。"))
            with st.container(horizontal=True):
                person = filling.line("representative", _("代表姓名"))
                contact = filling.line("contact", _("电话（可不填）"))
            claim = filling.words("claim", _("诉求（可不填）"), height=68)
            pressed = filling.submit(_("登记这一方"), icon=":material/person_add:")
        if pressed:
            values = {"kind": kind, "name": name, "representative": person, "contact": contact, "claim": claim}
            return Request(filling, add_party, _("已登记"), {"mediation_id": facts.id, **values})
        for one in facts.parties:
            words = _("移除 {name}", name=safe(one.name))
            drop = press(f"remove_party.{one.id}", words, icon=":material/person_remove:")
            if drop:
                return Request(drop, remove_party, _("已移除"), {"party_id": one.id})
    return None


def _convene_form(facts: MediationFacts, today: date) -> Request | None:
    with (
        st.expander(_("通知各方"), icon=":material/mail:", expanded=facts.state is not MediationState.CONVENED),
        form(f"convene.{facts.id}") as filling,
    ):
        with st.container(horizontal=True):
            on = filling.day("at", _("日期"), start=today + timedelta(days=2))
            clock = filling.clock("clock", _("时间"), start=time(14, 30))
        place = filling.line("place", _("地点"), most=80, start=facts.place)
        host = filling.line("host", _("主持人"), start=facts.host)
        pressed = filling.submit(_("已通知各方"), icon=":material/mail:")
    if not pressed:
        return None
    values = {"mediation_id": facts.id, "version": facts.version, "place": place, "host": host}
    at = datetime.combine(on, clock, CHINA) if on and clock else None
    return Request(filling, convene_mediation, _("已记录通知"), {**values, "at": at})


def _open_form(facts: MediationFacts) -> Request | None:
    with form(f"open_mediation.{facts.id}") as filling:
        present = filling.ticks("present", _("到场的各方"), facts.parties, show=lambda p: p.name)
        recorder = filling.line("recorder", _("记录人"), start=facts.recorder)
        pressed = filling.submit(_("开始协商"), icon=":material/play_circle:")
    if not pressed:
        return None
    values = {"mediation_id": facts.id, "version": facts.version, "recorder": recorder}
    return Request(filling, open_mediation, _("协商开始"), {**values, "present": [party.id for party in present]})


def _talk_form(facts: MediationFacts) -> Request | None:
    with form(f"record_talk.{facts.id}") as filling:
        values: dict[str, object] = {"mediation_id": facts.id, "version": facts.version}
        values["issues"] = filling.words("issues", _("争议焦点"), start=facts.issues, height=80)
        values["basis"] = filling.words("basis", _("依据（法规、检测、专家意见）"), start=facts.basis, height=68)
        values["agreed"] = filling.words("agreed", _("达成的共识"), start=facts.agreed, height=80)
        values["not_agreed"] = filling.words("not_agreed", _("未达成的"), start=facts.not_agreed, height=68)
        pressed = filling.submit(_("保存记录"), icon=":material/save:")
    return Request(filling, record_talk, _("记录已保存"), values) if pressed else None


def _action_form(facts: MediationFacts, today: date) -> Request | None:
    with form(f"agree_action.{facts.id}") as filling:
        agreed = next(iter(facts.agreed.splitlines()), "")[:100] if not facts.actions else ""
        title = filling.line("title", _("整改事项"), most=100, start=agreed)
        with st.container(horizontal=True):
            party = filling.choice("party_id", _("哪一方（可不选）"), facts.parties, show=lambda p: p.name)
            owner = filling.line("owner", _("责任人"))
        with st.container(horizontal=True):
            due_on = filling.day("due_on", _("期限"), start=today + USUAL)
            checker = filling.line("checker", _("复查人"), start=facts.recorder or facts.host)
        pressed = filling.submit(_("列入整改清单"), icon=":material/playlist_add:")
    if not pressed:
        return None
    values = {"title": title, "owner": owner, "due_on": due_on, "checker": checker}
    who = {"mediation_id": facts.id, "party_id": party.id if party else None}
    return Request(filling, agree_action, _("已列入整改清单"), {**who, **values})


def _end_buttons(facts: MediationFacts) -> Request | None:
    with st.container(horizontal=True):
        does = _("协商结束：约定按各自期限复查，之后不能再加约定和发言。")
        yes = ask(
            "talk_agreed", _("达成共识，结束协商"), does, _("已达成共识"), primary=True, icon=":material/handshake:"
        )
        does = _("协商结束，记为没有谈成：可以改天另开一次，或上报街道。")
        no = ask("talk_failed", _("未达成共识"), does, _("没有谈成，结束协商"), icon=":material/close:")
    hit = yes or no
    if not hit:
        return None
    values = {"mediation_id": facts.id, "version": facts.version, "agreed": hit is yes}
    return Request(hit, end_talk, _("协商已结束") if hit is yes else _("已记录未达成共识"), values)


def _check_form(facts: MediationFacts, today: date) -> Request | None:
    with form(f"check_action.{facts.id}") as filling:
        waiting = [one for one in facts.actions if one.state is TaskState.OPEN] or list(facts.actions)
        which = filling.choice("action_id", _("复查哪一项"), facts.actions, start=waiting[0], show=lambda a: a.title)
        on = filling.day("on", _("复查日期"), start=today)
        passed = filling.choice(
            "passed", _("结果"), [True, False], few=True, show=lambda p: _("通过") if p else _("未通过")
        )
        said = filling.words("said", _("看到的情况、检测结果"), height=80)
        pressed = filling.submit(_("登记复查"), icon=":material/fact_check:")
    if not pressed:
        return None
    if passed is None:
        filling.problem("passed", _("请选择复查的结果。"))
        return None
    values = {"action_id": which.id if which else None, "on": on, "passed": passed, "said": said}
    return Request(filling, check_action, lambda state: term(MediationState(state)), values)


def _checked(one: AgreedAction) -> str:
    """Every check on the paper, the words of which stay on the screen."""
    words = [f"{day(check.on)} {_('通过') if check.passed else _('未通过')}" for check in one.checks]
    return "\n".join(words)


@replaceable("mediation")
def mediation_paper(facts: MediationFacts) -> Paper:
    """协调会记录, with the parties, the talk, the list of what is to be done, and room for every signature."""
    about = [
        _("{title}（{number}）", title=facts.title, number=facts.number),
        _("时间：{at}    地点：{place}", at=moment(facts.at), place=facts.place) if facts.at else "",
        _("主持人：{host}    记录人：{recorder}", host=facts.host or "____", recorder=facts.recorder or "____"),
        _("事由：{matter}", matter=facts.matter),
    ]
    parties = [[one.name, term(one.kind), one.claim, _("到场") if one.present else _("未到")] for one in facts.parties]
    agreed = [[one.title, one.owner, day(one.due_on), one.checker, _checked(one)] for one in facts.actions]
    text = [
        _("争议焦点：{words}", words=facts.issues),
        _("依据：{words}", words=facts.basis or "—"),
        _("达成的共识：{words}", words=facts.agreed or "—"),
        _("未达成的：{words}", words=facts.not_agreed or "—"),
    ]
    signs = [labelled(one.name, "____________") for one in facts.parties]
    signs.append(_("主持人签字：____________    记录人签字：____________    ____年__月__日"))
    signs.append(_("社区居民委员会（盖章）：____________"))
    return plain_paper(
        _("协调会（沟通会）记录"),
        [line for line in about if line],
        text,
        signs,
        Layout({"parties": (3.6, 2.8, 7.2, 2.2), "agreed": (3.6, 2.2, 4.0, 2.2, 3.8)}),
        parties=([_("各方"), _("类别"), _("诉求"), _("到场")], parties),
        agreed=([_("整改事项"), _("责任人"), _("期限"), _("复查人"), _("复查")], agreed),
    )
