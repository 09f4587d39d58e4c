"""政治生日 of a month: who, how many years, and which day the subdistrict counts from."""

import streamlit as st

from components.acting import Request
from components.forms import form
from components.lists import Column, rows
from components.wording import _, safe, side_by_side
from components.wording.dates import near, short_day
from components.wording.terms import term
from db.actions.commitments.sheets import choose_birthday
from db.queries.commitments.birthdays import BirthdayList, BirthdayRow
from db.terms import PoliticalDay

SHOWN = 50


def years_words(one: BirthdayRow, kind: PoliticalDay) -> str:
    """入党 30 年, or 党龄 when full membership counts; marked years say so."""
    said = _("入党 {n} 年", n=one.day.years) if kind is PoliticalDay.JOINED else _("党龄 {n} 年", n=one.day.years)
    return _("{years}（整十纪念）", years=said) if one.day.marked else said


def birthday_list(found: BirthdayList, kind: PoliticalDay) -> None:
    """Those of the month by day, then those whose day is not known."""
    rows(
        [
            {
                "on": short_day(one.day.on),
                "member": f"{one.number} {one.member} · {one.branch}",
                "begun": near(one.day.begun),
                "years": years_words(one, kind),
            }
            for one in found.rows[:SHOWN]
        ],
        [
            Column("on", _("哪天"), "nowrap"),
            Column("member", _("党员"), "wide"),
            Column("begun", term(kind), "nowrap"),
            Column("years", _("年数"), "nowrap"),
        ],
        key="birthdays.list",
        empty=_("这个月没有党员过政治生日。"),
        caption=_("政治生日"),
    )
    if len(found.rows) > SHOWN:
        st.caption(_("共 {n} 位，这里列前 {most} 位。选一个支部看其余的。", n=len(found.rows), most=SHOWN))
    if found.unknown:
        shown = side_by_side(found.unknown[:10])
        st.caption(safe(_("{n} 位还没有{day}，不在名单里：{who}", n=len(found.unknown), day=term(kind), who=shown)))


def kind_form(kind: PoliticalDay) -> Request | None:
    """Which day counts, for the whole subdistrict."""
    with st.expander(_("按哪一天算"), icon=":material/settings:"), form("choose_birthday", border=False) as filling:
        wanted = filling.choice("day", _("政治生日按"), list(PoliticalDay), few=True, start=kind)
        pressed = filling.submit(_("保存"), icon=":material/save:")
    return Request(filling, choose_birthday, _("已保存"), {"day": wanted}) if pressed else None


def own_birthday(found: BirthdayList, kind: PoliticalDay) -> None:
    """A line on the member's phone in the month of the day."""
    for one in found.rows:
        words = _("{day} 是您的政治生日，{years}。翻一翻自己的承诺。", day=short_day(one.day.on),
                  years=years_words(one, kind))  # fmt: skip
        st.info(words, icon=":material/cake:")
