"""登记申请: what the plain page asks for, how much one address may send, and how long its words stay."""

from collections.abc import Sequence
from dataclasses import dataclass, field

KEPT_DAYS = 30
"""After a worker decided, name, telephone and guardian are taken out: the registry has its own."""
AN_HOUR = 60
"""Registrations that a community takes in an hour: a recruiting day, not a machine."""
NAME_MOST, PHONE_MOST, SKILL_MOST, OTHER_MOST, MOST_SKILLS = 30, 30, 20, 60, 8
SKILLS = (
    "电工", "木工", "水管维修", "家电维修", "理发", "缝纫", "做饭", "医护急救", "法律", "心理陪伴", "教学辅导",
    "书法文艺", "摄影", "手机电脑", "驾驶", "手语外语",
)  # fmt: skip
"""特长 to tick; anything else is typed."""


@dataclass(frozen=True, slots=True)
class ApplicationInput:
    """What the form of the plain page held, as it was typed or ticked."""

    name: str = ""
    phone: str = ""
    birth_year: str = ""
    skills: Sequence[str] = field(default_factory=tuple)
    other_skills: str = ""
    interests: Sequence[str] = field(default_factory=tuple)
    free_slots: Sequence[str] = field(default_factory=tuple)
    guardian: str = ""
    guardian_phone: str = ""
    guardian_agrees: bool = False
    promise: bool = False
