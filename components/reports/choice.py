"""What is to be handed in: a form or a ledger, a period, and for a quick question the fields and filters."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import streamlit as st

from components.address import from_address, pick, text_in_address, to_address
from components.needs.words import entry_name
from components.reports.words import SPANS, heading, period_words
from components.reports.workbook import printed_fields
from components.sheets import View
from components.wording import _, plainly
from components.wording.terms import term
from db.errors import Refused
from db.queries.needs.needs import Frame
from db.queries.reports.forms import FormRow
from db.queries.reports.rows import Narrowing
from db.rules.reports.fields import LEDGERS, LONGEST, Period, Span, period_of
from db.terms import ComplaintState, LedgerKind, NeedStage, OrderState, TopicState, VisitOutcome

STATES: dict[LedgerKind, type[StrEnum]] = {
    LedgerKind.VISITS: VisitOutcome,
    LedgerKind.NEEDS: NeedStage,
    LedgerKind.REGISTER: NeedStage,
    LedgerKind.TOPICS: TopicState,
    LedgerKind.ORDERS: OrderState,
    LedgerKind.COMPLAINTS: ComplaintState,
}
WITH_CATEGORY = (LedgerKind.NEEDS, LedgerKind.REGISTER, LedgerKind.TOPICS, LedgerKind.COMPLAINTS)


@dataclass(frozen=True, slots=True)
class LedgerChoice:
    """What was chosen: a form of the subdistrict or (form_id None) a ledger in our layout with these fields."""

    form_id: int | None
    ledger: LedgerKind
    fields: tuple[str, ...]
    period: Period
    narrowing: Narrowing

    def for_log(self, form: str, view: str = "") -> dict[str, str]:
        """What the log says about it; `form` is the name of the subdistrict's form, or "", `view` that of our sheet."""
        days, narrowing = f"{self.period.start}/{self.period.end}", self.narrowing
        printed = printed_fields(self.ledger, self.fields) if view == View.PRINT else self.fields
        facts = {"period": days, "form": form, "fields": "" if form else ".".join(printed)}
        facts["sheet"] = "" if form else view
        narrowed = {"place": narrowing.place_id, "category": narrowing.category_id, "state": narrowing.state}
        return {name: str(value) for name, value in (facts | narrowed).items() if value}


def choose_source(forms: Sequence[FormRow]) -> tuple[int | None, LedgerKind]:
    """A form of the subdistrict, or one of our ledgers; kept in the address as `?form=` or `?ledger=`."""
    named = {form.id: form for form in forms}
    options: list[int | LedgerKind] = [*named, *LedgerKind]
    held = from_address("form", int) or from_address("ledger", LedgerKind)
    start = options.index(held) if held in options else 0

    def shown(option: int | LedgerKind) -> str:
        if isinstance(option, LedgerKind):
            return _("标准版式 · {ledger}", ledger=term(option))
        return _("街道表样 · {name}", name=named[option].name)

    chosen = st.selectbox(_("交哪张表"), options, index=start, format_func=shown, key="forms.source")
    if isinstance(chosen, LedgerKind):
        to_address("form", None)
        to_address("ledger", chosen)
        return None, chosen
    to_address("form", chosen)
    to_address("ledger", None)
    return chosen, named[chosen].ledger


def choose_period(on: date) -> Period:
    """This week, last month, a quarter, or any days; kept in the address. Raises Refused("period_wrong")."""
    held = from_address("span", Span) or Span.LAST_MONTH
    span = st.segmented_control(
        _("时段"), list(Span), default=held, format_func=lambda one: _(SPANS[one]), key="forms.span", required=True
    )
    span = span or held
    to_address("span", span)
    if span is not Span.FREE:
        period = period_of(span, on)
        st.caption(period_words(period))
        return period
    usual = period_of(Span.FREE, on)
    with st.container(horizontal=True):
        start = st.date_input(
            _("从"), from_address("from", date.fromisoformat) or usual.start, key="forms.from", format="YYYY-MM-DD"
        )
        end = st.date_input(
            _("到"), from_address("until", date.fromisoformat) or on, key="forms.until", format="YYYY-MM-DD"
        )
    if not isinstance(start, date) or not isinstance(end, date) or not start <= end <= start + LONGEST:
        raise Refused("period_wrong")
    to_address("from", start)
    to_address("until", end)
    return Period(start, end)


def choose_narrowing(frame: Frame, ledger: LedgerKind) -> Narrowing:
    """Place, category and state, each kept in the address."""
    place_id = category_id = None
    with st.container(horizontal=True):
        if ledger not in (LedgerKind.TOPICS, LedgerKind.SERVICE, LedgerKind.FIGURES):
            names = {place.id: place.name for place in frame.places}
            place_id = pick("place", _("地点"), list(names), lambda one: names.get(one, ""), read=int)
        if ledger in WITH_CATEGORY:
            kinds = {entry.id: entry_name(entry) for entry in frame.categories}
            category_id = pick("category", _("类别"), list(kinds), lambda one: kinds.get(one, ""), read=int)
        states = STATES.get(ledger)
        state = pick("state", _("办理情况"), list(states), term, read=states) if states else None
    return Narrowing(place_id, category_id, state.value if state else "")


def choose_fields(ledger: LedgerKind) -> tuple[str, ...]:
    """Which columns, in their usual order; kept in the address. Raises Refused("fields_missing")."""
    all_fields = LEDGERS[ledger]
    held = [key for key in text_in_address("fields").split(".") if key in all_fields]
    chosen = st.pills(
        _("要哪些列"),
        all_fields,
        selection_mode="multi",
        default=held or list(all_fields),
        format_func=plainly(heading),
        key=f"forms.fields.{ledger.value}",
    )
    fields = tuple(key for key in all_fields if key in (chosen or ()))
    to_address("fields", ".".join(fields) if fields and fields != all_fields else None)
    if not fields:
        raise Refused("fields_missing")
    return fields
