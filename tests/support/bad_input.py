"""Everything that a person, a paste or a forged request can send, tried on the forms of the app."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from sqlalchemy import String, event, func, select
from sqlalchemy import inspect as inspected

from db import engine
from db.actions.doors.visits import log_visit
from db.engine import reading_as_system
from db.errors import BadInput, Conflict, NotFound, NotPermitted, Problem, Refused, WrongStage
from db.models import AuditEntry, Model, RequestKey
from db.rules.permissions import Actor
from tests.builders.inputs import bundled, carry_out
from tests.builders.world import NOW, World

OURS = (BadInput, Refused, NotFound, Conflict, NotPermitted, WrongStage)
RARE = "𠮷喆👵🏻"
"""Beyond 16 bits, rare in names, and an emoji of two code points."""
HIDDEN = ("甲\u202e乙\x00\x07丙\u200b丁\ud800", "甲乙丙丁")
SWELLING = "\ufdfa"
"""One character that Unicode writes out in eighteen."""
LITERAL = ("=1+1", "@SUM(A1)", "+86", "-2", "![x](http://a)", "<script>", "$x^2$", ":red[y]", "O'Brien;--", "%_\\")
NO_TEXT: tuple[Any, ...] = (5, b"x", ["a"], {"a": 1}, 1.5)
NO_NUMBER: tuple[Any, ...] = (True, "5", 3.5, float("nan"), [], 10**30, -(10**30))
NO_AMOUNT: tuple[Any, ...] = (True, "5", 1.5, Decimal("NaN"), Decimal("Infinity"), Decimal("1e40"), Decimal("0.001"))
NO_DAY: tuple[Any, ...] = (date.min, date.max, "2026-03-05", 20260305, datetime(2026, 3, 5), NOW)  # noqa: DTZ001
NO_CHOICE: tuple[Any, ...] = ("no_such", "", 5, True, [])
NO_ID: tuple[Any, ...] = (10**9, 0, -1, 2**63, 10**40, True)


@dataclass(frozen=True)
class Form:
    """An action, right arguments, and what they are."""

    act: Any
    who: Actor
    right: dict[str, Any]
    texts: Mapping[str, int] = field(default_factory=dict)
    """Free text with its most characters; it must be stored as it was typed."""
    codes: Mapping[str, int] = field(default_factory=dict)
    """Text with a shape of its own (telephone, user name, door)."""
    optional: frozenset[str] = frozenset()
    numbers: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    amounts: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()
    foreign: Mapping[str, int] = field(default_factory=dict)
    """Rows of another community."""
    least: Mapping[str, int] = field(default_factory=dict)
    """Texts that need some length."""
    depends: frozenset[str] = frozenset()
    """Texts that are needed only with the chosen value of another field."""
    also: tuple[dict[str, Any], ...] = ()
    """Further combinations that must be refused, such as an end before the start."""


Make = Callable[[World], Form]


class Forms(dict[str, Make]):
    """The forms of an area by name; each is made anew in the world of its test."""

    def add(self, make: Make) -> Make:
        self[make.__name__] = make
        return make


# --- trying -----------------------------------------------------------------------------------------------------------


class Undone(Exception):
    """The action went through; nothing of it stays."""


def tried(form: Form, **values: Any) -> list[Any] | Exception:
    """What the action would store, or how it refuses; carried out like any other, and rolled back."""
    touched: list[Model] = []

    def act(session: Any, /, **arguments: Any) -> None:
        event.listen(session, "before_flush", lambda s, *_: touched.extend([*s.new, *s.dirty]))
        form.act(session, **bundled(form.act, arguments))
        session.flush()
        raise Undone

    arguments = form.right | values
    if "now" in inspect.signature(form.act).parameters:
        arguments.setdefault("now", NOW)
    try:
        engine.carry_out(form.who, "", act, **arguments)
    except Undone:
        return list(_columns(touched))
    except OURS as refused:
        return refused
    raise AssertionError("neither stored nor refused")


def _columns(rows: list[Model]) -> Iterator[Any]:
    """Every value of the rows; none may be longer than its column, whatever the engine lets through."""
    for row in rows:
        for attribute in inspected(type(row)).column_attrs:
            value, kind = row.__dict__.get(attribute.key), attribute.columns[0].type
            if isinstance(kind, String) and kind.length and isinstance(value, str):
                assert len(value) <= kind.length, f"{attribute} holds {len(value)} characters"
            if isinstance(value, list | dict):
                yield from value if isinstance(value, list) else value.values()
            yield value


def is_bad(outcome: list[Any] | Exception, name: str, problem: Problem | None = None) -> bool:
    """Refused at this field."""
    at_field = isinstance(outcome, BadInput) and outcome.field == name
    return at_field and (problem is None or (isinstance(outcome, BadInput) and outcome.problem is problem))


def what_goes_wrong(form: Form) -> Iterator[str]:
    """Every complaint about an action."""
    if isinstance(right := tried(form), Exception):
        yield f"the right arguments are refused: {right!r}"
    for name, most in {**form.texts, **form.codes}.items():
        yield from _no_texts(form, name, most)
        yield from _texts_kept(form, name, most)
    for name, limits in form.numbers.items():
        yield from _not_at_field(form, name, (*NO_NUMBER, limits[0] - 1, limits[1] + 1))
        yield from _limits_kept(form, name, limits)
    for name in form.amounts:
        yield from _not_at_field(form, name, (*NO_AMOUNT, None))
    for name in form.days:
        yield from _not_at_field(form, name, NO_DAY if form.act is log_visit else (*NO_DAY, None))
    for name in form.choices:
        yield from _choices(form, name)
    wrong = [{name: value} for name in form.ids for value in (*NO_ID, form.foreign.get(name, 0))]
    for values in (*wrong, *form.also):
        if not isinstance(tried(form, **values), Exception):
            yield f"{values!r} is stored"
    if "version" in form.right:
        yield from _versions(form)
    yield from _all_told(form)


def _all_told(form: Form) -> Iterator[str]:
    """The first and the last field that lack are both named: one problem does not hide the other."""
    needed = [name for name in form.texts if name not in form.optional | form.depends]
    needed += [*form.numbers, *form.amounts, *(() if form.act is log_visit else form.days), *form.choices]
    ends = set(needed[:1] + needed[-1:])
    outcome = tried(form, **dict.fromkeys(ends))
    told = {problem.field for problem in outcome.problems} if isinstance(outcome, BadInput) else set()
    if len(ends) > 1 and not told >= ends:
        yield f"{sorted(ends)} lack, told is only {sorted(told)}: {outcome!r}"


def _choices(form: Form, name: str) -> Iterator[str]:
    yield from _not_at_field(form, name, [one for one in (*NO_CHOICE, None) if (name, one) != ("workday", True)])
    word = form.right[name]
    if isinstance(word, StrEnum) and isinstance(plain := tried(form, **{name: word.value}), Exception):
        yield f"{name} as a plain word: {plain!r}"


def _versions(form: Form) -> Iterator[str]:
    for value in (form.right["version"] + 1, 0, 2**70, "1"):
        if not isinstance(outcome := tried(form, version=value), Conflict):
            yield f"version={value!r}: {outcome!r}"


def _not_at_field(form: Form, name: str, values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        if not is_bad(outcome := tried(form, **{name: value}), name):
            yield f"{name}={value!r} is not told at the field: {outcome!r}"


def _limits_kept(form: Form, name: str, limits: tuple[int, int]) -> Iterator[str]:
    for value in limits:
        outcome = tried(form, **{name: value})
        # A guarded statement leaves nothing to look at; money is kept in hundredths.
        stored = isinstance(outcome, list) and (value in outcome or 100 * value in outcome or not outcome)
        if not stored and not isinstance(outcome, Refused):
            yield f"{name}={value!r} is within the limits: {outcome!r}"


def _no_texts(form: Form, name: str, most: int) -> Iterator[str]:
    yield from _not_at_field(form, name, (*NO_TEXT, "字" * (most + 1), "a" * 100_000, "👵" * (most + 1)))
    for value in ("", "  \n\u200b\t ", None):
        outcome = tried(form, **{name: value})
        if name not in form.optional and not is_bad(outcome, name, Problem.EMPTY):
            yield f"{name}={value!r} must not be empty: {outcome!r}"


def _texts_kept(form: Form, name: str, most: int) -> Iterator[str]:
    filler = "充" * form.least.get(name, 0)
    exact = {full: full for full in ("字" * most, SWELLING * most, "👵" * most)}
    short = {filler + value: filler + value for value in (RARE, *LITERAL) if len(filler + value) <= most}
    for value, wanted in (exact | short | {filler + HIDDEN[0]: filler + HIDDEN[1]}).items():
        outcome = tried(form, **{name: value})
        if name in form.texts and (isinstance(outcome, Exception) or wanted not in outcome):
            yield f"{name}={value[:20]!r} is not kept as it is: {outcome!r}"


def complaints(form: Form) -> list[str]:
    """What is stored although it is bad, or refused although it is good; short enough to read."""
    return [complaint[:400] for complaint in what_goes_wrong(form)]


def complaints_about_a_repeat(form: Form) -> list[str]:
    """What is wrong when the same form is sent twice: the second must get the first result and store nothing."""
    arguments = form.right | ({"now": NOW} if "now" in inspect.signature(form.act).parameters else {})
    first = carry_out(form.who, "the same key", form.act, **arguments)
    stored = how_many(AuditEntry)
    second = carry_out(form.who, "the same key", form.act, **arguments)
    found = {
        f"the second result is {second!r}, not {first!r}": second == first,
        "the second is stored, too": how_many(AuditEntry) == stored,
        "the key is not held once": how_many(RequestKey, RequestKey.key == "the same key") == 1,
    }
    return [complaint for complaint, kept in found.items() if not kept]


def how_many(model: type[Model], *where: Any) -> int:
    """Rows of a model."""
    with reading_as_system("test") as session:
        return session.scalar(select(func.count()).select_from(model).where(*where)) or 0
