"""Consent and sensitive facts on the screen: written down with ground and purpose, seen for a reason, wiped."""

from collections.abc import Sequence
from datetime import date, timedelta

import streamlit as st

from components.acting import Look, Request
from components.asking import look, says
from components.forms import form
from components.lists import Column, rows
from components.wording import _, labelled
from components.wording.dates import day, near
from components.wording.terms import term
from db.actions.people.consents import record_consent, withdraw_consent
from db.actions.people.sensitive import add_sensitive, erase_sensitive, see_sensitive
from db.queries.people.consents import ConsentRow
from db.queries.people.people import ClearFact, FactRow, PersonSheet
from db.rules.people.consent_input import ConsentInput
from db.terms import ConsentScope, ConsentWay, SensitiveKind

KEPT = timedelta(days=365)


def consent_form(person_id: int | None, today: date, *, member_id: int | None = None) -> Request | None:
    """Write a consent of a person, or of a party member, down: choices first, one line of words."""
    with form(f"consent.{person_id}" if member_id is None else f"consent.member.{member_id}") as filling:
        scope = filling.choice("scope", _("同意什么"), list(ConsentScope))
        way = filling.choice("way", _("怎样同意的"), list(ConsentWay), few=True)
        with st.container(horizontal=True):
            given = filling.day("given_on", _("同意日期"), start=today, most=today)
            witness = filling.line("witness", _("见证人（口头同意必填）"), help=_("在场的同事，不写居民姓名。"))
        explained = filling.line(
            "told", _("告知了什么"), most=200, start=_("已告知用途、必要性、对本人的影响，以及可随时撤回。")
        )
        child = member_id is None and filling.yes("under_14", _("本人不满十四周岁（须由监护人同意）"))
        pressed = filling.submit(_("登记同意"), icon=":material/how_to_reg:")
    stated = ConsentInput(
        scope, given, way, explained, witness=witness, under_14=child, person_id=person_id, member_id=member_id
    )
    return Request(filling, record_consent, _("同意已登记"), {"given": stated}) if pressed else None


def withdraw_form(person_id: int | str, consents: Sequence[ConsentRow]) -> Request | None:
    """Take one back; what rests on it goes at once."""
    live = [one for one in consents if one.withdrawn_on is None]
    if not live:
        return None
    with form(f"withdraw.{person_id}") as filling:
        which = filling.choice(
            "consent_id",
            _("撤回哪一份"),
            live,
            start=live[0],
            show=lambda one: _("{what}（{on}）", what=term(one.scope), on=day(one.given_on)),
        )
        reason = filling.line("reason", _("撤回的理由"), most=200)
        pressed = filling.submit(_("撤回同意"), icon=":material/undo:")
    said = lambda done: _("已撤回：清除敏感信息 {facts} 条", facts=done["facts"])  # noqa: E731
    values = {"consent_id": which.id if which else 0, "reason": reason}
    return Request(filling, withdraw_consent, said, values) if pressed else None


def facts_table(facts: Sequence[FactRow]) -> None:
    """That there are facts, on which ground and until when; never of which class."""
    rows(
        [
            {
                "number": _("第 {n} 条", n=at),
                "ground": _("法律依据") if one.by_law else _("本人同意"),
                "until": near(one.keep_until),
                "at": near(one.recorded_on),
            }
            for at, one in enumerate(facts, 1)
        ],
        [
            Column("number", _("敏感信息"), "nowrap"),
            Column("ground", _("依据"), "nowrap"),
            Column("until", _("保存到"), "nowrap"),
            Column("at", _("登记时间"), "nowrap"),
        ],
        key="facts",
        empty=_("没有登记敏感信息。能不记就不记。"),
        caption=_("敏感信息"),
    )


def fact_look(person_id: int) -> Look:
    """查看敏感信息: the action leaves the trace for which the facts are then shown once."""
    return look(f"see_sensitive.{person_id}", see_sensitive, {"person_id": person_id}, label=_("查看敏感信息"))


def show_facts(facts: Sequence[ClearFact]) -> None:
    """In clear, once."""
    st.warning(_("以下是原值，离开或刷新后不再显示。"), icon=":material/visibility:")
    for one in facts:
        ground = one.legal_ground or _("本人同意")
        lines = ((term(one.kind), one.words), (_("用途"), one.purpose), (_("依据"), ground))
        st.text("\n".join(labelled(label, value) for label, value in lines))


def fact_form(sheet: PersonSheet, today: date) -> Request | None:
    """Keep a fact: class, words, what for, on which ground, until when."""
    live = [
        one
        for one in sheet.consents
        if one.withdrawn_on is None and one.scope in (ConsentScope.SENSITIVE, ConsentScope.HEALTH)
    ]
    with form(f"add_sensitive.{sheet.id}") as filling:
        kind = filling.choice("kind", _("类别"), list(SensitiveKind))
        said = filling.words("said", _("内容（只写用得着的）"), height=80)
        purpose = filling.line("purpose", _("用途"), most=100, help=_("例：安排送餐时避开忌口。"))
        with st.container(horizontal=True):
            consent = filling.choice(
                "consent_id",
                _("依据哪份同意"),
                live,
                show=lambda one: _("{what}（{on}）", what=term(one.scope), on=day(one.given_on)),
            )
            law = filling.line("legal_ground", _("或法律依据"), most=100)
        until = filling.day("keep_until", _("保存到"), start=today + KEPT)
        pressed = filling.submit(_("登记敏感信息"), icon=":material/lock:")
    values = {"kind": kind, "said": said, "purpose": purpose, "legal_ground": law, "keep_until": until}
    ground = {"person_id": sheet.id, "consent_id": consent.id if consent else None}
    return Request(filling, add_sensitive, _("敏感信息已加密保存"), {**ground, **values}) if pressed else None


def wipe_form(sheet: PersonSheet) -> Request | None:
    """A fact that is not needed any more."""
    if not sheet.facts:
        return None
    numbered = dict(enumerate(sheet.facts, 1))
    with form(f"erase_sensitive.{sheet.id}") as filling:
        which = filling.choice("fact", _("清除哪一条"), list(numbered), show=lambda at: _("第 {n} 条", n=at))
        reason = filling.line("reason", _("清除的理由"), most=200)
        says(_("这条内容马上清除，谁也不能再看，不能恢复；只留下清除的时间和理由。"))
        pressed = filling.submit(_("清除这一条"), icon=":material/delete:")
    if not pressed:
        return None
    values = {"fact_id": numbered[which].id if which else 0, "reason": reason}
    return Request(filling, erase_sensitive, _("已清除"), values)
