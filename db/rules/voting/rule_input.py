"""What a form says of a house rule, unchecked: the subdistrict's preset, and the rule that a body adopts.

The names are those of the form's fields, at which `BadInput` tells what is wrong.
"""

from dataclasses import dataclass
from datetime import date

from db.rules.voting.house_rule import QuorumOf
from db.terms import BodyKind, MajorityBase, TieRule


@dataclass(frozen=True, slots=True)
class PresetInput:
    """A preset: `key` is the one that it follows, None for a new one; shares are texts like "2/3"."""

    key: str | None
    name: str
    kind: BodyKind | None
    quorum_of: QuorumOf | None
    quorum_share: str | None
    quorum_strict: bool | None
    majority_share: str | None
    majority_strict: bool | None
    majority_base: MajorityBase | None
    tie: TieRule | None
    call_days: int | None
    notice_days: int | None
    speech_seconds: int | None
    speeches: int | None
    phones_allowed: bool
    shuffle_options: bool
    basis: str
    in_force_since: date | None
    verified: bool
    valid_from: date | None
    proxies_allowed: bool = False
    area_quorum_share: str | None = None
    area_quorum_strict: bool | None = None
    area_majority_share: str | None = None
    area_majority_strict: bool | None = None


@dataclass(frozen=True, slots=True)
class RulesInput:
    """A rule of a body; what is None here from `speech_seconds` on is as the preset has it."""

    preset: str | None
    valid_from: date | None
    basis: str
    tie: TieRule | None
    call_days: int | None
    notice_days: int | None
    speech_seconds: int | None = None
    speeches: int | None = None
    phones_allowed: bool | None = None
    shuffle_options: bool | None = None
    proxies_allowed: bool | None = None
