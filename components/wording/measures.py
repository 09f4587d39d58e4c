"""Amounts with the unit that somebody typed: 5,800 人次; an English reader gets the usual units in English."""

from components.wording import N_, _

_USUAL = {
    *(N_("{n} 小时"), N_("{n} 人次"), N_("{n} 户"), N_("{n} 人"), N_("{n} 场"), N_("{n} 次"), N_("{n} 件")),
    *(N_("{n} 个"), N_("{n} 平方米"), N_("{n} 座"), N_("{n} 份")),
}


def measured(amount: object, unit: str) -> str:
    """The amount and its unit; a unit that is not among the usual ones stays as it was typed."""
    message = f"{{n}} {unit}"
    return _(message, n=amount) if message in _USUAL else f"{amount} {unit}"


def unit_words(unit: str) -> str:
    """The unit alone, as it goes with many."""
    return measured("", unit).strip()
