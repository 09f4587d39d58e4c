"""扫码来件 on the screen: the queue, one message, what else it may be, and the decision."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from components.acting import Look, Request
from components.asking import in_clear, look
from components.detail import fact_list, head
from components.forms import Filling, form
from components.lists import Column, rows
from components.needs.words import entry_name
from components.orders.words import service_name
from components.wording import _, safe
from components.wording.dates import near
from components.wording.happenings import reasons
from components.wording.terms import badge, sign, term
from db.actions.intake.intake import refuse_intake, take_intake, unmask_intake
from db.queries.intake.intake import IntakeFacts, IntakeOriginals, IntakeRow
from db.queries.intake.posters import ServiceChoice
from db.queries.needs.needs import Frame
from db.queries.needs.twins import Heard
from db.rules.intake.input import IntakeInput
from db.rules.limits import PEOPLE_MOST
from db.terms import IntakeResult, IntakeState, PosterKind, Reach, Urgency

GOES_TO = {IntakeResult.NEED: "need", IntakeResult.ORDER: "order", IntakeResult.COMPLAINT: "complaint"}
WAYS = {
    PosterKind.ORDER: (IntakeResult.ORDER, IntakeResult.NEED, IntakeResult.COMPLAINT),
    PosterKind.REPORT: (IntakeResult.NEED, IntakeResult.COMPLAINT, IntakeResult.ORDER),
}
"""What a message usually becomes stands first."""


def queue(found: Sequence[IntakeRow]) -> None:
    """List the messages, newest first."""
    rows(
        [
            {
                "id": one.id,
                "what": " · ".join(part for part in (service_name(one), one.what) if part) or "—",
                "state": one.state,
                "urgent": one.urgent,
                "place": " ".join(part for part in (one.place, one.where) if part),
                "photos": one.photos or "",
                "at": near(one.received_at),
                "from": one.poster,
                "number": one.number,
            }
            for one in found
        ],
        [
            Column("what", _("内容"), "wide"),
            Column("urgent", _("紧急"), "nowrap"),
            Column("state", _("状态"), "nowrap"),
            Column("place", _("地点")),
            Column("photos", _("照片"), "number"),
            Column("at", _("收到"), "nowrap"),
            Column("from", _("来自"), "nowrap"),
            Column("number", _("办成"), "nowrap"),
        ],
        key="intake",
        empty=_("没有待确认的来件。居民扫海报点单、骑手随手报，都会先到这里。"),
        caption=_("扫码来件"),
        page="intake",
    )


def message_head(facts: IntakeFacts) -> None:
    """Which message it is, how it stands, and by which code it came."""
    urgent = [sign(_("紧急"), "red", "priority_high")] if facts.urgent else []
    about = f"{term(facts.kind)} · {facts.poster}"
    head(_("来件 {id}", id=facts.id), marks=[badge(facts.state), *urgent], about=about)


def message_facts(facts: IntakeFacts) -> None:
    """What was sent, from where; people are masked."""
    if facts.wiped:
        st.info(_("来件的内容已按规定删除。"), icon=":material/auto_delete:")
    elif facts.what:
        st.text(facts.what)
    wanted = " ".join(part for part in (near(facts.wanted_on) if facts.wanted_on else "", facts.wanted_time) if part)
    lines = [
        (_("服务"), service_name(facts)),
        (_("想要的时间"), wanted),
        (_("地点"), " ".join(part for part in (f"{facts.place}{facts.building}", facts.where) if part)),
        (_("门牌"), _("已留，点“查看原值”") if facts.has_door else ""),
        (_("称呼"), facts.asker),
        (_("联系电话"), facts.phone),
        (_("收到"), near(facts.received_at)),
        (_("处理"), f"{facts.decided_by} · {near(facts.decided_at)}" if facts.decided_at else ""),
        (_("不受理的原因"), facts.reason),
    ]
    fact_list(lines, key="intake.facts", caption=_("扫码来件"))
    if facts.number and facts.result in GOES_TO:
        row_id = facts.need_id or facts.order_id or facts.complaint_id
        st.markdown(f"{_('办成')}:[{safe(facts.number)}](/{GOES_TO[facts.result]}?id={row_id})")


def look_form(intake_id: int) -> Look:
    """查看原值: who sent the message."""
    return look(f"unmask_intake.{intake_id}", unmask_intake, {"intake_id": intake_id})


def show_clear(clear: IntakeOriginals) -> None:
    """Name, telephone, door and words in clear, once."""
    in_clear(clear.name, clear.phone, clear.door, clear.what)


def alike(found: Sequence[Heard]) -> None:
    """List the known needs that the message may repeat."""
    if not found:
        return
    rows(
        [
            {
                "id": one.need.id,
                "number": one.need.number,
                "words": one.need.description,
                "stage": one.need.stage,
                "why": reasons(one.reasons) or "—",
            }
            for one in found
        ],
        [
            Column("number", _("可能相同的需求"), "nowrap"),
            Column("words", _("居民原话"), "wide"),
            Column("stage", _("状态"), "nowrap"),
            Column("why", _("相似的地方")),
        ],
        key="intake.alike",
        empty="",
        caption=_("可能相同的需求"),
        page="need",
    )


def decision(facts: IntakeFacts, here: Frame, services: Sequence[ServiceChoice]) -> Request | None:
    """The form that makes a need, an order or a complaint of the message, or refuses it."""
    if facts.state is not IntakeState.WAITING:
        return None
    ways = WAYS[facts.kind]
    with st.container(border=True):
        way = st.segmented_control(
            _("怎么办"), [*ways, IntakeState.REFUSED], format_func=term, default=ways[0], required=True,
            key=f"intake_way.{facts.id}",
        ) or ways[0]  # fmt: skip
        if not isinstance(way, IntakeResult):
            return _refusal(facts)
        return _taking(facts, way, here, services)


def _refusal(facts: IntakeFacts) -> Request | None:
    with form(f"refuse_intake.{facts.id}", border=False) as filling:
        reason = filling.line(
            "reason", _("不受理的原因"), most=200, help=_("提交人凭受理编号会看到这句话，不写姓名和电话。")
        )
        pressed = filling.submit(_("不受理"), icon=":material/block:")
    values = {"intake_id": facts.id, "version": facts.version, "reason": reason}
    return Request(filling, refuse_intake, _("已处理：不受理"), values) if pressed else None


def _taking(facts: IntakeFacts, way: IntakeResult, here: Frame, services: Sequence[ServiceChoice]) -> Request | None:
    names = {place.id: place.name for place in here.places}
    with form(f"take_intake.{facts.id}.{way.value}", border=False) as filling:
        description = filling.words(
            "description", _("补充说明（可不填）") if way is IntakeResult.ORDER else _("居民原话"), start=_words(facts),
            height=90,
        )  # fmt: skip
        with st.container(horizontal=True):
            place_id = filling.choice(
                "place_id", _("地点"), list(names), show=lambda one: names[one], start=facts.place_id
            )
            building = filling.line("building", _("楼栋"), start=facts.building)
        given = IntakeInput(description, place_id, building)
        if way is IntakeResult.ORDER:
            given = _order_fields(filling, given, facts, services)
        else:
            kinds = {one.id: entry_name(one) for one in here.categories}
            category = filling.choice("category_id", _("类别"), list(kinds), show=lambda one: kinds[one], few=True)
            given = replace(given, category_id=category)
        if way is IntakeResult.NEED:
            given = _need_fields(filling, given, facts)
        pressed = filling.submit(term(way), icon=":material/check:")
    values = {"intake_id": facts.id, "version": facts.version, "result": way, "given": given}
    return Request(filling, take_intake, _taken, values) if pressed else None


def _words(facts: IntakeFacts) -> str:
    """The words of a message with its location: a need has no field of its own for it."""
    return _("{what}（位置：{where}）", what=facts.what, where=facts.where) if facts.where else facts.what


def _taken(made: Mapping[str, object]) -> str:
    return _("{way}：{number}", way=term(IntakeResult(str(made["result"]))), number=made["number"])


def _order_fields(
    filling: Filling, given: IntakeInput, facts: IntakeFacts, services: Sequence[ServiceChoice]
) -> IntakeInput:
    offered = {one.id: entry_name(one) for one in services}
    with st.container(horizontal=True):
        service = filling.choice(
            "service_id", _("服务"), list(offered), show=lambda one: offered[one], start=facts.service_id
        )
        on = filling.day("wanted_on", _("想要哪一天（可不填）"), start=facts.wanted_on)
        time = filling.line("wanted_time", _("什么时候"), start=facts.wanted_time)
    caution = filling.line("caution", _("特殊提醒（可不填）"), most=200, help=_("例：听力不好、家里有狗。"))
    return replace(given, service_id=service, wanted_on=on, wanted_time=time, caution=caution)


def _need_fields(filling: Filling, given: IntakeInput, facts: IntakeFacts) -> IntakeInput:
    urgency = filling.choice(
        "urgency", _("紧急程度"), list(Urgency), few=True, start=Urgency.SAFETY if facts.urgent else Urgency.NORMAL,
        help=_("涉安全：不等评分，即接即办，今天处理。"),
    )  # fmt: skip
    reach = filling.choice("reach", _("影响面"), list(Reach), few=True, start=Reach.ESTATE)
    people = filling.whole("people", _("大约影响多少人"), least=1, most=PEOPLE_MOST, start=30)
    return replace(given, urgency=urgency, reach=reach, people=people)
