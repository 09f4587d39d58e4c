"""A body on the screen: its members, its rules, and the forms that change them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

import streamlit as st

from components.acting import Request
from components.asking import says
from components.council.rule_words import preset_name, rule_box, rule_sentence
from components.forms import Filling, form
from components.inputs import picked
from components.lists import Column, rows
from components.voting.outcome import area_words
from components.wording import _, noted, spaced
from components.wording.dates import day, near
from components.wording.terms import term
from db.actions.council.council import (
    add_member,
    amend_member,
    begin_term,
    correct_term,
    create_body,
    end_member,
    set_rules,
)
from db.queries.council.council import BodyInList, CouncilBody, Member
from db.queries.named import Named
from db.rules.council.council import Offer, in_force
from db.rules.council.member_input import MemberInput
from db.rules.voting.decision import HouseRule
from db.rules.voting.rule_input import RulesInput
from db.terms import BodyKind, TieRule


def choose_body(listed: Sequence[BodyInList], shown: int) -> int:
    """The body to look at, when there are several; the id."""
    if len(listed) < 2:
        return shown
    names = {body.id: noted(body.name, body.community) for body in listed}
    start = list(names).index(shown)
    chosen: int = st.selectbox(
        _("议事机构"), list(names), index=start, key=f"body.{shown}", format_func=names.__getitem__
    )
    return chosen


def members_table(body: CouncilBody, today: date, *, manages: bool) -> None:
    """Who sits, seat by seat; a user who manages the council also sees accounts and former members."""
    seat, name = Column("seat", _("席位"), "nowrap"), Column("name", _("姓名"), "nowrap")
    # Readers are mostly members on a phone, where the first column is the head of a card.
    columns = [*((seat, name) if manages else (name, seat)), Column("capacity", _("身份"))]
    if manages and body.kind is BodyKind.OWNERS_ADVISORY:
        columns.append(Column("area", _("专有部分面积"), "nowrap"))
    if manages:
        columns += [
            Column("account", _("表决账号")),
            Column("since", _("到任"), "nowrap"),
            Column("until", _("卸任"), "nowrap"),
            Column("now", _("状态"), "nowrap"),
        ]
    serving = set(body.in_office(today))
    rows(
        [
            {
                "seat": member.seat,
                "name": _both_names(member) if manages else member.name,
                "capacity": member.capacity,
                "area": spaced(area_words(member.floor_area)) if member.floor_area else _("未登记"),
                "account": member.account_name or _("无（由主持人代录）"),
                "since": near(member.since),
                "until": near(member.until) if member.until else "",
                "now": _("在任") if member in serving else _("已卸任或未到任"),
            }
            for member in body.members
            if manages or member in serving
        ],
        columns,
        key="members",
        empty=_("还没有成员。请在“登记成员”里逐位登记。"),
        caption=_("成员"),
    )


def _both_names(member: Member) -> str:
    """The name of today, and those under which signed sheets know the member."""
    return noted(member.name, _("签到表上：{names}", names=member.former)) if member.former else member.name


def add_member_form(body: CouncilBody, accounts: Sequence[Named], today: date) -> Request | None:
    """Give a seat to somebody."""
    with form("add_member") as filling:
        seat = filling.whole("seat", _("席位号"), least=1, most=500, start=body.free_seat)
        name = filling.line("name", _("姓名"))
        capacity = filling.line("capacity", _("身份（必填）"), help=_("例：居民代表、业委会、物业、驻社区单位。"))
        account = _account(filling, accounts, None)
        area = _area(filling, body, None)
        since = filling.day(
            "since",
            _("到任日期"),
            start=body.free_from(body.free_seat, today),
            help=_("接任的，从上一位最后任职日的第二天起。"),
        )
        pressed = filling.submit(_("登记成员"), icon=":material/person_add:")
    if not pressed:
        return None
    who = MemberInput(name, capacity, account, area)
    values = {"body_id": body.id, "seat": seat, "given": who, "since": since}
    return Request(filling, add_member, _("成员已登记"), values)


def _area(filling: Filling, body: CouncilBody, known: int | None) -> Decimal | None:
    """An owner's floor area in m²; other bodies count heads and are not asked."""
    if body.kind is not BodyKind.OWNERS_ADVISORY:
        return None
    return filling.amount(
        "floor_area",
        _("专有部分面积（平方米，可不填）"),
        least=0.0,
        most=1_000_000,
        start=Decimal(known) / 100 if known else None,
        help=_("按不动产登记簿填写。全体业主都登记了面积，才按人数和面积两项计算；否则只按人数。"),
    )


