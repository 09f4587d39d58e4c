"""上报 of a dispute on the screen: to whom and until when, what came back, and the forms for both."""

from datetime import date

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _, noted
from components.wording.dates import near
from components.wording.terms import term
from db.actions.complaints.mediation import answer_escalation, escalate_mediation
from db.queries.complaints.mediation import Escalation, MediationFacts
from db.rules.complaints.mediation import ANSWER_WITHIN
from db.terms import EscalationTo, MediationState


def escalation_table(facts: MediationFacts, today: date) -> None:
    """Every time it went up, with the answer."""
    if not facts.escalations:
        return
    rows(
        [
            {
                "to": noted(term(one.level), one.name) if one.name else term(one.level),
                "on": near(one.raised_on),
                "reason": one.reason,
                "due": _due(one, today),
                "answer": one.answer,
                "back": near(one.answered_on) if one.answered_on else "",
                "who": one.answered_name or one.raised_name,
            }
            for one in facts.escalations
        ],
        [
            Column("to", _("上报到"), "nowrap"),
            Column("on", _("上报日期"), "nowrap"),
            Column("reason", _("原因")),
            Column("due", _("答复期限"), "nowrap"),
            Column("answer", _("答复"), "wide"),
            Column("back", _("答复日期"), "nowrap"),
            Column("who", _("登记人"), "nowrap"),
        ],
        key="escalations",
        empty="",
        caption=_("上报与答复"),
    )


def _due(one: Escalation, today: date) -> str:
    late = one.answered_on is None and one.due_on < today
    return _("{due}（已到期）", due=near(one.due_on)) if late else near(one.due_on)


def escalate_form(facts: MediationFacts, today: date) -> Request | None:
    """Send it up."""
    folded = st.expander(_("上报"), icon=":material/upload:")
    with folded, form(f"escalate.{facts.id}", border=False) as filling:
        with st.container(horizontal=True):
            level = filling.choice("level", _("上报到"), list(EscalationTo), few=True, start=EscalationTo.SUBDISTRICT)
            name = filling.line("name", _("哪个部门（报街道不用写）"), most=60)
            due_on = filling.day("due_on", _("答复期限"), start=today + ANSWER_WITHIN)
        reason = filling.words("reason", _("上报的原因"), height=80)
        pressed = filling.submit(_("上报"), icon=":material/upload:")
    values = {"level": level, "name": name, "due_on": due_on, "reason": reason}
    who = {"mediation_id": facts.id, "version": facts.version}
    return Request(filling, escalate_mediation, _("已上报"), {**who, **values}) if pressed else None


def answer_form(raised: Escalation) -> Request | None:
    """What came back from above, and whether it ends the dispute."""
    with form(f"answer_escalation.{raised.id}") as filling:
        answer = filling.words("answer", _("上级的答复"), height=80)
        settled = filling.choice(
            "settled", _("结果"), [False, True], few=True, start=False,
            show=lambda ended: _("问题已解决") if ended else _("退回社区再协商"),
        )  # fmt: skip
        pressed = filling.submit(_("登记答复"), icon=":material/reply:")
    values = {"escalation_id": raised.id, "version": raised.version, "answer": answer, "settled": bool(settled)}
    return Request(filling, answer_escalation, lambda state: term(MediationState(state)), values) if pressed else None
