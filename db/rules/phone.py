"""A telephone number as people write it down: 138 0000 0000, 13800000000（儿子）, 0574-88888888转801."""

import re
import unicodedata
from dataclasses import dataclass

NUMBER_MOST, REMARK_MOST = 20, 40
"""Characters of a number and of what is said beside it."""
LEAST_DIGITS = 5
"""12345 is a number that somebody may be called under."""

_NUMBER = re.compile(
    r"(?<!\d)(?:(?:\+|00)?86[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{4}[- ]?\d{4})(?!\d)"
    r"|(?<!\d)(?:\((?P<area>0\d{2,3})\)|(?P<bare>0\d{2,3}))[- ]?(?P<line>\d{3,4}[- ]?\d{4})(?!\d)"
    r"|(?<!\d)(?P<local>[48]00[- ]?\d{3}[- ]?\d{4}|[2-9]\d{2,3}[- ]?\d{4})(?!\d)"
    r"|(?<!\d)(?P<other>\d(?:[-() ]{0,2}\d){4,19})(?!\d)"
)
_FRACTION = re.compile(r"(?<=\d{7})\.0+$")
"""13800000000.0, as some programs write a number that they took for an amount."""
_CALLED = re.compile(r"(?:联系)?(?:电话|手机|座机)号?码?(?:是|为)?\s*[:：]?\s*$")
_EXTENSION = re.compile(r"-\s?(\d{1,6})(?!\d)")
_AROUND = r" ,，、;；:：/|"
_WHOLE = re.compile(r"[(\[【]([^()\[\]【】]*)[)\]】]")


@dataclass(frozen=True, slots=True)
class Telephone:
    """The first number, and what stood beside it; together they are what is kept in the one encrypted column."""

    number: str
    remark: str = ""

    def __str__(self) -> str:
        return f"{self.number} {self.remark}" if self.remark else self.number


def read_phone(text: str) -> Telephone | None:
    """The first number of a text and the rest of it; None when there is no number. Never raises."""
    if text.isascii() and text.isdigit() and LEAST_DIGITS <= len(text) <= NUMBER_MOST:
        return Telephone(text)  # as nearly all of them are written
    plain = _FRACTION.sub("", " ".join(unicodedata.normalize("NFKC", text).split()))
    found = _NUMBER.search(plain)
    if found is None:
        return None
    before, behind = _CALLED.sub("", plain[: found.start()]), plain[found.end() :]
    extension = _EXTENSION.match(behind)
    if extension:
        behind = f"转{extension[1]}{behind[extension.end() :]}"
    return Telephone(_number(found), " ".join(part for part in (_bare(before), _bare(behind)) if part))


def _number(found: re.Match[str]) -> str:
    """A mobile number as its digits, a landline with a dash behind its area where one was written."""
    parts = found.groupdict()
    if parts["line"]:
        line = re.sub(r"\D", "", parts["line"])
        between = "" if parts["bare"] and found[0][len(parts["bare"])].isdigit() else "-"
        return f"{parts['area'] or parts['bare']}{between}{line}"
    return re.sub(r"\D", "", parts["mobile"] or parts["local"] or parts["other"])


def _bare(remark: str) -> str:
    """Without the marks around it; brackets inside stay."""
    kept = remark.strip(_AROUND)
    whole = _WHOLE.fullmatch(kept)
    if whole:
        return whole[1].strip(_AROUND)
    return kept
