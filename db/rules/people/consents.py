"""Consent and what rests on it (docs/domain.md 12; 个人信息保护法 14, 15, 28-31), and small numbers to hide."""

from db.terms import ConsentScope, ConsentWay, SensitiveKind

LEAST_SHOWN = 5
"""Fewer than this of a sensitive class point at a person."""


def at_least_five(count: int) -> str:
    """The count, or "<5": none at all hides behind the same sign, so that the sign alone says nothing."""
    return str(count) if count >= LEAST_SHOWN else f"<{LEAST_SHOWN}"


def witness_needed(way: ConsentWay) -> bool:
    """A spoken consent counts when a second person heard it."""
    return way is ConsentWay.SPOKEN


def may_give(way: ConsentWay, *, child: bool) -> bool:
    """Under fourteen only a guardian consents (PIPL art. 31)."""
    return way is ConsentWay.GUARDIAN or not child


def covers(scope: ConsentScope, kind: SensitiveKind) -> bool:
    """Whether a consent to this scope is a ground for keeping a fact of this class; health has a scope of its own."""
    if scope is ConsentScope.HEALTH:
        return kind is SensitiveKind.HEALTH
    return scope is ConsentScope.SENSITIVE and kind is not SensitiveKind.HEALTH
