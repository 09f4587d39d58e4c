"""The fields of a new complaint: choices before typing, what the caller is asked in the order of a telephone call."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from components.forms import Filling
from components.menu import PAGES
from components.need_words import entry_name
from components.wording import _, safe
from components.wording.dates import day, moment
from db.terms import NeedSource, Urgency

USUAL = (NeedSource.CALL, NeedSource.HOTLINE, NeedSource.WALK_IN, NeedSource.CHAT, NeedSource.GRID, NeedSource.OTHER)


def complaint_fields(filling: Filling, places: Sequence[Any], categories: Sequence[Any], today: date) -> dict[str, Any]:
    """What, where, who; the rest one tap away."""
    place_names = {place.id: place.name for place in places}
    # Buttons read Markdown, a list does not.
    category_names = {category.id: safe(entry_name(category)) for category in categories}
    given: dict[str, Any] = {
        "description": filling.words(
            "description",
            _("诉求人原话"),
            height=100,
            placeholder=_("照诉求人的话写,例如:楼下饭店晚上油烟大,开不了窗"),
        ),
        "source": filling.choice("source", _("来源"), list(USUAL), few=True, start=NeedSource.CALL),
        "category_id": filling.choice(
            "category_id", _("类别"), list(category_names), few=True, show=lambda one: category_names.get(one, "")
        ),
        "urgency": filling.choice(
            "urgency",
            _("紧急程度"),
            list(Urgency),
            few=True,
            start=Urgency.NORMAL,
            help=_("一般:24 小时内联系,7 个工作日办完(热线转来 5 个);紧急:4 小时、2 个工作日;涉安全:1 小时、当天。"),
        ),
    }
    with st.container(horizontal=True):
        given["place_id"] = filling.choice(
            "place_id", _("地点"), list(place_names), show=lambda one: place_names.get(one, "")
        )
        given["building"] = filling.line("building", _("楼栋(可不填)"))
    with st.container(horizontal=True):
        given["asker_name"] = filling.line(
            "asker_name", _("诉求人怎么称呼(可不填)"), help=_("加密保存,屏幕上只显示姓。"), autocomplete="off"
        )
        given["asker_phone"] = filling.line("asker_phone", _("回访电话(可不填)"), autocomplete="off")
    with st.expander(_("更多:门牌、热线编号、收到日期、标题"), icon=":material/more_horiz:"):
        given["stairwell"] = filling.line("stairwell", _("单元"))
        given["room"] = filling.line("room", _("室(诉求人住处,可不填)"), autocomplete="off")
        given["source_number"] = filling.line("source_number", _("热线或来文编号"))
        given["received_on"] = filling.day("received_on", _("收到日期(补录时改)"), start=today, most=today)
        given["title"] = filling.line("title", _("标题(不填则取原话的开头)"))
    return given


def stored(facts: Any) -> None:
    """What was just written down: its number, until when, and the way to it."""
    with st.container(border=True):
        st.markdown(f"**{_('已登记')} {safe(facts.number)}** {safe(facts.title)}")
        until = day(facts.due_on) if facts.due_on else ""
        st.text(_("{at} 前联系诉求人,{due} 前办完。", at=moment(facts.contact_due_at), due=until))
        st.page_link(
            PAGES / "complaints/complaint.py",
            label=_("去交办"),
            icon=":material/arrow_forward:",
            query_params={"id": str(facts.id)},
        )
