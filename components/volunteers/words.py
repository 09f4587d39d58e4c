"""Small sayings about volunteers that several parts of the pages share."""

from components.wording import _


def band_words(band: tuple[int, int | None] | None) -> str:
    """An age band: never a year of birth."""
    if band is None:
        return "—"
    first, last = band
    if first == 0:
        return _("18 岁以下")
    return _("{first} 岁以上", first=first) if last is None else _("{first}—{last} 岁", first=first, last=last)
