"""Which resource fits which need or project, and why: category, skill, words, place."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.terms import MatchReason

_HAN = re.compile(r"[一-鿿]+")
_COMMON = frozenset(
    (
        "社区",
        "居民",
        "小区",
        "服务",
        "问题",
        "希望",
        "需要",
        "没有",
        "可以",
        "我们",
        "老人",
        "活动",
        "项目",
        "提供",
        "解决",
        "单位",
        "街道",
        "里的",
    )
)
"""Pairs of characters that stand in nearly everything and say nothing."""
WORDS_LEAST = 2
"""So many shared pairs are a likeness; one alone is chance."""
WORTH = {MatchReason.CATEGORY: 3, MatchReason.SKILL: 4, MatchReason.WORDS: 2, MatchReason.PLACE: 1}


@dataclass(frozen=True, slots=True)
class Wanted:
    """A need or a project as the match sees it."""

    id: int
    words: str
    category_id: int | None
    skills: Sequence[str] = ()
    home_id: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """A resource as the match sees it."""

    id: int
    words: str
    category_id: int | None
    skill: str
    home_id: int | None


@dataclass(frozen=True, slots=True)
class Match:
    """A resource for something wanted, its reasons in the order of `MatchReason`, and the words they share."""

    wanted: int
    given: int
    reasons: tuple[MatchReason, ...]
    shared: tuple[str, ...]

    @property
    def worth(self) -> int:
        """By which matches are put in order; each shared word beyond the first two counts a little more."""
        return sum(WORTH[reason] for reason in self.reasons) + min(len(self.shared), 4) // WORDS_LEAST


def pairs_of(text: str) -> dict[str, None]:
    """The pairs of neighbouring Chinese characters in a text, in their order."""
    found: dict[str, None] = {}
    for run in _HAN.findall(text):
        found |= dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1))
    return {pair: None for pair in found if pair not in _COMMON}


def match(wanted: Wanted, given: Given) -> Match | None:
    """The reasons why a resource fits, or None; being near alone is none."""
    theirs = pairs_of(given.words)
    shared = tuple(pair for pair in pairs_of(wanted.words) if pair in theirs)
    reasons = []
    if wanted.category_id is not None and wanted.category_id == given.category_id:
        reasons.append(MatchReason.CATEGORY)
    if given.skill and (given.skill in wanted.skills or given.skill in wanted.words):
        reasons.append(MatchReason.SKILL)
    if len(shared) >= WORDS_LEAST:
        reasons.append(MatchReason.WORDS)
    if not reasons:
        return None
    if wanted.home_id is not None and wanted.home_id == given.home_id:
        reasons.append(MatchReason.PLACE)
    return Match(wanted.id, given.id, tuple(reasons), shared if MatchReason.WORDS in reasons else ())


def matches(wanted: Iterable[Wanted], given: Sequence[Given], *, each: int = 2, most: int = 20) -> tuple[Match, ...]:
    """The best matches, the best first, at most `each` for one need or project."""
    found: list[Match] = []
    for one in wanted:
        fitting = sorted(
            (fit for resource in given if (fit := match(one, resource)) is not None),
            key=lambda fit: (-fit.worth, fit.given),
        )
        # Where words or a skill fit, a resource of the same kind of need alone is noise.
        good = [fit for fit in fitting if {MatchReason.SKILL, MatchReason.WORDS} & set(fit.reasons)]
        found += (good or fitting)[:each]
    return tuple(sorted(found, key=lambda fit: (-fit.worth, fit.wanted, fit.given))[:most])
