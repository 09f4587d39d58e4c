"""投诉时限 on the screen: what is set beside what is usual, the fields that change it, and the hint at the desk."""

from collections.abc import Mapping

import streamlit as st

from components.acting import Request
from components.forms import Filling, form
from components.lists import Column, rows
from components.wording import _, in_a_row, labelled
from components.wording.terms import term
from db.actions.complaints.times import set_complaint_times
from db.rules.complaints.due import DAYS_LEAST, DAYS_MOST, HOURS_LEAST, HOURS_MOST, Times
from db.terms import ComplaintHaste


def _hours(number: int) -> str:
    return _("{n} 小时内联系", n=number)


def _days(number: int) -> str:
    return _("{n} 个工作日办完", n=number) if number else _("当天办完")


def times_table(times: Mapping[ComplaintHaste, Times], norm: Mapping[ComplaintHaste, Times]) -> None:
    """Each haste with its two times, and the norm beside them."""
    differs = any(times[haste] != norm[haste] for haste in ComplaintHaste)
    rows(
        [
            {
                "haste": term(haste),
                "contact": _hours(times[haste].contact_hours),
                "answer": _days(times[haste].answer_days),
                "norm": "" if times[haste] == norm[haste] else both(norm[haste]),
            }
            for haste in ComplaintHaste
        ],
        [
            Column("haste", _("哪一类投诉")),
            Column("contact", _("联系诉求人")),
            Column("answer", _("办理期限")),
            *([Column("norm", _("通行做法（与现行不同的）"))] if differs else []),
        ],
        key="complaint_times.list",
        empty="",
        caption=_("投诉时限"),
    )


def both(one: Times) -> str:
    """Both times of one haste in a few words."""
    return _("{contact}，{answer}", contact=_hours(one.contact_hours), answer=_days(one.answer_days))


def times_hint(times: Mapping[ComplaintHaste, Times]) -> str:
    """What follows from the urgency that a worker chooses, as the subdistrict set it."""
    return in_a_row(labelled(term(haste), both(times[haste])) for haste in ComplaintHaste)


def times_form(times: Mapping[ComplaintHaste, Times]) -> Request | None:
    """Set the times of every haste at once."""
    with form("complaint_times") as filling:
        wanted = _times_fields(filling, times)
        pressed = filling.submit(_("保存，今后登记的投诉照此计算"), icon=":material/save:")
    return Request(filling, set_complaint_times, _saved, {"times": wanted}) if pressed else None


def _saved(changed: int) -> str:
    return _("已保存：改动 {n} 类", n=changed) if changed else _("没有改动")


def _times_fields(filling: Filling, times: Mapping[ComplaintHaste, Times]) -> dict[str, tuple[int | None, int | None]]:
    """Hours and working days of each haste, side by side."""
    wanted = {}
    for haste in ComplaintHaste:
        with st.container(horizontal=True):
            hours = filling.whole(
                f"{haste}_hours",
                _("{haste}：几小时内联系", haste=term(haste)),
                least=HOURS_LEAST,
                most=HOURS_MOST,
                start=times[haste].contact_hours,
            )
            days = filling.whole(
                f"{haste}_days",
                _("{haste}：几个工作日办完", haste=term(haste)),
                least=DAYS_LEAST,
                most=DAYS_MOST,
                start=times[haste].answer_days,
                help=_("0 表示当天。"),
            )
        wanted[haste.value] = (hours, days)
    return wanted
