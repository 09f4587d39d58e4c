"""One order on its page: the next step on top, suggested helpers and why, confirmations, rating, cases, life."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from components.acting import Look, Request
from components.asking import in_clear, look, says
from components.detail import Step, doers, fact_list, happened, head, next_step
from components.forms import form, press
from components.moved_periods import moved_note
from components.orders.words import NEXT, choose_half, due_words, late_words, reason_words, service_name, when
from components.wording import _, labelled, safe, side_by_side
from components.wording.dates import near, yuan
from components.wording.terms import badge, sign, term
from db.actions.orders.offers import accept_offer, accept_swap, decline_offer, offer_order, refuse_swap, withdraw_offer
from db.actions.orders.orders import cancel_order, take_order, unmask_order
from db.actions.orders.ratings import close_order, rate_order, settle_case
from db.actions.orders.service import confirm_by_call, confirm_on_paper, finish_service, report_not_done, start_service
from db.queries.orders.dispatch import Candidate as Suggested
from db.queries.orders.page import CaseLine, OrderFacts, Originals
from db.queries.volunteers.openings import Candidate
from db.rules.limits import HALF_HOUR, ORDER_MINUTES_MOST
from db.rules.orders.dispatch import Reason
from db.rules.orders.life import FINAL
from db.rules.permissions import Actor, Permission
from db.terms import AssignmentState, FeeKind, OrderCaseKind, OrderState, Satisfaction

S = OrderState
MINUTES = tuple(range(HALF_HOUR, ORDER_MINUTES_MOST + 1, HALF_HOUR))
LEFT = (S.OFFERED, S.ACCEPTED, S.IN_SERVICE)


def order_head(facts: OrderFacts, user: Actor) -> None:
    """The service, its state, the next step, who takes it where the user may not, and the helper."""
    late = late_words(facts.late)
    marks = [badge(facts.state), *([sign(late, "red", "schedule")] if late else [])]
    head(service_name(facts), number=facts.number, marks=marks, about=facts.community)
    takes = Permission.DISPATCH_ORDER
    if facts.state is S.REVISITED and facts.open_cases:
        takes = Permission.SETTLE_ORDER_CASE
    with next_step(_next(facts), who="" if facts.state in FINAL or user.may(takes) else doers(takes)):
        live = facts.live
        if live and facts.state in LEFT:
            st.text(_("志愿者 {who}（{kind}），电话 {phone}", who=f"{live.number} {live.name}", kind=term(live.kind),
                      phone=live.phone or _("未留")))  # fmt: skip


def _next(facts: OrderFacts) -> str:
    """The next step in words; an order whose cases are all settled can be closed."""
    if facts.state is S.REVISITED and not facts.open_cases:
        return _("都办妥了，可以关闭订单。")
    return _(NEXT[facts.state])


def about(facts: OrderFacts, door: str = "") -> None:
    """The order in one list; the caller is masked. `door` is the whole one, for the worker of its patch."""
    lines = [
        (_("哪一户"), facts.door),
        (_("自己片区的门牌"), door),
        (_("提出人"), " ".join(part for part in (facts.asker, facts.phone) if part) or _("未留姓名")),
        (_("紧急联系电话"), facts.emergency),
        (_("什么时候"), when(facts.wanted_on, facts.wanted_time)),
        (_("共建单位"), side_by_side(facts.units)),
        (_("要求"), facts.note),
        (_("特别提醒"), facts.caution),
        (_("时限"), due_words(facts) if facts.state in (S.WAITING, S.TAKEN, *LEFT) else ""),
        (_("来源"), " ".join(part for part in (term(facts.channel), facts.need_number) if part)),
        (_("做了什么"), facts.done_words),
        (_("时长"), _("{n} 分钟", n=facts.minutes) if facts.minutes else ""),
        (_("待核时长"), _("{n} 分钟", n=facts.waiting_minutes) if facts.waiting_minutes else ""),
        (_("费用"), f"{term(facts.fee_kind)} {yuan(facts.fee_fen) if facts.fee_fen else ''}".strip()),
        (
            _("评价"),
            " ".join(part for part in (term(facts.rating) if facts.rating else "", facts.rating_words) if part),
        ),
        (_("取消的原因"), facts.cancel_reason),
    ]
    fact_list(lines, key="order.about", caption=_("订单内容"))
    moved_note(facts.moved)


def show_clear(clear: Originals) -> None:
    """Show the caller in clear, and what a helper must know at the door, for this run only."""
    lines = [
        (_("姓名"), clear.name),
        (_("电话"), clear.phone),
        (_("紧急联系电话"), clear.emergency),
        (_("门牌"), clear.door),
        (_("要求和提醒"), clear.note),
    ]
    in_clear(*(f"{what}  {value}" for what, value in lines if value))


def look_form(order_id: int) -> Look:
    """查看原值: the caller."""
    return look(f"unmask.{order_id}", unmask_order, {"order_id": order_id})


# --- the next step --------------------------------------------------------------------------------------------


def next_form(facts: OrderFacts, found: Sequence[Suggested], today: date, *, settles: bool) -> Request | None:
    """The form or the button of the next step."""
    if facts.state is S.WAITING:
        return _take(facts, today)
    if facts.state is S.TAKEN:
        return _dispatch(facts, found)
    if facts.state is S.OFFERED:
        return _answer(facts)
    if facts.state is S.ACCEPTED:
        return _swap(facts) or _start(facts)
    if facts.state is S.IN_SERVICE:
        return _finish(facts)
    if facts.state is S.DONE:
        return _heard(facts)
    if facts.state is S.CONFIRMED:
        return _rate(facts)
    request = next((request for request in [_settle(case) for case in facts.open_cases if settles] if request), None)
    if facts.state is S.REVISITED and not facts.open_cases:
        close = press("order.close", _("关闭订单"), primary=True, icon=":material/check_circle:", wide=True)
        if close:
            said = lambda owed: _("已关闭，并转入回音") if owed else _("已关闭")  # noqa: E731
            return Request(close, close_order, said, {"order_id": facts.id})
    return request


def _take(facts: OrderFacts, today: date) -> Request | None:
    with form(f"take.{facts.id}") as filling:
        with st.container(horizontal=True):
            on = filling.day(
                "wanted_on", _("哪一天"), start=facts.wanted_on, least=min(today, facts.wanted_on or today)
            )
            half = choose_half(filling, facts.wanted_time)
        caution = filling.line("caution", _("特别提醒（可不填）"), help=_("例：耳背，敲门重一点；家里有狗。不写病情。"))
        pressed = filling.submit(_("已与居民联系，受理"), icon=":material/call:")
    values = {"order_id": facts.id, "version": facts.version, "wanted_on": on, "wanted_time": half}
    return Request(filling, take_order, _("已受理"), values | {"caution": caution}) if pressed else None


def _dispatch(facts: OrderFacts, found: Sequence[Suggested]) -> Request | None:
    """Choose a helper in the line that explains him; the best fit is chosen already."""
    if not found:
        st.text(_("没有合适的志愿者：没有人登记这项特长，或都已拒单。可在下面按编号另找一位。"))
        return None
    by_id = {one.id: one for one in found}
    with form(f"offer.{facts.id}") as filling:
        chosen = st.radio(
            _("派给谁"), list(by_id), key=filling.key("volunteer_id"),
            format_func=lambda one: safe(_named(by_id, one)), captions=[safe(_explained(one)) for one in found],
        )  # fmt: skip
        filling.slots["volunteer_id"] = st.empty()
        pressed = filling.submit(_("派单"), icon=":material/send:", wide=True)
    if not pressed:
        return None
    why = [reason.value for reason in by_id[chosen].suggestion.reasons] if chosen in by_id else []
    values = {"order_id": facts.id, "volunteer_id": chosen, "reasons": why}
    return Request(filling, offer_order, _("已派单，等志愿者接单"), values)


def _explained(one: Suggested) -> str:
    """Why this helper, what he can, when he can, and how he hears of it."""
    skills = labelled(_("特长"), side_by_side(one.skills)) if one.skills else ""
    times = labelled(_("方便的时间"), one.free_times) if one.free_times else ""
    phone = "" if one.has_account else _("没有账号，请打电话问")
    return " · ".join(part for part in (reason_words(one.suggestion.reasons), skills, times, phone) if part)


def _named(by_id: Mapping[int, Suggested], volunteer_id: int) -> str:
    found = by_id.get(volunteer_id)
    if found is None:
        return str(volunteer_id)
    party = _("（党员）") if Reason.PARTY_MEMBER in found.suggestion.reasons else ""
    return f"{found.number} {found.name}{party}"


def other_helper(facts: OrderFacts, people: Sequence[Candidate]) -> Request | None:
    """The form that offers the order to a volunteer who was found by number or skill."""
    if not people:
        return None
    names = {one.id: f"{one.number} {one.name}" for one in people}
    with form(f"offer_other.{facts.id}", border=False) as filling:
        only = people[0].id if len(people) == 1 else None
        chosen = filling.choice(
            "volunteer_id", _("派给谁"), list(names), start=only, show=lambda one: names.get(one, str(one))
        )
        pressed = filling.submit(_("派给这一位"), icon=":material/send:")
    values = {"order_id": facts.id, "volunteer_id": chosen, "reasons": [Reason.CHOSEN.value]}
    return Request(filling, offer_order, _("已派单，等志愿者接单"), values) if pressed else None


def _answer(facts: OrderFacts) -> Request | None:
    live = facts.live
    if live is None:
        return None
    yes = press("order.accept", _("志愿者电话里答应了，代为接单"), primary=True, icon=":material/thumb_up:", wide=True)
    if yes:
        return Request(yes, accept_offer, _("已接单"), {"offer_id": live.id})
    with st.expander(_("志愿者说不能去"), icon=":material/person_off:"), form(f"decline.{live.id}", border=False) as no:
        reason = no.line("reason", _("为什么不能去"))
        pressed = no.submit(_("记下拒单，重新派"))
    said = {"offer_id": live.id, "reason": reason}
    return Request(no, decline_offer, _("已退回派单"), said) if pressed else None


def _swap(facts: OrderFacts) -> Request | None:
    live = facts.live
    if live is None or not live.swap_to:
        return None
    st.info(
        _("{who} 想换班给 {to}：{why}", who=live.number, to=live.swap_to, why=safe(live.reason)),
        icon=":material/swap_horiz:",
    )
    with st.container(horizontal=True):
        yes = press("order.swap", _("对方答应了，换班"), icon=":material/swap_horiz:")
        no = press("order.no_swap", _("对方不能去"))
    if yes:
        return Request(yes, accept_swap, _("已换班"), {"offer_id": live.id})
    return Request(no, refuse_swap, _("仍由原志愿者上门"), {"offer_id": live.id}) if no else None


def _start(facts: OrderFacts) -> Request | None:
    start = press("order.start", _("志愿者已上门"), icon=":material/directions_walk:")
    return Request(start, start_service, _("已记上门"), {"order_id": facts.id}) if start else None


def _finish(facts: OrderFacts) -> Request | None:
    return finish_form(facts.id, facts.usual_minutes, free=facts.fee_kind is FeeKind.FREE)


def finish_form(order_id: int, usual: int, *, free: bool) -> Request | None:
    """The form that says what was done and how long it took; also on the helper's phone."""
    with form(f"finish.{order_id}") as filling:
        start = min(MINUTES, key=lambda n: abs(n - usual))
        minutes = filling.choice("minutes", _("做了多久"), MINUTES, start=start, show=lambda n: _("{n} 分钟", n=n))
        done = filling.words("done", _("做了什么"), height=80)
        why = filling.line("why", _("时长比点“开始”以来长、或有出入时，写明原因（可不填）"), most=200)
        fee = None if free else filling.whole("fee_fen", _("收了多少元（没有就填 0）"), most=1000, start=0)
        pressed = filling.submit(_("做完了"), icon=":material/task_alt:", wide=True)
    values = {"order_id": order_id, "done": done, "minutes": minutes, "fee_fen": (fee or 0) * 100, "why": why}
    return Request(filling, finish_service, _("已完成，请居民确认"), values) if pressed else None


