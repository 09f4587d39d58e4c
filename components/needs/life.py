"""One need from its first words to the answer: next step, facts, every line of its life, voices, answers."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import streamlit as st

from components.acting import Look
from components.asking import in_clear, look
from components.detail import Step, fact_list, happened, next_step
from components.lists import Column, rows
from components.menu import PAGES
from components.needs.words import OF_THE_NEED, STEPS, TAKES, category_of, place_of
from components.wording import _, safe
from components.wording.dates import near
from components.wording.dates import week as week_words
from components.wording.happenings import FIELDS, happening
from components.wording.terms import term
from db.actions.unmasking import unmask_need
from db.queries.needs.life import AnswerLine, Line, NeedFacts, Originals, Voice
from db.rules.lifecycle import NEXT_STEP, StepCode
from db.rules.needs.register import may_be_signed
from db.rules.permissions import Actor
from db.terms import AnswerState


def need_step(need: NeedFacts, told: Sequence[AnswerLine], user: Actor, today: date, *, scored: bool) -> None:
    """What happens next, which role does it, and for whom may do it the way there. `scored`: the user has scored it."""
    step = NEXT_STEP[need.stage]
    sentence, link, page = STEPS[step.code]
    words = _(sentence) if sentence else _("已办结，无需再办。")
    if need.lead_id:
        words = _("已归并，由 {lead} 一并办理；办结后同样回音。", lead=need.lead_number)
    with next_step(words, who=term(step.role) if step.role and not need.lead_id else ""):
        if need.lead_id:
            st.page_link(PAGES / "needs/need.py", label=safe(need.lead_number), icon=":material/arrow_forward:",
                         query_params={"id": str(need.lead_id)})  # fmt: skip
        elif page and user.may(TAKES[step.code]) and not (scored or _week_runs(need, step.code, today)):
            way = {OF_THE_NEED[step.code]: str(need.id)} if step.code in OF_THE_NEED else {}
            if step.code is StepCode.SIGN_WEEK:
                way = {"week": need.week.isoformat()}
            if step.code is StepCode.ANSWER:
                first = next((one.id for one in told if one.state is AnswerState.DUE), None)
                way = {"id": str(first)} if first else {}
            st.page_link(PAGES / page, label=_(link), icon=":material/arrow_forward:", query_params=way)


def _week_runs(need: NeedFacts, code: StepCode, today: date) -> bool:
    """A week that is not over cannot be signed."""
    return code is StepCode.SIGN_WEEK and not may_be_signed(need.week, today)


def need_facts(need: NeedFacts, door: str = "") -> None:
    """What was asked, where, by whom (masked); `door` is the whole one, for the worker of its patch."""
    st.text(need.description)
    lines = [
        (_("提出人"), need.asker or _("未留姓名")),
        (_("自己片区的门牌"), door),
        (_("地点"), place_of(need)),
        (_("类别"), category_of(need)),
        (_("影响面"), _("{reach}，约 {n} 人", reach=term(need.reach), n=need.people)),
        (_("需求量"), _("{n} 户", n=need.voices)),
        (_("来源"), term(need.source)),
        (_("登记"), f"{need.worker} · {near(need.logged_at)}"),
        (_("登记周"), week_words(need.week)),
        (_("时限"), near(need.due_on) if need.due_on else ""),
    ]
    fact_list(lines, key="need.facts", caption=_("需求详情"))
    marks = [
        word
        for word, shown in (
            (_("涉及特殊群体"), need.special_group),
            (_("登记签字后有改动"), need.changed_after_sign_off),
            (_("限专人查看"), need.restricted),
        )
        if shown
    ]
    if marks:
        st.caption(" · ".join(marks))


def look_form(need_id: int) -> Look:
    """查看原值: who asked."""
    return look(f"unmask.{need_id}", unmask_need, {"need_id": need_id})


def show_clear(clear: Originals) -> None:
    """Name, telephone, door and words in clear, once."""
    in_clear(clear.name, clear.phone, clear.door, clear.description)


def life(lines: Sequence[Line]) -> None:
    """Every line of its life."""
    happened([_step(line) for line in lines], key="thread.life")


def _step(line: Line) -> Step:
    was = "  ".join(
        _("原{field}：{text}", field=_(FIELDS[name]), text=text) for name, text in line.values.get("was", {}).items()
    )
    said = "  ".join(part for part in (line.note, was) if part)
    who = " · ".join(part for part in (line.actor or _("系统"), line.project) if part)
    return Step(line.at, happening(line.kind, line.values), who, said)


def voices(merged: Sequence[Voice]) -> None:
    """The needs merged into this one, in their own words."""
    rows(
        [
            {
                "id": voice.id,
                "number": voice.number,
                "words": voice.description,
                "asker": voice.asker or _("未留姓名"),
                "at": near(voice.logged_at.date()),
            }
            for voice in merged
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("words", _("居民原话")),
            Column("asker", _("提出人")),
            Column("at", _("登记"), "nowrap"),
        ],
        key="thread.voices",
        empty="",
        caption=_("归并进来的声音"),
        page="need",
        short=True,
    )


def answers(given: Sequence[AnswerLine]) -> None:
    """What each asker was told."""
    rows(
        [
            {
                "number": answer.number,
                "state": answer.state,
                "kind": term(answer.kind),
                "words": answer.words,
                "how": " · ".join(
                    [term(answer.channel), term(answer.satisfaction), answer.by]
                    if answer.given_at
                    else [_("最迟 {day} 回音", day=near(answer.due_on)), _("已联系 {n} 次未遇", n=answer.tries)]
                ),
                "comment": answer.comment,
            }
            for answer in given
        ],
        [
            Column("number", _("编号"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("kind", _("结果")),
            Column("words", _("回音内容")),
            Column("how", _("回音情况")),
            Column("comment", _("居民意见")),
        ],
        key="thread.answers",
        empty="",
        caption=_("回音"),
        short=True,
    )


def conflict(mine: Mapping[str, object], theirs: Mapping[str, object], show: Callable[[str, object], str]) -> None:
    """Both versions side by side; only the fields that differ."""
    rows(
        [
            {"field": _(FIELDS[name]), "mine": show(name, mine[name]), "theirs": show(name, theirs[name])}
            for name in FIELDS
            if name in mine and mine[name] != theirs[name]
        ],
        [Column("field", _("项目")), Column("mine", _("您填写的")), Column("theirs", _("现在保存的"))],
        key="amend.conflict",
        empty=_("两边内容相同，可以直接提交。"),
        caption=_("两个版本的对照"),
    )
