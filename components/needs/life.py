"""One need from its first words to the answer: next step, facts, every line of its life, voices, answers."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from components.lists import Column, rows
from components.needs.words import OF_THE_NEED, STEPS, category_of, place_of
from components.wording import _, labelled, safe
from components.wording.dates import day, moment, near
from components.wording.dates import week as week_words
from components.wording.happenings import FIELDS, happening
from components.wording.terms import badge, term
from db.queries.needs.life import AnswerLine, Line, NeedFacts, Voice
from db.rules.lifecycle import NEXT_STEP, StepCode


def next_step(need: NeedFacts) -> None:
    """What happens next, which role does it, and the way there."""
    step = NEXT_STEP[need.stage]
    sentence, link, page = STEPS[step.code]
    with st.container(border=True):
        who = f" · {term(step.role)}" if step.role else ""
        st.markdown(f"{badge(need.stage)} {badge(need.urgency)} **{_('下一步')}**{who}")
        if need.lead_id:
            st.markdown(
                _("已归并，由 {lead} 一并办理；办结后同样回音。", lead=f"[{need.lead_number}](/need?id={need.lead_id})")
            )
        elif sentence:
            st.text(_(sentence))
        else:
            st.text(_("已办结，无需再办。"))
        if page:
            path, open_to = _page(page)
            way = {OF_THE_NEED[step.code]: str(need.id)} if open_to and step.code in OF_THE_NEED else {}
            if open_to and step.code is StepCode.SIGN_WEEK:
                way = {"week": need.week.isoformat()}
            st.page_link(path, label=_(link), icon=":material/arrow_forward:", query_params=way)


def _page(path: str) -> tuple[str, bool]:
    """The page of a step, and whether this role may open it; else the ledger."""
    from components.menu import PAGES, entries

    here = path in {entry.path for entry in entries()}
    return str(PAGES / (path if here else "needs/ledger.py")), here


def facts(need: NeedFacts) -> None:
    """What was asked, where, by whom (masked)."""
    st.text(need.description)
    lines = [
        (_("提出人"), need.asker or _("未留姓名")),
        (_("地点"), place_of(need)),
        (_("类别"), category_of(need)),
        (_("影响面"), _("{reach}，约 {n} 人", reach=term(need.reach), n=need.people)),
        (_("需求量"), _("{n} 户", n=need.voices)),
        (_("来源"), term(need.source)),
        (_("登记"), f"{need.worker} · {moment(need.logged_at)}"),
        (_("登记周"), week_words(need.week)),
    ]
    if need.due_on:
        lines.append((_("时限"), day(need.due_on)))
    marks = [
        word
        for word, shown in (
            (_("涉及特殊群体"), need.special_group),
            (_("登记签字后有改动"), need.changed_after_sign_off),
            (_("限专人查看"), need.restricted),
        )
        if shown
    ]
    st.markdown("  \n".join(labelled(label, f"**{safe(value)}**") for label, value in lines))
    if marks:
        st.caption(" · ".join(marks))


def _line(line: Line) -> dict[str, object]:
    was = "  ".join(
        _("原{field}：{text}", field=_(FIELDS[name]), text=text) for name, text in line.values.get("was", {}).items()
    )
    said = "  ".join(part for part in (line.note, was) if part)
    return {
        "at": near(line.at),
        "what": happening(line.kind, line.values),
        "who": line.actor or _("系统"),
        "said": said,
        "project": line.project,
    }


def life(lines: Sequence[Line]) -> None:
    """Every line, newest last."""
    columns = [
        Column("at", _("时间"), "nowrap"),
        Column("what", _("经过")),
        Column("who", _("经手人"), "nowrap"),
        Column("said", _("说明")),
    ]
    if any(line.project for line in lines):
        columns.append(Column("project", _("项目"), "nowrap"))
    rows([_line(line) for line in lines], columns, key="thread.life", empty=_("还没有记录。"), caption=_("全过程"))


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
                    else [_("{day} 前回音", day=day(answer.due_on)), _("已联系 {n} 次未遇", n=answer.tries)]
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