def _heard(facts: OrderFacts) -> Request | None:
    with form(f"heard.{facts.id}") as filling:
        way = filling.choice(
            "way", _("居民怎么确认的"), ["confirm_by_call", "confirm_on_paper"], few=True, start="confirm_by_call",
            show=lambda one: _("电话回访") if one == "confirm_by_call" else _("纸质签字"),
        )  # fmt: skip
        rating = filling.choice("rating", _("满意吗（可先不选）"), list(Satisfaction), few=True)
        said = filling.words("said", _("居民的话（不满意时必填）"), height=80)
        pressed = filling.submit(_("居民确认做完了"), icon=":material/handshake:", wide=True)
    if pressed:
        values = {"order_id": facts.id, "rating": rating, "said": said}
        act = confirm_on_paper if way == "confirm_on_paper" else confirm_by_call
        return Request(filling, act, _("双方已确认"), values)
    with (
        st.expander(_("居民说没有做好"), icon=":material/undo:"),
        form(f"not_done.{facts.id}", border=False) as back,
    ):
        reason = back.line("reason", _("哪里没有做好"))
        again = back.submit(_("退回，重新派单"))
    values = {"order_id": facts.id, "reason": reason}
    return Request(back, report_not_done, _("已退回派单"), values) if again else None


def _rate(facts: OrderFacts) -> Request | None:
    with form(f"rate.{facts.id}") as filling:
        rating = filling.choice("rating", _("居民满意吗"), list(Satisfaction), few=True)
        said = filling.words("said", _("居民的话（不满意时必填）"), height=80)
        pressed = filling.submit(_("记下评价"), icon=":material/star:", wide=True)
    values = {"order_id": facts.id, "rating": rating, "said": said}
    return Request(filling, rate_order, _("评价已记下"), values) if pressed else None


