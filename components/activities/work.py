"""After an activity: its record, the hours of those who ran it, and what was said."""

from collections.abc import Callable, Sequence

import streamlit as st

from components.acting import Request, Warned
from components.forms import form
from components.lists import Column, rows
from components.wording import _, noted, side_by_side
from components.wording.dates import hours, short_day
from db.actions.activities.activities import record_activity
from db.actions.activities.crew import HelperHours, assign_helper, credit_helpers, release_helper
from db.actions.activities.quotes import add_quote, drop_quote
from db.queries.activities.page import ActivityFacts, QuoteRow, SessionRow, StoryConsent
from db.queries.activities.stall_crew import HelperRow
from db.queries.volunteers.openings import Candidate
from db.rules.activities.input import RecordInput
from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR, PEOPLE_MOST
from db.terms import ActivityState

HALF_HOURS = tuple(range(HALF_HOUR, ACTIVITY_MINUTES_MOST + 1, HALF_HOUR))


def record_form(facts: ActivityFacts, sessions: Sequence[SessionRow]) -> Request | None:
    """活动记录: what was done and whom it reached; what is known stands there already."""
    done = facts.state is ActivityState.DONE
    counted = sum(one.came for one in sessions) if facts.counted is None else facts.counted
    with form(f"record_activity.{facts.id}") as filling:
        report = filling.words("report", _("内容纪要"), start=facts.report if done else "", height=110)
        one, two, three = st.columns(3)
        with one:
            served = filling.whole("people_served", _("受益人次"), most=PEOPLE_MOST,
                                   start=facts.served if done else counted)  # fmt: skip
        with two:
            asked = filling.whole("asked", _("问了几人是否满意"), most=PEOPLE_MOST, start=facts.asked)
        with three:
            satisfied = filling.whole("satisfied", _("其中满意"), most=PEOPLE_MOST, start=facts.satisfied)
        left, right = st.columns(2)
        with left:
            cost = filling.whole("cost_yuan", _("费用（元）"), most=10_000_000, start=facts.cost_fen // 100)
        with right:
            media = filling.line("media", _("媒体报道（可不填）"), most=200, start=facts.media)
        pressed = filling.submit(_("保存记录"))
    given = RecordInput(
        report=report, people_served=served, asked=asked, satisfied=satisfied, cost_yuan=cost, media=media
    )
    values = {"activity_id": facts.id, "version": facts.version, "given": given}
    return Request(filling, record_activity, _("活动记录已保存"), values) if pressed else None


# --- helpers ---------------------------------------------------------------------------------------------------


def helper_table(helpers: Sequence[HelperRow]) -> None:
    """Who runs it, and their hours."""

    def said(one: HelperRow) -> str:
        if one.minutes:
            return hours(one.minutes)
        return _("{time}待核", time=hours(one.waiting)) if one.waiting else ""

    def remark(one: HelperRow) -> str:
        if one.ended or one.left:
            return _("已退出") if one.ended else _("不来了")
        return _("待通知") if one.to_tell else ""

    rows(
        [
            {
                "id": one.volunteer_id,
                "number": f"{one.number} {one.name}",
                "task": one.task or (_("陪访") if one.id is None else ""),
                "hours": said(one),
                "remark": remark(one),
            }
            for one in helpers
        ],
        [
            Column("number", _("志愿者")),
            Column("task", _("做什么")),
            Column("hours", _("服务时长"), "number"),
            Column("remark", _("备注"), "nowrap"),
        ],
        key="activity.helpers",
        empty=_("还没有排志愿者。先排名单，办完才能记时长；集市摊位和陪访的志愿者会自己列在这里。"),
        caption=_("办活动的志愿者"),
    )


def find_words() -> str:
    """By what a volunteer is looked for."""
    return st.text_input(_("编号或特长"), key="activity.find", placeholder=_("例如：电工")) or ""


def assign_form(facts: ActivityFacts, found: Sequence[Candidate]) -> Request | None:
    """Put a volunteer on the list."""
    people = {one.id: noted(f"{one.number} {one.name}", side_by_side(one.skills) or "—") for one in found}
    with form(f"assign_helper.{facts.id}") as filling:
        chosen = filling.choice("volunteer_id", _("志愿者"), list(people), show=people.__getitem__)
        task = filling.line("task", _("做什么"), placeholder=_("例如：签到、引导"))
        pressed = filling.submit(_("排上名单"))
    values = {"activity_id": facts.id, "volunteer_id": chosen, "task": task}
    return Request(filling, assign_helper, _("已排上名单"), values) if pressed else None


def crew_forms(facts: ActivityFacts, found: Sequence[Candidate], helpers: Sequence[HelperRow]) -> Request | None:
    """Put a volunteer on the list, or take one off."""
    request = assign_form(facts, found)
    return release_form(helpers) or request


def hours_form(facts: ActivityFacts, helpers: Sequence[HelperRow], sessions: Sequence[SessionRow]) -> Request | None:
    """Hours for everybody on the list who has none yet; they start as long as the longest session was."""
    longest = max((int((one.ends_at - one.starts_at).total_seconds()) // 60 for one in sessions), default=120)
    usual = min(HALF_HOURS, key=lambda minutes: abs(minutes - longest))
    open_rows = [one for one in helpers if not one.left and one.minutes is None and not one.waiting]
    people = {
        one.volunteer_id: noted(f"{one.number} {one.name}", hours(one.there)) if one.there
        else f"{one.number} {one.name}"
        for one in open_rows
    }  # fmt: skip
    there = {one.volunteer_id: one.there for one in open_rows if one.there}
    if not people:
        return None
    with form(f"credit_helpers.{facts.id}") as filling:
        came = filling.ticks(
            "served", _("谁到岗了（没来的点掉）"), list(people), start=list(people), show=people.__getitem__
        )
        # Stalls and pairs know from when to when somebody was there.
        own = bool(there) and filling.yes("own", _("名字后面写着时间的，按摊位、陪访的时间记"), start=True)
        left, right = st.columns(2)
        with left:
            minutes = filling.choice("minutes", _("服务时长"), HALF_HOURS, show=hours, start=usual)
        with right:
            note = filling.line("note", _("超过 8 小时、或时长有出入的原因"), most=200)
        pressed = filling.submit(_("记时长"))
    for volunteer_id in people:
        # What is wrong with one person is shown at the field of all.
        filling.slots[f"note_{volunteer_id}"] = filling.slots["note"]
        filling.slots[f"minutes_{volunteer_id}"] = filling.slots["minutes"]
    served = [HelperHours(one, there.get(one, 0) if own and one in there else minutes or 0, note) for one in came]
    values = {"activity_id": facts.id, "served": served}
    claimed = sum(one.minutes for one in served)
    return Request(filling, credit_helpers, _credited(claimed), values) if pressed else None


def _credited(claimed: int) -> Callable[[int], str]:
    def said(credited: int) -> str:
        if credited < claimed:
            return Warned(_("已记下；有出入的时长待另一位工作人员在志愿者页核对后计入"))
        return _("服务时长已记入志愿者名下")

    return said


def release_form(helpers: Sequence[HelperRow]) -> Request | None:
    """A volunteer does not help after all."""
    people = {one.id: f"{one.number} {one.name}" for one in helpers
              if one.id is not None and not one.left and not one.minutes}  # fmt: skip
    if not people:
        return None
    with form("release_helper") as filling:
        chosen = filling.choice("helper_id", _("谁不来了"), list(people), show=people.__getitem__)
        pressed = filling.submit(_("从名单上划掉"))
    return Request(filling, release_helper, _("已划掉"), {"helper_id": chosen or 0}) if pressed else None


# --- what was said ---------------------------------------------------------------------------------------------


def quote_list(quotes: Sequence[QuoteRow]) -> None:
    """What was said, while the consent holds."""
    rows(
        [{"words": one.words, "called": one.called} for one in quotes],
        [Column("words", _("原话"), "wide"), Column("called", _("怎么称呼"))],
        key="activity.quotes",
        empty=_("还没有引用的话。引用要有“公开事迹或引用原话”的同意；撤回同意后，这里和记录表上都不再出现。"),
        caption=_("参加者的话"),
    )


def quote_form(facts: ActivityFacts, consents: Sequence[StoryConsent]) -> Request | None:
    """Quote somebody who consented to that."""
    if not consents:
        st.caption(_("没有可用的同意。请先在人员档案里登记“公开事迹或引用原话”的同意。"))
        return None
    known = {one.id: noted(one.name, short_day(one.given_on)) for one in consents}
    with form(f"add_quote.{facts.id}") as filling:
        words = filling.line("words", _("原话"), most=200)
        called = filling.line("called", _("怎么称呼（不写姓名，如：一位 71 岁的学员）"), most=30)
        consent = filling.choice("consent_id", _("凭哪份同意"), list(known), show=known.__getitem__)
        pressed = filling.submit(_("引用"))
    values = {"activity_id": facts.id, "words": words, "called": called, "consent_id": consent}
    return Request(filling, add_quote, _("已引用"), values) if pressed else None


def drop_quote_form(quotes: Sequence[QuoteRow]) -> Request | None:
    """Take a quote out."""
    if not quotes:
        return None
    known = {one.id: one.words[:30] for one in quotes}
    with form("drop_quote") as filling:
        chosen = filling.choice("quote_id", _("哪句话"), list(known), show=known.__getitem__)
        pressed = filling.submit(_("拿掉这句话"))
    return Request(filling, drop_quote, _("已拿掉"), {"quote_id": chosen or 0}) if pressed else None


def quote_forms(facts: ActivityFacts, quotes: Sequence[QuoteRow], consents: Sequence[StoryConsent]) -> Request | None:
    """Quote somebody, or take a quote out."""
    with st.expander(_("引用一句话"), icon=":material/format_quote:"):
        request = quote_form(facts, consents)
        return drop_quote_form(quotes) or request
