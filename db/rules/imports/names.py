"""Names of people as lists hold them: rare characters, and the dot of a minority's name in one form."""

import re

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""For a class in a pattern: every Chinese character that a name may hold, the rare ones too."""
DOT = "·"
"""The mark between the parts of a name (GB/T 15834); keyboards have eight others that look like it."""
SIGNS = "·•‧・･∙⋅●"
_SIGNED = re.compile(rf"(?<=[{HAN}])\s*[{SIGNS}]\s*(?=[{HAN}])")
_DOTTED = re.compile(rf"(?<=[{HAN}])\s*[{SIGNS}.．]\s*(?=[{HAN}])")


def one_dot(name: str) -> str:
    """The name with the one dot between its parts: 阿依古丽 • 买买提 and 阿依古丽.买买提 are one person."""
    return _DOTTED.sub(DOT, name)


def one_dot_of_signs(text: str) -> str:
    """As `one_dot` for running text, where a full stop may end a sentence."""
    return _SIGNED.sub(DOT, text)
