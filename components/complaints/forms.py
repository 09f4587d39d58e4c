"""What can be done with a complaint, one form at a time: the next step open, the other ways one tap away."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.asking import says
from components.complaints.list import few_complaints
from components.forms import form, press
from components.wording import N_, _, safe
from db.actions.complaints.complaints import (
    close_complaint,
    extend_due,
    hand_over,
    record_contact,
    reopen_complaint,
    reply_complaint,
    revisit_complaint,
    void_complaint,
)
from db.actions.complaints.links import link_project, link_repeat, to_mediation, to_need, unlink_repeat
from db.queries.complaints.page import Choice, ComplaintFacts, Repeat
from db.rules.complaints.input import HandOverInput, RevisitInput
from db.rules.complaints.life import IN_HAND, NOT_REACHED_TRIES, OPEN, WAITS_FOR_HANDS
from db.rules.limits import PEOPLE_MOST
from db.terms import ComplaintState, MediationState, Reach, ResponsibleBody, Satisfaction

USUAL = timedelta(days=7)
WAYS = {
    "hand_on": N_("改交别人"),
    "extend": N_("延期"),
    "contact": N_("又联系了一次"),
    "repeat": N_("关联重复投诉"),
    "unlink": N_("取消关联"),
    "table": N_("转协调会"),
    "project": N_("关联项目"),
    "need": N_("转公共议题"),
    "relapse": N_("登记反弹"),
    "void": N_("作废"),
}


def _of(facts: ComplaintFacts, **more: object) -> dict[str, object]:
    return {"complaint_id": facts.id, "version": facts.version, **more}


def next_forms(facts: ComplaintFacts, today: date) -> Request | None:
    """The forms of the next step."""
    requests: list[Request | None] = []
    if facts.state in IN_HAND and facts.contacted_at is None:
        requests.append(contact_form(facts))
    if facts.state in WAITS_FOR_HANDS:
        requests.append(hand_over_form(facts, today))
    elif facts.state is ComplaintState.HANDED_OVER:
        requests.append(_reply_form(facts))
    elif facts.state is ComplaintState.REPLIED:
        if facts.solved is None:
            requests.append(_revisit_form(facts))
        if facts.solved is False:
            requests.append(hand_over_form(facts, today))
        if facts.solved is not None or facts.tries >= NOT_REACHED_TRIES:
            requests.append(_close_form(facts))
    return next((request for request in requests if request), None)


def ways_of(facts: ComplaintFacts, *, may_void: bool) -> list[str]:
    """What else can be done in this state."""
    found = []
    if facts.state is ComplaintState.CLOSED:
        found.append("relapse")
    if facts.state is ComplaintState.HANDED_OVER:
        found.append("hand_on")
    if facts.state in IN_HAND:
        found.append("extend")
        if facts.contacted_at is not None:
            found.append("contact")
        if facts.dispute is None or facts.dispute.state is MediationState.ESCALATED:
            found.append("table")
    if facts.state is not ComplaintState.VOID:
        found += ["unlink" if facts.first else "repeat", "project"]
    if facts.state in OPEN and not facts.need_id:
        found.append("need")
    if may_void and facts.state in (ComplaintState.REGISTERED, ComplaintState.HANDED_OVER) and not facts.repeats:
        found.append("void")
    return found


def choose_way(found: Sequence[str], facts: ComplaintFacts) -> str | None:
    """One of the other ways, or none."""
    chosen: str | None = st.pills(
        _("还可以"), found, format_func=lambda way: _(WAYS[way]), key=f"complaint.way.{facts.id}"
    )
    return chosen


def way_form(
    way: str, facts: ComplaintFacts, today: date, *, likely: Sequence[Repeat] = (), choices: Sequence[Choice] = ()
) -> Request | None:
    """The form of one other way; `likely` is what it may repeat, `choices` are disputes or projects to choose from."""
    if way == "repeat":
        return _repeat_forms(facts, likely)
    if way == "table":
        return _table_form(facts, choices)
    if way == "project":
        return _project_form(facts, choices)
    return {
        "hand_on": lambda: hand_over_form(facts, today),
        "extend": lambda: _extend_form(facts, today),
        "contact": lambda: contact_form(facts),
        "unlink": lambda: _unlink(facts),
        "need": lambda: _need_form(facts),
        "relapse": lambda: _relapse_form(facts),
        "void": lambda: _void_form(facts),
    }[way]()


def contact_form(facts: ComplaintFacts) -> Request | None:
    """Record that the person who complained was reached."""
    with form(f"contact.{facts.id}") as filling:
        said = filling.words("said", _("联系诉求人：说了什么（可不填）"), height=68)
        pressed = filling.submit(_("已联系上"), icon=":material/call:")
    return Request(filling, record_contact, _("已记录联系"), _of(facts, said=said)) if pressed else None


def hand_over_form(facts: ComplaintFacts, today: date) -> Request | None:
    """Hand the complaint, and the repeats of it that wait, to a responsible body until a day."""
    waiting = sum(one.state in IN_HAND for one in facts.repeats)
    start = facts.due_on if facts.due_on and facts.due_on >= today else today + USUAL
    with form(f"hand_over.{facts.id}") as filling:
        body = filling.choice(
            "responsible", _("谁在台上（主办）"), list(ResponsibleBody), few=True, start=facts.responsible
        )
        with st.container(horizontal=True):
            name = filling.line("name", _("具体是谁"), start=facts.responsible_name, help=_("例：某物业公司、区城管局"))
            due_on = filling.day("due_on", _("什么时候办完"), start=start, least=today)
        assists = filling.ticks("assists", _("谁协助（可不选）"), list(ResponsibleBody))
        note = filling.words("note", _("交办要求（可不填）"), height=68)
        repeats = waiting > 0 and filling.yes("repeats", _("{n} 件重复投诉一并交办", n=waiting), start=True)
        pressed = filling.submit(_("交办"), icon=":material/send:")
    given = HandOverInput(body, name, note, due_on, assists=assists, repeats=repeats)
    said = _said_how_many(_("已交办"))
    return Request(filling, hand_over, said, _of(facts, given=given)) if pressed else None


def _said_how_many(word: str) -> Callable[[int], str]:
    return lambda count: word if count == 1 else _("{word}，共 {n} 件", word=word, n=count)


def _reply_form(facts: ComplaintFacts) -> Request | None:
    waiting = sum(one.state in IN_HAND for one in facts.repeats)
    with form(f"reply.{facts.id}") as filling:
        reply = filling.words("reply", _("办理单位的答复（照此告诉诉求人）"), height=90)
        repeats = waiting > 0 and filling.yes("repeats", _("{n} 件重复投诉同样答复", n=waiting), start=True)
        pressed = filling.submit(_("登记答复"), icon=":material/reply:")
    said = _said_how_many(_("已答复，等待回访"))
    return Request(filling, reply_complaint, said, _of(facts, reply=reply, repeats=repeats)) if pressed else None


def _revisit_form(facts: ComplaintFacts) -> Request | None:
    with form(f"revisit.{facts.id}") as filling:
        show = lambda yes: _("联系上了") if yes else _("没有联系上")  # noqa: E731
        reached = filling.choice("reached", _("联系上了吗"), [True, False], few=True, show=show)
        solved = filling.choice(
            "solved", _("解决了吗"), [True, False], few=True, show=lambda yes: _("已解决") if yes else _("未解决")
        )
        rating = filling.choice("satisfaction", _("满意吗"), list(Satisfaction), few=True)
        said = filling.words("said", _("诉求人怎么说（未解决必填）"), height=68)
        close = filling.yes("close", _("已解决的，同时办结"), start=True)
        pressed = filling.submit(_("登记回访"), icon=":material/call:")
    given = RevisitInput(reached, solved, rating, said, close=close)
    return Request(filling, revisit_complaint, _revisited, _of(facts, given=given)) if pressed else None


def _revisited(result: Mapping[str, int]) -> str:
    if result["tries"]:
        return _("已记录，联系 {n} 次未果", n=result["tries"])
    return _("已回访并办结") if result["closed"] else _("已登记回访")


def _close_form(facts: ComplaintFacts) -> Request | None:
    with form(f"close.{facts.id}") as filling:
        label = _("没有解决也办结的原因") if facts.solved is False else _("办结说明（可不填）")
        said = filling.words("said", label, height=68)
        pressed = filling.submit(_("办结"), icon=":material/check_circle:")
    return Request(filling, close_complaint, _("已办结"), _of(facts, said=said)) if pressed else None


def _extend_form(facts: ComplaintFacts, today: date) -> Request | None:
    with form(f"extend.{facts.id}") as filling:
        later = max(facts.due_on or today, today) + USUAL
        due_on = filling.day("due_on", _("延到哪一天"), start=later, least=today)
        reason = filling.words("reason", _("延期的原因"), height=68)
        pressed = filling.submit(_("延期"), icon=":material/event_repeat:")
    values = _of(facts, due_on=due_on, reason=reason)
    return Request(filling, extend_due, _("已延期"), values) if pressed else None


def link_buttons(complaint_id: int, version: int, likely: Sequence[Repeat]) -> Request | None:
    """One button for each complaint that this one may repeat."""
    with st.container(horizontal=True):
        for one in likely:
            label = _("和 {number} 是同一件", number=safe(one.number))
            hit = press(f"link.{complaint_id}.{one.id}", label, icon=":material/link:")
            if hit:
                values = {"complaint_id": complaint_id, "version": version, "first_id": one.id}
                return Request(hit, link_repeat, linked, values)
    return None


def linked(result: Mapping[str, object]) -> str:
    """What to say after a link."""
    if result["closed"]:
        return _("已关联到 {number}。它已经办结，请打开它登记反弹。", number=result["number"])
    return _("已关联到 {number}", number=result["number"])


def _repeat_forms(facts: ComplaintFacts, likely: Sequence[Repeat]) -> Request | None:
    request = None
    if likely:
        few_complaints(likely, key="complaint.likely", caption=_("可能是同一件事"), why=True)
        request = link_buttons(facts.id, facts.version, likely)
    else:
        st.caption(_("近一年没有相近的投诉。知道编号的，可以直接填写。"))
    with form(f"link.{facts.id}") as filling:
        number = filling.line("number", _("先前那一件的编号"), most=24)
        pressed = filling.submit(_("关联"), icon=":material/link:")
    values = _of(facts, first_id=None, number=number)
    return Request(filling, link_repeat, linked, values) if pressed else request


def _unlink(facts: ComplaintFacts) -> Request | None:
    if facts.first is None:
        return None
    label = _("取消与 {number} 的关联", number=safe(facts.first.number))
    hit = press(f"unlink.{facts.id}", label, icon=":material/link_off:")
    return Request(hit, unlink_repeat, _("已取消关联"), _of(facts)) if hit else None


def _table_form(facts: ComplaintFacts, disputes: Sequence[Choice]) -> Request | None:
    names = {one.id: one.name for one in disputes}
    with form(f"table.{facts.id}") as filling:
        title = filling.line("title", _("什么纠纷"), start=facts.title, help=_("不写居民姓名和门牌。"))
        matter = filling.words("matter", _("经过和各方的诉求"), start=facts.description, height=90)
        existing = filling.choice(
            "mediation_id",
            _("或者并入已有的协调会"),
            list(names),
            show=lambda one: names[one],
            placeholder=_("新开一件"),
        )
        st.caption(_("在办的重复投诉一并转去；各方在协调会页面登记。"))
        pressed = filling.submit(_("转协调会"), icon=":material/handshake:")
    values = _of(facts, title=title, matter=matter, mediation_id=existing)
    return Request(filling, to_mediation, _("已转协调会，请去登记各方"), values) if pressed else None


def _project_form(facts: ComplaintFacts, projects: Sequence[Choice]) -> Request | None:
    names = {one.id: one.name for one in projects}
    with form(f"project.{facts.id}") as filling:
        project = filling.choice(
            "project_id", _("由哪个项目解决"), list(names), show=lambda one: names[one], start=facts.project_id
        )
        pressed = filling.submit(_("关联项目"), icon=":material/flag:")
    said = _said_how_many(_("已关联项目"))
    return Request(filling, link_project, said, _of(facts, project_id=project)) if pressed else None


def _need_form(facts: ComplaintFacts) -> Request | None:
    with form(f"need.{facts.id}") as filling:
        reach = filling.choice("reach", _("影响面"), list(Reach), few=True)
        people = filling.whole("people", _("大约影响多少人（必填）"), least=1, most=PEOPLE_MOST)
        st.caption(_("登记为一条需求，走筛选和议事；这一件投诉仍要答复和回访。"))
        pressed = filling.submit(_("转公共议题"), icon=":material/forum:")
    said = lambda need: _("已记为需求 {number}", number=need["number"])  # noqa: E731
    return Request(filling, to_need, said, _of(facts, reach=reach, people=people)) if pressed else None


def _relapse_form(facts: ComplaintFacts) -> Request | None:
    with form(f"relapse.{facts.id}") as filling:
        reason = filling.words("reason", _("怎样反弹的"), height=80)
        pressed = filling.submit(_("登记反弹，重新办理"), icon=":material/replay:")
    said = lambda times: _("已重新办理，这是第 {n} 次反弹", n=times)  # noqa: E731
    return Request(filling, reopen_complaint, said, _of(facts, reason=reason)) if pressed else None


def _void_form(facts: ComplaintFacts) -> Request | None:
    with form(f"void.{facts.id}") as filling:
        reason = filling.words("reason", _("作废理由（留在记录里）"), height=80)
        says(_("作废后不再催办，不计入统计，不能恢复；记录和理由都留着。"))
        pressed = filling.submit(_("确认作废"), icon=":material/block:")
    return Request(filling, void_complaint, _("已作废"), _of(facts, reason=reason)) if pressed else None