def _account(filling: Filling, accounts: Sequence[Named], held: int | None) -> int | None:
    """The account with which a member votes; none is a choice too, which an emptied form shows again."""
    names = {0: _("无（由主持人代录）")} | {account.id: account.name for account in accounts}
    chosen = filling.choice(
        "account_id",
        _("表决账号（可不关联）"),
        list(names),
        start=held or 0,
        show=names.__getitem__,
        help=_("有账号的成员可在手机上记名表决。"),
    )
    return chosen or None


def change_member_form(body: CouncilBody, accounts: Sequence[Named], today: date) -> Request | None:
    """Correct a member, tie an account, end the membership, or put its dates right."""
    serving = sorted(body.members, key=lambda m: (m.until is not None and m.until < today, m.seat, m.since))
    if not serving:
        st.text(_("还没有在任成员。"))
        return None
    member: Member | None = st.selectbox(
        _("成员"), serving, format_func=lambda m: _member_label(m, today), key="change_member"
    )
    if member is None:
        return None
    request = None
    if member.until is None or member.until >= today:
        request = _amend_form(body, member, accounts)
    if member.until is None:
        request = _end_form(member, today) or request
    with st.expander(_("更正到任、卸任日期"), icon=":material/edit_calendar:"):
        return _term_dates(member) or request


def _member_label(member: Member, today: date) -> str:
    label = f"{member.seat:02d} {member.name}"
    if member.until is None:
        return label
    until = day(member.until)
    return noted(label, _("已于{until}卸任", until=until) if member.until < today else _("任到{until}", until=until))


def _amend_form(body: CouncilBody, member: Member, accounts: Sequence[Named]) -> Request | None:
    with form(f"amend_member.{member.id}") as filling:
        name = filling.line("name", _("姓名"), start=member.name)
        capacity = filling.line("capacity", _("身份（必填）"), start=member.capacity)
        account = _account(filling, accounts, member.account_id)
        area = _area(filling, body, member.floor_area)
        pressed = filling.submit(_("保存"))
    if not pressed:
        return None
    who = MemberInput(name, capacity, account, area)
    values = {"member_id": member.id, "version": member.version, "given": who}
    return Request(filling, amend_member, _("成员已修改"), values)


def _end_form(member: Member, today: date) -> Request | None:
    with form(f"end_member.{member.id}") as filling:
        until = filling.day("until", _("最后任职日"), start=max(today, member.since), least=member.since)
        pressed = filling.submit(_("卸任"), icon=":material/logout:")
    if not pressed:
        return None
    values = {"member_id": member.id, "version": member.version, "until": until}
    return Request(filling, end_member, _("已卸任，席位从第二天起可由新成员接任"), values)


def _term_dates(member: Member) -> Request | None:
    with form(f"correct_term.{member.id}", border=False) as filling:
        since = filling.day("since", _("到任日期"), start=member.since)
        until = filling.day("until", _("最后任职日（在任的留空）"), start=member.until)
        pressed = filling.submit(_("保存日期"))
    if not pressed:
        return None
    values = {"member_id": member.id, "version": member.version, "since": since, "until": until}
    return Request(filling, correct_term, _("日期已更正；还没开的会按新的日期重算应到"), values)


def rules_form(body: CouncilBody, offered: Mapping[str, Offer], today: date) -> Request | None:
    """Adopt a rule from a day on; the preset's words stand above the form while it is chosen."""
    preset = st.selectbox(
        _("规则范本"), list(offered), format_func=lambda key: _offer_name(offered[key]), key="rules_preset"
    )
    offer = offered[preset]
    rule = offer.rule
    rule_box(rule, offer.basis, offer.in_force_since)
    # The words of a preset that was changed meanwhile begin a form of their own.
    with form(f"set_rules.{preset}.{offer.valid_from}" if offer.valid_from else f"set_rules.{preset}") as filling:
        values: dict[str, object] = {
            "preset": preset,
            # The one field that nobody can fill in beforehand stands first, and says that it must be filled in.
            "basis": filling.line(
                "basis",
                _("通过依据（必填）"),
                most=200,
                placeholder=_("例：第三届第二次会议表决通过的议事规则。"),
                help=_("哪次会议、哪份文件通过了这条规则。还没有开过会的，写街道或居委会的文件，第一次会上再确认。"),
            ),
            "tie": filling.choice("tie", _("同票时"), list(TieRule), start=rule.tie, few=True),
            "call_days": filling.whole("call_days", _("会前几天通知"), least=0, most=60, start=rule.call_days),
            "notice_days": filling.whole(
                "notice_days", _("通过后公示几个工作日"), least=1, most=30, start=rule.notice_days
            ),
            **rule_fields(filling, rule),
            "valid_from": filling.day("valid_from", _("从哪天起生效"), start=today),
        }
        pressed = filling.submit(_("采用这条规则"), icon=":material/gavel:")
    if not pressed:
        return None
    said = _("规则已采用；已发通知的会议仍按原规则")
    return Request(filling, set_rules, said, {"body_id": body.id, "given": picked(RulesInput, values)})


