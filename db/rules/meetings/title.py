"""Titles of meetings that say no more than their number."""

import re

_NUMBERED = re.compile(r"(第[0-9一二三四五六七八九十百]+届)?第[0-9一二三四五六七八九十百]+次(会议|议事会|全体会议)?")


def only_counts(title: str, body_name: str) -> bool:
    """Whether a title is empty or repeats the number beside it: 第三届第四次会议, with or without the body."""
    plain = "".join(title.split()).removeprefix(body_name)
    return not plain or _NUMBERED.fullmatch(plain) is not None
