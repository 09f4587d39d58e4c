"""One resource on the screen: what it is, and its end or return."""

import re
from dataclasses import replace
from datetime import date

from components.acting import Request
from components.detail import fact_list, head
from components.forms import form, press
from components.units.requests import About
from components.units.words import amount_words, when_words
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.units.resources import close_resource, reopen_resource
from db.queries.units.resources import ResourceRow

_MATCH = re.compile(r"([0-9]{1,15})-([npa])([0-9]{1,15})")


def match_in(code: str) -> tuple[int, About] | None:
    """The resource and what it is wanted for, from the address of a match; None for none or nonsense."""
    found = _MATCH.fullmatch(code)
    if found is None:
        return None
    number = int(found[3])
    about = {"n": About(need_id=number), "p": About(project_id=number), "a": About(activity_id=number)}[found[2]]
    return int(found[1]), about


def about_of(about: About, title: str, on: date | None = None) -> About:
    """What it is wanted for, with title and day that fill in the form; what the user cannot reach is left out."""
    return replace(about, title=title, on=on) if title else About()


def resource_head(one: ResourceRow) -> None:
    """Name, unit and kind."""
    about = " · ".join((one.unit, term(one.kind), amount_words(one.kind, one.amount, one.measure)))
    head(one.name, about=about)


def resource_facts(one: ResourceRow) -> None:
    """Unit, amount, when, on which conditions."""
    lines = [
        (_("单位"), one.unit),
        (_("种类"), f"{term(one.kind)} · {amount_words(one.kind, one.amount, one.measure)}"),
        (_("可用于"), " · ".join(part for part in (one.category, one.skill, one.words) if part) or "—"),
        (_("地点"), one.place or "—"),
        (_("可用时间"), when_words(one.weekdays, one.parts, one.from_on, one.until_on)),
        (_("使用条件"), one.conditions or "—"),
    ]
    if one.closed_on is not None:
        lines.append((_("停用"), near(one.closed_on)))
    fact_list(lines, key="resource.facts", caption=one.name)


def close_form(one: ResourceRow) -> Request | None:
    """停用 with what is promised settled, or give it again."""
    if one.closed_on is not None:
        hit = press(f"reopen_resource.{one.id}", _("恢复这项资源"), icon=":material/undo:")
        values: dict[str, object] = {"resource_id": one.id, "version": one.version}
        return Request(hit, reopen_resource, _("资源已恢复"), values) if hit else None
    with form(f"close_resource.{one.id}", border=False) as filling:
        reason = filling.line("reason", _("停用的原因"), most=200)
        settle = filling.yes("settle", _("没有了结的一并收回，逐件记录"))
        pressed = filling.submit(_("停用这项资源"), icon=":material/block:")
    values = {"resource_id": one.id, "version": one.version, "reason": reason, "settle_promises": settle}
    return Request(filling, close_resource, _("资源已停用"), values) if pressed else None
