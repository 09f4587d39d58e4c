"""四议两公开 on the screen: the eight steps in order, the form of the one that comes next, and the record as Word."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Request
from components.council.rule_words import majority_rule, quorum_rule
from components.detail import head, more
from components.forms import form, press
from components.inputs import picked
from components.lists import Column, rows
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import Paper
from components.wording import N_, _, in_a_row, safe
from components.wording.dates import dated, day, near
from components.wording.terms import badge, term
from db.actions.council.village import begin_matter, record_step, send_back, stop_matter, undo_step
from db.queries.council.village import StepRecord, VillageFacts, VillageRow
from db.rules.council.village import LEAST_POSTED, MEETINGS, POSTED, STEPS, VOTED
from db.rules.council.village_input import StepInput
from db.rules.limits import PEOPLE_MOST
from db.terms import VillageState, VillageStep

WHAT_TO_WRITE = {
    VillageStep.PROPOSAL: N_("党组织（支部）会提出的方案和理由"),
    VillageStep.CONSULTATION: N_("村“两委”商议的意见和修改"),
    VillageStep.OPINIONS: N_("征求意见的办法，收到哪些意见，怎样采纳"),
    VillageStep.REVIEW: N_("党员大会审议的意见"),
    VillageStep.RESOLUTION: N_("村民（代表）会议讨论的意见和决议"),
    VillageStep.RESOLUTION_POSTED: N_("公开的内容和张贴的地方"),
    VillageStep.IMPLEMENTATION: N_("谁在办、办了什么、花了多少"),
    VillageStep.RESULT_POSTED: N_("公开的实施结果和张贴的地方"),
}
BACK = (VillageStep.PROPOSAL, VillageStep.CONSULTATION, VillageStep.OPINIONS)


def village_table(found: Sequence[VillageRow]) -> None:
    """The matters, newest first."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "step": term(one.step) if one.state is VillageState.RUNNING else "",
                "number": one.number,
                "made": near(one.made_at.date()),
            }
            for one in found
        ],
        [
            Column("title", _("事项")),
            Column("state", _("状态"), "nowrap"),
            Column("step", _("下一步"), "nowrap"),
            Column("number", _("编号"), "nowrap"),
            Column("made", _("登记日"), "nowrap"),
        ],
        key="village",
        empty=_("还没有四议两公开事项。涉农社区的重大事项从这里登记，一步一步走完八步。"),
        caption=_("四议两公开"),
        page="village",
    )


def begin_form() -> Request | None:
    """Open a matter."""
    with form("begin_matter") as filling:
        title = filling.line("title", _("事项名称"))
        proposal = filling.words("proposal", _("提议的方案"), height=100)
        households = filling.yes("households", _("由户代表会议决议（不勾选：村民代表会议）"))
        pressed = filling.submit(_("登记事项"), icon=":material/add:")
    values = {"title": title, "proposal": proposal, "households": households}
    return Request(filling, begin_matter, _("事项已登记，从党组织提议开始"), values) if pressed else None


def matter_head(facts: VillageFacts) -> None:
    """What it is, and whether it still runs."""
    head(facts.title, number=facts.number, marks=[badge(facts.state)])


def matter_steps(facts: VillageFacts) -> None:
    """How it reads now, and where it stands among the eight steps."""
    st.text(facts.proposal)
    if facts.stop_reason:
        st.info(safe(_("最近一次退回或终止的原因：{reason}", reason=facts.stop_reason)), icon=":material/undo:")
    done = {record.step for record in facts.records if record.passed}
    lines = []
    for place, step in enumerate(STEPS, 1):
        last = next((record for record in reversed(facts.records) if record.step is step), None)
        current = step is facts.step and facts.state is VillageState.RUNNING
        words = _("现在办这一步") if current else _("已完成") if step in done else ""
        lines.append(
            {
                "step": f"{place}. {term(step)}",
                "now": words,
                "on": _on(last) if last else "",
                "votes": counts(last) if last else "",
                "words": last.words if last else "",
            }
        )
    rows(
        lines,
        [
            Column("step", _("步骤"), "nowrap"),
            Column("now", _("进度"), "nowrap"),
            Column("on", _("日期"), "nowrap"),
            Column("votes", _("到会与表决")),
            Column("words", _("记录"), "wide"),
        ],
        key="village_steps",
        empty="",
        caption=_("四议两公开八步"),
    )


def _on(record: StepRecord) -> str:
    return f"{dated(record.on)}–{dated(record.until)}" if record.until else near(record.on)


def _period(record: StepRecord) -> str:
    return f"{day(record.on)}–{day(record.until)}" if record.until else day(record.on)


def counts(record: StepRecord) -> str:
    """应到 40 · 实到 30，赞成 26 · 反对 3 · 弃权 1：通过."""
    if record.due is None:
        return ""
    words = _("应到 {due} · 实到 {present}", due=record.due, present=record.present)
    if record.votes_for is None:
        return words
    votes = _(
        "赞成 {votes_for} · 反对 {votes_against} · 弃权 {votes_abstain}",
        votes_for=record.votes_for,
        votes_against=record.votes_against,
        votes_abstain=record.votes_abstain,
    )
    outcome = _("通过") if record.passed else _("未通过")
    return _("{heads}，{votes}：{outcome}", heads=words, votes=votes, outcome=outcome)


