"""The papers of an activity: each is made when its button is pressed, and it is written down that it left the house."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import streamlit as st

from components.activities.papers import certificates, notice, record, sign_in_sheet
from components.file_button import file_button
from components.papers.word import WORD
from components.public_address import printed_address
from components.wording import _
from db.errors import Refused
from db.queries.activities.page import ActivityFacts, OnPaper, ParticipantRow, QuoteRow, SessionRow
from db.queries.activities.stall_crew import HelperRow
from db.rules.permissions import Actor, Permission
from db.terms import ActivityState, SeatState


@dataclass(frozen=True, slots=True)
class Asked:
    """How the papers learn what they print, when their button is pressed, and write down that they left."""

    names: Callable[[Actor, bool], Sequence[OnPaper]]
    """Who has a place, or (True) who came."""
    work: Callable[[Actor], tuple[Sequence[HelperRow], Sequence[QuoteRow]]]
    left: Callable[[Actor, int, bool], None]
    """How many people the paper names, and whether it is the notice."""


def paper_buttons(
    user: Actor,
    facts: ActivityFacts,
    sessions: Sequence[SessionRow],
    people: Sequence[ParticipantRow],
    asked: Asked,
    *,
    runs: bool,
) -> None:
    """Notice before, sign-in sheet on the day, record and certificates after."""
    if not user.may(Permission.EXPORT):
        st.info(_("文书由社区工作人员打印。"), icon=":material/description:")
        return
    named = user.sees_restricted or not facts.sensitive
    code = facts.code if runs else None
    address = printed_address(st.context.url) if code else ""

    def make_notice(actor: Actor) -> bytes:
        content = notice(facts, sessions, f"{address}/a/{code}" if address else "")()
        asked.left(actor, 1, True)
        return content

    def make_record(actor: Actor) -> bytes:
        helpers, quotes = asked.work(actor)
        content = record(facts, sessions, sum(not one.left for one in helpers), quotes)()
        asked.left(actor, 1, False)
        return content

    def make_sheet(actor: Actor) -> bytes:
        on_list = asked.names(actor, False)
        content = sign_in_sheet(facts, sessions, on_list)()
        asked.left(actor, max(1, len(on_list)), False)
        return content

    _button(user, _("活动通知（Word）"), _("活动通知"), facts, make_notice, "notice")
    if facts.state is ActivityState.DONE:
        _button(user, _("活动记录表（Word）"), _("活动记录表"), facts, make_record, "record")
    else:
        st.caption(_("活动记录表在保存记录以后打印。"))
    if not (runs and user.may(Permission.UNMASK) and named):
        st.caption(_("签到表和参加证明有姓名，由办活动的工作人员打印；敏感人群的由专人打印。"))
        return
    _button(user, _("签到表（Word）"), _("签到表"), facts, make_sheet, "sheet")
    if any(one.named for one in sessions):
        _certificate_buttons(user, facts, sessions, people, asked)


def _button(user: Actor, label: str, name: str, facts: ActivityFacts, make: Callable[[Actor], bytes], key: str) -> None:
    file_button(user, Permission.EXPORT, label, f"{name}-{facts.id}.docx", WORD, make, key=f"activity.paper.{key}",
                icon=":material/description:")  # fmt: skip


def _certificate_buttons(
    user: Actor,
    facts: ActivityFacts,
    sessions: Sequence[SessionRow],
    people: Sequence[ParticipantRow],
    asked: Asked,
) -> None:
    """For everybody in one file, or for one."""

    def make(place: int | None, actor: Actor) -> bytes:
        named = asked.names(actor, True)
        chosen = named if place is None else named[place : place + 1]
        if not chosen:
            raise Refused("nothing_to_export")
        content = certificates(facts, sessions, chosen)()
        asked.left(actor, len(chosen), False)
        return content

    came = [one for one in people if one.came and one.state is SeatState.IN and not one.under_14 and one.name]
    if not came:
        st.caption(_("还没有能开参加证明的人：到了会、留了姓名、满 14 岁的才开。"))
        return
    _button(user, _("参加证明：全部一个文件（Word）"), _("参加证明"), facts, partial(make, None), "certificates")
    place = st.selectbox(
        _("只打一位的"), list(range(len(came))), index=None, key="activity.certificate", placeholder=_("请选择"),
        format_func=lambda at: f"{at + 1} {came[at].name} {came[at].phone}",
    )  # fmt: skip
    if place is not None:
        _button(user, _("参加证明：这一位（Word）"), f"{_('参加证明')}-{place + 1}", facts, partial(make, place), "one")