def _settle(case: CaseLine) -> Request | None:
    with form(f"settle.{case.id}") as filling:
        st.markdown(f"**{term(case.kind)}** {safe(case.words)}  \n{_('办结时限')} {near(case.due_on)}")
        result = filling.words("result", _("怎么处理的"), height=80)
        label = _("复核后的评价") if case.kind is OrderCaseKind.REVIEW else _("再次回访的评价（没有就不选）")
        rating = filling.choice("rating_after", label, list(Satisfaction), few=True)
        pressed = filling.submit(_("办结"), icon=":material/gavel:")
    values = {"case_id": case.id, "version": case.version, "result": result, "rating_after": rating}
    return Request(filling, settle_case, _("已办结"), values) if pressed else None


# --- beside the next step -------------------------------------------------------------------------------------


def has_side_forms(facts: OrderFacts) -> bool:
    """Whether 改派 or 取消 is still possible."""
    return facts.state in (S.WAITING, S.TAKEN, *LEFT)


def side_forms(facts: OrderFacts) -> Request | None:
    """The folded forms of 改派 and 取消."""
    request: Request | None = None
    if facts.state in LEFT:
        with (
            st.expander(_("改派"), icon=":material/swap_horiz:"),
            form(f"withdraw.{facts.id}", border=False) as filling,
        ):
            reason = filling.line("reason", _("为什么改派"))
            if filling.submit(_("收回，重新派单")):
                values = {"order_id": facts.id, "reason": reason}
                request = Request(filling, withdraw_offer, _("已收回"), values)
    if has_side_forms(facts):
        with st.expander(_("取消订单"), icon=":material/block:"), form(f"cancel.{facts.id}", border=False) as filling:
            reason = filling.line("reason", _("为什么取消"))
            says(_("订单就此了结，不再派单，不能恢复；还要服务，请另下一单。"))
            if filling.submit(_("确认取消")):
                values = {"order_id": facts.id, "version": facts.version, "reason": reason}
                request = Request(filling, cancel_order, _("已取消"), values)
    return request


