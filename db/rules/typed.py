"""Clean what people type before it is kept: invisible characters out, everything a name needs stays."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

# Bidirectional controls can make a name or a decision read otherwise than it is stored.
_BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u200b\u2060\ufeff"
_DROPPED = re.compile(f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f{_BIDI}{_INVISIBLE}\ud800-\udfff]")
_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"\s+")
_SPACES_IN_LINE = re.compile(r"[^\S\n]+")
_BLANK_LINES = re.compile(r"\n{3,}")


class ProblemCode(StrEnum):
    """What is wrong with an input."""

    EMPTY = "empty"  # 未填写
    TOO_LONG = "too_long"  # 超出字数


@dataclass(frozen=True, slots=True)
class InputProblem:
    """A problem and its numbers: `length` code points were typed, `most` are allowed."""

    code: ProblemCode
    length: int
    most: int


@dataclass(frozen=True, slots=True)
class Cleaned:
    """The cleaned input, whole even when it is too long so that nothing typed is lost, and its problem."""

    value: str
    problem: InputProblem | None


def _normal(text: str) -> str:
    # NFC, not NFKC: the latter would change what was written (① → 1) for no gain in storage.
    return unicodedata.normalize("NFC", _DROPPED.sub("", _LINE_BREAKS.sub("\n", text)))


def _judged(value: str, most: int) -> Cleaned:
    if not value:
        return Cleaned(value, InputProblem(ProblemCode.EMPTY, 0, most))
    if len(value) > most:
        return Cleaned(value, InputProblem(ProblemCode.TOO_LONG, len(value), most))
    return Cleaned(value, None)


def clean_line(text: str, most: int) -> Cleaned:
    """Clean one line: breaks, tabs and runs of spaces become one space; `most` counts code points."""
    return _judged(_SPACES.sub(" ", _normal(text)).strip(), most)


def clean_text(text: str, most: int) -> Cleaned:
    """Clean several lines: spaces at line ends go, more than one blank line becomes one."""
    lines = (_SPACES_IN_LINE.sub(" ", line).rstrip() for line in _normal(text).split("\n"))
    return _judged(_BLANK_LINES.sub("\n\n", "\n".join(lines)).strip(), most)
