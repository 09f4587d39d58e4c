"""Telephone numbers as papers print them: 139 0000 2222, to be read out and dialled without losing the place."""

import re

_MOBILE = re.compile(r"(?<![0-9A-Za-z-])(1[3-9]\d)[ -]?(\d{4})[ -]?(\d{4})(?![0-9A-Za-z-])")


def telephone(number: str) -> str:
    """A mobile number in groups of three, four and four; everything else, such as 0574-87654321, as it is written."""
    return _MOBILE.sub(r"\1 \2 \3", number)