def life(facts: OrderFacts) -> None:
    """List everything that happened."""
    lines: list[tuple[datetime | None, str, str]] = [
        (facts.made_at, _("点单（{channel}）", channel=term(facts.channel)), facts.made_by)
    ]
    for offer in facts.offers:
        who = f"{offer.number} {offer.name}"
        lines.append((offer.offered_at, _("派单给 {who}", who=who), reason_words(offer.reasons)))
        if offer.answered_at:
            lines.append((offer.answered_at, f"{who} {term(offer.state)}", offer.reason))
        elif offer.state is AssignmentState.ACCEPTED:
            lines.append((offer.offered_at, f"{who} {term(offer.state)}", ""))
    by = term(facts.resident_confirmed_by) if facts.resident_confirmed_by else ""
    lines += [
        (facts.started_at, _("上门"), ""),
        (facts.ended_at, _("完成，志愿者确认"), facts.done_words),
        (facts.resident_confirmed_at, _("居民确认"), by),
        (facts.rated_at, _("评价"), f"{term(facts.rating) if facts.rating else ''} {facts.rating_words}".strip()),
    ]
    for case in facts.cases:
        lines.append((case.opened_at, term(case.kind), case.words))
        after = term(case.rating_after) if case.rating_after else ""
        lines.append((case.closed_at, _("{kind}办结", kind=term(case.kind)), f"{case.result} {after}".strip()))
    if facts.state in (S.CLOSED, S.CANCELLED):
        lines.append((facts.state_since, term(facts.state), facts.cancel_reason))
    happened([Step(at, what, said=words) for at, what, words in lines if at], key="order.life")