def step_form(facts: VillageFacts, today: date) -> Request | None:
    """The form of the step that comes next; a voted one says beforehand what it needs."""
    step = facts.step
    st.header(_("登记：{step}", step=term(step)))
    rule = facts.rule
    if rule is not None:
        st.text(in_a_row([quorum_rule(rule), majority_rule(rule)]))
        if not rule.verified:
            st.caption(_("这条规则的现行文本尚未核对，以法律现行文本为准。"))
    with form(f"record_step.{facts.id}.{step}") as filling:
        values: dict[str, object] = {"step": step}
        with st.container(horizontal=True):
            values["on"] = filling.day("on", _("日期"), start=today)
            if step in POSTED:
                until = today + timedelta(days=LEAST_POSTED)
                values["until"] = filling.day("until", _("到哪天为止（至少三天）"), start=until)
            if step in MEETINGS:
                values["place"] = filling.line("place", _("地点"), most=80)
        if step in MEETINGS:
            with st.container(horizontal=True):
                values["host"] = filling.line("host", _("主持人"))
                values["recorder"] = filling.line("recorder", _("记录人"))
            with st.container(horizontal=True):
                values["due"] = filling.whole("due", _("应到"), least=1, most=PEOPLE_MOST)
                values["present"] = filling.whole("present", _("实到"), most=PEOPLE_MOST)
                if step in VOTED:
                    for name, label in (
                        ("votes_for", _("赞成")),
                        ("votes_against", _("反对")),
                        ("votes_abstain", _("弃权")),
                    ):
                        values[name] = filling.whole(name, label, most=PEOPLE_MOST)
        values["said"] = filling.words("said", _(WHAT_TO_WRITE[step]), height=120)
        if step in (*MEETINGS, VillageStep.OPINIONS):
            values["proposal"] = filling.words(
                "proposal", _("方案（有修改就在这里改）"), start=facts.proposal, height=80
            )
        if step in MEETINGS and step not in VOTED:
            values["passed"] = filling.yes("passed", _("会议同意，进入下一步"), start=True)
        pressed = filling.submit(_("登记这一步"), icon=":material/check:")
    step_taken = {"matter_id": facts.id, "version": facts.version, "given": picked(StepInput, values)}
    return Request(filling, record_step, _said, step_taken) if pressed else None


def _said(result: Mapping[str, object]) -> str:
    return _("已登记，进入下一步") if result["passed"] else _("没有通过：可以修改后退回再议，或再次召开")


def other_ways(facts: VillageFacts) -> Request | None:
    """Send back, stop, or undo the last record."""
    request = None
    order = list(VillageStep)
    back = [step for step in BACK if order.index(step) < order.index(facts.step)]
    may_go_back = facts.step in (*MEETINGS, VillageStep.OPINIONS)
    with more() as menu:
        if menu.open:
            if back and may_go_back:
                with (
                    st.expander(_("退回再议"), icon=":material/undo:"),
                    form(f"send_back.{facts.id}", border=False) as filling,
                ):
                    to = filling.choice("to", _("退回到哪一步"), back, start=back[-1])
                    reason = filling.line("reason", _("退回的原因"), most=200)
                    if filling.submit(_("退回再议"), icon=":material/undo:"):
                        values = {"matter_id": facts.id, "version": facts.version, "to": to, "reason": reason}
                        request = Request(filling, send_back, _("已退回"), values)
            with (
                st.expander(_("终止这一事项"), icon=":material/cancel:"),
                form(f"stop_matter.{facts.id}", border=False) as filling,
            ):
                reason = filling.line("reason", _("终止的原因"), most=200)
                if filling.submit(_("终止这一事项"), icon=":material/cancel:"):
                    values = {"matter_id": facts.id, "version": facts.version, "reason": reason}
                    request = Request(filling, stop_matter, _("事项已终止"), values)
            if facts.records:
                undo = press("undo_step", _("撤销最后一步的登记（录错了）"), icon=":material/undo:")
                if undo:
                    values = {"matter_id": facts.id, "version": facts.version}
                    request = Request(undo, undo_step, _("已撤销，日志里仍有记录"), values)
    return request


@replaceable("village")
def village_paper(facts: VillageFacts) -> Paper:
    """四议两公开工作记录表, every step with its numbers and a line for signatures."""
    head = [_("步骤"), _("日期"), _("到会与表决"), _("记录")]
    filled = [[_named(record), _period(record), counts(record), record.words] for record in facts.records]
    about = [
        _("事项：{title}（{number}）", title=facts.title, number=facts.number),
        _("方案：{proposal}", proposal=facts.proposal),
    ]
    signs = [_("党组织书记签字：____________    村（居）委会主任签字：____________"), _("监督委员会签字：____________")]
    title = _("“四议两公开”工作记录表")
    return plain_paper(
        title, about, [], [facts.community, *signs], Layout({"steps": (3.0, 4.0, 4.0, 4.8)}), steps=(head, filled)
    )


def _named(record: StepRecord) -> str:
    name = term(record.step)
    return _("{step}（第 {round} 次）", step=name, round=record.round) if record.round > 1 else name
