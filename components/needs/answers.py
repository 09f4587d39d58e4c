"""The call-back list and the answer form: whom, by when, what to say."""

from collections.abc import Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Look, Request
from components.address import clear_address
from components.detail import head
from components.forms import form, press
from components.kpi import percent
from components.lists import Column, Marked, rows
from components.wording import _
from components.wording.dates import dated, near
from components.wording.terms import term
from db.actions.needs.answers import answer_tried, give_answer
from db.actions.unmasking import unmask_need
from db.queries.needs.answers import DueAnswer, SatisfactionSummary
from db.queries.needs.life import Originals
from db.rules.phone import read_phone
from db.rules.projects.progress import rate
from db.terms import AnswerChannel, Satisfaction


def due_rows(listed: Sequence[DueAnswer], on: date) -> None:
    """Answers owed, the most urgent first; the id of the one that was opened."""
    rows(
        [
            {
                "id": row.id,
                "title": row.title,
                "asker": row.asker or _("未留姓名"),
                "kind": term(row.kind),
                "due": _due(row.due_on, on),
                "tries": _("{n} 次未遇", n=row.tries) if row.tries else "",
                "number": row.number,
            }
            for row in listed
        ],
        [
            Column("title", _("当时说的事")),
            Column("asker", _("提出人")),
            Column("due", _("最迟"), "nowrap"),
            Column("kind", _("结果")),
            Column("tries", _("已联系")),
            Column("number", _("编号"), "nowrap"),
        ],
        key="answers.rows",
        empty=_("没有待回音的居民。办结一条，这里就会出现一户。"),
        caption=_("回音名单"),
        page="answers",
    )


def _due(until: date, on: date) -> object:
    """Until when; only what is late is marked."""
    return Marked(_("{day} · 逾期", day=near(until)), "red") if until < on else near(until)


def what_to_say(answer: DueAnswer, door: str = "") -> None:
    """The need as the asker stated it, the door for the worker of its patch, and the words prepared for the asker."""
    tries = _("{n} 次未遇", n=answer.tries) if answer.tries else ""
    told = (answer.asker or _("未留姓名"), term(answer.kind), _("最迟 {day} 回音", day=near(answer.due_on)), tries)
    way = f"[{answer.number}](/need?id={answer.need_id})"
    head(answer.title, marks=[way], about=" · ".join(part for part in told if part))
    if door:
        st.text(_("自己片区的门牌：{door}", door=door))
    with st.container(border=True):
        st.caption(_("可以这样说"))
        st.text(
            _("您好，您之前反映的“{title}”，结果是：{kind}。{words}", title=answer.title, kind=term(answer.kind),
              words=answer.words)
        )  # fmt: skip


def call(answer: DueAnswer) -> Look | None:
    """拨打: the number and the door in clear, this once; the log keeps who looked and what for."""
    if not answer.reachable:
        return None
    hit = press(f"call.{answer.id}", _("拨打或上门：看号码和门牌"), icon=":material/call:", wide=True)
    values = {"need_id": answer.need_id, "reason": _("给提出人回音")}
    return Look(st.container(), Request(hit, unmask_need, values=values) if hit else None)


def called(clear: Originals) -> None:
    """Whom to call and where, with the telephone to tap."""
    with st.container(border=True):
        st.text(" ".join(part for part in (clear.name, clear.door) if part))
        found = read_phone(clear.phone)
        if found is not None:
            label = _("拨打 {number}", number=found.number)
            way = f"tel:{found.number.replace(' ', '')}"
            st.link_button(label, way, icon=":material/call:", type="primary", width="stretch")
        else:
            st.text(clear.phone or _("没有留电话，请上门回音。"))
        st.caption(_("只显示这一次，已留记录。"))


def answer_form(answer: DueAnswer) -> Request | None:
    """How the answer reached the asker, and what the asker says to it; or that the asker was not reached."""
    with form(f"answer.{answer.id}") as filling:
        values = {
            "answer_id": answer.id,
            "channel": filling.choice("channel", _("怎样回音"), list(AnswerChannel), few=True, wide=True),
            "satisfaction": filling.choice("satisfaction", _("居民是否满意"), list(Satisfaction), few=True),
            "comment": filling.words("comment", _("居民怎么说（可不填）"), height=80),
        }
        pressed = filling.submit(_("已回音"), icon=":material/check:", wide=True)
    tried = press(f"tried.{answer.id}", _("没联系上，下次再试"), icon=":material/phone_missed:", wide=True)
    if pressed:
        return Request(filling, give_answer, _said_of_answer, values, after=_back_to_list)
    if tried:
        return Request(tried, answer_tried, _("已记下，名单里保留"), {"answer_id": answer.id}, after=_back_to_list)
    return None


def _said_of_answer(result: Mapping[str, object]) -> str:
    if result["closed"]:
        return _("{number} 已全部回音，销号", number=result["number"])
    return _("已回音，谢谢")


def _back_to_list(_result: object) -> None:
    clear_address()


def satisfaction(summary: SatisfactionSummary) -> None:
    """Satisfaction with its definition, parts, response rate and period."""
    if not summary.given:
        st.caption(_("近 90 天还没有回音记录，满意率暂不计算。"))
        return
    st.metric(
        _("满意率（近 90 天）"),
        percent(rate(summary.satisfied, summary.replied)),
        help=_("口径：（很满意 + 满意）÷ 作出评价的户数；回访率 = 作出评价的户数 ÷ 已回音户数。"),
    )
    few = _(" · 评价不足 30 户，仅供参考") if summary.few else ""
    st.caption(
        _(
            "{satisfied}/{replied} 户满意 · 回访率 {replied}/{given} · {since} 至 {until}",
            satisfied=summary.satisfied,
            replied=summary.replied,
            given=summary.given,
            since=dated(summary.since),
            until=dated(summary.until),
        )
        + few
    )