def rule_fields(filling: Filling, rule: HouseRule) -> dict[str, int | bool | None]:
    """What a body settles for its own meetings: how long and how often to speak, phones, the order of options."""
    return {
        "speech_seconds": filling.whole(
            "speech_seconds", _("每次发言限时（秒）"), least=10, most=3600, start=rule.speech_seconds
        ),
        "speeches": filling.whole("speeches", _("每人每个议题限几次"), least=1, most=20, start=rule.speeches),
        "phones_allowed": filling.yes(
            "phones_allowed",
            _("可以用自己的手机投票"),
            start=rule.phones_allowed,
            help=_("议事规则写明可以用手机投票的，才能勾选。"),
        ),
        "shuffle_options": filling.yes(
            "shuffle_options", _("每位投票人看到的选项顺序随机"), start=rule.shuffle_options
        ),
        "proxies_allowed": filling.yes(
            "proxies_allowed",
            _("成员可以书面委托他人到会表决"),
            start=rule.proxies_allowed,
            help=_(
                "议事会一般不允许委托；议事规则写明可以委托的，才能勾选。受托人不能是本次会议的成员，一人只能受一人委托。"
            ),
        ),
    }


def _offer_name(offer: Offer) -> str:
    name = preset_name(offer.key, offer.name)
    return _("{name}（街道，自 {day}）", name=name, day=day(offer.valid_from)) if offer.valid_from else name


def rule_now(body: CouncilBody, today: date) -> None:
    """The rule in force, in one line, and the note on its text."""
    dated = in_force(body.rules, today)
    if dated is None:
        st.warning(_("还没有生效的议事规则：采用一条后才能发会议通知。"), icon=":material/gavel:")
        return
    st.text(_("现行规则（{day}起）：{rule}", day=near(dated.valid_from), rule=rule_sentence(dated.rule)))
    if not dated.rule.verified:
        st.caption(_("这条规则的现行文本尚未核对，以法律现行文本为准。"))
    if dated.rule.advisory:
        st.caption(_("依法由业主共同决定，表决结果仅供业主大会参考。"))


def new_body_form(communities: Sequence[Named]) -> Request | None:
    """Set up a body; the subdistrict says for which community."""
    with form("create_body") as filling:
        home = None
        if communities:
            only = communities[0] if len(communities) == 1 else None
            home = filling.choice("community_id", _("社区"), list(communities), start=only, show=lambda c: c.name)
        kind = filling.choice("kind", _("机构类型"), list(BodyKind), start=BodyKind.COUNCIL)
        name = filling.line("name", _("名称"), help=_("例：柳林社区居民议事会。"))
        count = filling.whole("term", _("第几届"), least=1, most=99, start=1)
        pressed = filling.submit(_("登记机构"), icon=":material/groups:")
    if not pressed:
        return None
    values = {"name": name, "kind": kind, "term": count, "community_id": home.id if home else None}
    return Request(filling, create_body, _("机构已登记，请继续登记成员和议事规则"), values)


def term_form(body: CouncilBody) -> Request | None:
    """换届."""
    with form("begin_term") as filling:
        count = filling.whole("term", _("换到第几届"), least=body.term + 1, most=99, start=body.term + 1)
        says(_("换届后新会议都算新一届，次数从 1 起；在任成员不变，要换的逐个登记。不能改回去。"))
        pressed = filling.submit(_("换届"), icon=":material/autorenew:")
    if not pressed:
        return None
    values = {"body_id": body.id, "version": body.version, "term": count}
    return Request(filling, begin_term, _("已换届，会议次数重新起算"), values)


def body_label(kind: BodyKind, term_number: int) -> str:
    """居民议事会 · 第3届."""
    return _("{kind} · 第 {term} 届", kind=term(kind), term=term_number)
