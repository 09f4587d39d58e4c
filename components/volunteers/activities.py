"""活动: the plan as a list, and the forms to plan, report and cancel."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from components.acting import Request, Warned
from components.forms import Filling, form
from components.lists import Column, rows
from components.projects.frame import choose
from components.wording import N_, _
from components.wording.dates import day, hours, near
from db.actions.volunteers.activities import Served, cancel_activity, plan_activity, report_activity
from db.queries.projects.indicators import Goal
from db.queries.projects.page import ProjectHead
from db.queries.volunteers.activities import ActivityRow, Servant
from db.rules.limits import ACTIVITY_MINUTES_MOST, HALF_HOUR, PEOPLE_MOST
from db.terms import ActivityState

DOINGS = {"report": N_("汇报活动"), "plan": N_("安排活动"), "cancel": N_("取消活动")}
HALF_HOURS = tuple(range(HALF_HOUR, ACTIVITY_MINUTES_MOST + 1, HALF_HOUR))
MOST_GOALS = 5


def activity_table(activities: Sequence[ActivityRow]) -> None:
    """Every activity with what it brought."""
    rows(
        [
            {
                "id": activity.id,
                "title": activity.title,
                "on": near(activity.on),
                "place": activity.place,
                "needed": activity.needed,
                "state": activity.state,
                "people": activity.people or "",
                "time": hours(activity.minutes) if activity.minutes else "",
                "served": activity.served or "",
                "report": activity.report,
            }
            for activity in activities
        ],
        [
            Column("title", _("活动")),
            Column("on", _("日期"), "nowrap"),
            Column("place", _("地点")),
            Column("needed", _("需要人数"), "number"),
            Column("state", _("状态"), "nowrap"),
            Column("people", _("到岗"), "number"),
            Column("time", _("服务时长"), "number"),
            Column("served", _("受益人次"), "number"),
            Column("report", _("内容")),
        ],
        key="plan.activities",
        empty=_("还没有活动。安排第一场：日期、地点、需要几个人。"),
        caption=_("服务活动计划"),
    )


def activity_doing(head: ProjectHead, activities: Sequence[ActivityRow], *, today: date) -> str:
    """What to do; reporting first when a day has come."""
    planned = [activity for activity in activities if activity.state is ActivityState.PLANNED]
    able = {
        "report": any(activity.on <= today for activity in planned),
        "plan": True,
        "cancel": bool(planned),
    }
    offered = {code: DOINGS[code] for code, possible in able.items() if possible}
    return choose("do", offered, start=next(iter(offered)), key=f"plan.do.{head.id}")


def activity_form(
    doing: str,
    head: ProjectHead,
    activities: Sequence[ActivityRow],
    team: Sequence[Servant],
    goals: Sequence[Goal],
    *,
    today: date,
) -> Request | None:
    """The one form that was chosen."""
    planned = {activity.id: activity for activity in activities if activity.state is ActivityState.PLANNED}
    if doing == "report":
        due = {key: activity for key, activity in planned.items() if activity.on <= today}
        return _report_form(due, team, goals[:MOST_GOALS])
    if doing == "cancel":
        with form("cancel_activity") as filling:
            chosen = filling.choice("activity_id", _("哪场活动"), list(planned), show=_show(planned))
            reason = filling.words("reason", _("取消原因"), height=80)
            pressed = filling.submit(_("取消活动"))
        if not pressed or chosen is None:
            return None
        values = {"activity_id": chosen, "version": planned[chosen].version, "reason": reason}
        return Request(filling, cancel_activity, _("活动已取消，原因留在记录里"), values)
    with form("plan_activity") as filling:
        title = filling.line("title", _("活动"), help=_("例如：一单元换灯"))
        left, right = st.columns(2)
        with left:
            on = filling.day("on", _("日期"), start=max(today, head.starts_on))
        with right:
            needed = filling.whole("needed", _("需要几个人"), least=1, most=500, start=2)
        place = filling.line("place", _("地点"))
        sure = filling.yes("sure", _("日期没有写错（在项目期限之后、或一年以后时勾选）"))
        pressed = filling.submit(_("安排活动"))
    values = {"project_id": head.id, "title": title, "on": on, "place": place, "needed": needed, "sure": sure}
    return Request(filling, plan_activity, _("活动已安排"), values) if pressed else None


def _show(activities: dict[int, ActivityRow]) -> Callable[[int], str]:
    return lambda key: f"{day(activities[key].on)} {activities[key].title}"


def _report_form(due: dict[int, ActivityRow], team: Sequence[Servant], goals: Sequence[Goal]) -> Request | None:
    people = {one.volunteer_id: f"{one.number} {one.name}" for one in team}
    with form("report_activity") as filling:
        first = next(iter(due))
        chosen = filling.choice("activity_id", _("哪场活动"), list(due), show=_show(due), start=first)
        report = filling.words("report", _("做了什么"), height=80)
        reached = filling.whole("people_served", _("服务了多少人次"), least=0, most=PEOPLE_MOST)
        began = filling.clock("began", _("几点开始的（可不填，用来核对是否与别的服务重叠）"))
        served = _served(filling, people) if people else []
        if not people:
            st.caption(_("团队里还没有志愿者，这次只记内容和受益人次。"))
        readings = _readings(filling, goals)
        pressed = filling.submit(_("汇报完成"))
    if not pressed or chosen is None:
        return None
    values = {
        "activity_id": chosen,
        "version": due[chosen].version,
        "report": report,
        "people_served": reached,
        "served": served,
        "readings": readings,
        "began": began,
    }
    return Request(filling, report_activity, _said(sum(one.minutes for one in served)), values)


def _said(claimed: int) -> Callable[[int], str]:
    """What was credited, and that the rest waits for a second person."""

    def said(credited: int) -> str:
        if credited < claimed:
            return Warned(_("已汇报；有出入的时长待另一位工作人员在志愿者页核对后计入"))
        return _("已汇报，服务时长已记入志愿者名下")

    return said


def _served(filling: Filling, people: dict[int, str]) -> list[Served]:
    """Two groups cover nearly every activity: those who stayed the whole time, and those who did not."""
    together = filling.ticks("served", _("谁到岗了"), list(people), show=people.__getitem__)
    left, right = st.columns(2)
    with left:
        minutes = filling.choice("minutes", _("服务时长"), HALF_HOURS, show=hours, start=120)
    with right:
        note = filling.line("note", _("超过 8 小时、或时长有出入的原因"), most=200)
    others = filling.several("others", _("其中时长不同的人"), list(people), show=people.__getitem__)
    other_minutes = filling.choice("other_minutes", _("他们的时长"), HALF_HOURS, show=hours, start=60)
    for volunteer_id in people:
        # What the action finds wrong with one person is shown at the field of the group.
        filling.slots[f"note_{volunteer_id}"] = filling.slots["note"]
        filling.slots[f"minutes_{volunteer_id}"] = filling.slots["minutes"]
    credited = dict.fromkeys(together, minutes or 0) | dict.fromkeys(others, other_minutes or 0)
    return [Served(key, spent, note) for key, spent in credited.items()]


def _readings(filling: Filling, goals: Sequence[Goal]) -> dict[int, Decimal]:
    """Where the goals stand after the activity; an empty field is no reading."""
    found: dict[int, Decimal] = {}
    for goal in goals:
        label = _("“{name}”现在是多少（{unit}，可不填）", name=goal.name, unit=goal.unit)
        value = filling.amount(f"reading_{goal.id}", label)
        if value is not None:
            found[goal.id] = value
    return found
