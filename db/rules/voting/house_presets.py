"""The house rules that ship with the house: every row of docs/domain.md 5.3."""

from collections.abc import Mapping
from enum import StrEnum

from db.rules.voting.house_rule import (
    HALF_OR_MORE,
    MORE_THAN_HALF,
    THREE_QUARTERS_OR_MORE,
    TWO_THIRDS_OR_MORE,
    HouseRule,
    LegalBasis,
    QuorumOf,
    Threshold,
)
from db.terms import BodyKind, MajorityBase, TieRule


class Preset(StrEnum):
    """Names of the rules that ship with the house."""

    COUNCIL = "council"  # 居民议事会（默认）
    COUNCIL_MEMBERS_MAJORITY = "council_members_majority"  # 居民议事会（全体成员过半数）
    COUNCIL_TWO_THIRDS = "council_two_thirds"  # 居民议事会（实到三分之二）
    RESIDENTS = "residents"  # 居民会议
    RESIDENTS_REPRESENTATIVES = "residents_representatives"  # 居民代表会议
    VILLAGERS_ADULTS = "villagers_adults"  # 村民会议（18 岁以上村民）
    VILLAGERS_HOUSEHOLDS = "villagers_households"  # 村民会议（户代表）
    VILLAGERS_REPRESENTATIVES = "villagers_representatives"  # 村民代表会议
    VILLAGERS_GROUP_ADULTS = "villagers_group_adults"  # 村民小组会议（18 岁以上村民）
    VILLAGERS_GROUP_HOUSEHOLDS = "villagers_group_households"  # 村民小组会议（户代表）
    PARTY_ASSEMBLY = "party_assembly"  # 四议两公开·党员大会审议
    OWNERS_GENERAL = "owners_general"  # 业主共同决定（一般事项），仅供参考
    OWNERS_THREE_QUARTERS = "owners_three_quarters"  # 业主共同决定（重大事项），仅供参考


def _preset(
    preset: Preset,
    quorum: Threshold,
    quorum_of: QuorumOf,
    majority: Threshold,
    base: MajorityBase,
    basis: LegalBasis,
    *,
    verified: bool,
    advisory: bool = False,
    call_days: int = 3,
    area: tuple[Threshold, Threshold] | None = None,
) -> HouseRule:
    return HouseRule(
        preset=preset.value,
        quorum=quorum,
        quorum_of=quorum_of,
        majority=majority,
        majority_base=base,
        tie=TieRule.BACK_TO_DISCUSSION,
        notice_days=5,
        advisory=advisory,
        call_days=call_days,
        legal_basis=basis,
        verified=verified,
        area_quorum=area[0] if area else None,
        area_majority=area[1] if area else None,
    )


PRESETS: dict[str, HouseRule] = {
    rule.preset: rule
    for rule in (
        _preset(
            Preset.COUNCIL,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.HOUSE_RULES,
            verified=True,
        ),
        _preset(
            Preset.COUNCIL_MEMBERS_MAJORITY,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            MORE_THAN_HALF,
            MajorityBase.MEMBERS,
            LegalBasis.HOUSE_RULES,
            verified=True,
        ),
        _preset(
            Preset.COUNCIL_TWO_THIRDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.MEMBERS,
            TWO_THIRDS_OR_MORE,
            MajorityBase.PRESENT,
            LegalBasis.HOUSE_RULES,
            verified=False,
        ),
        # The law was revised with force from 2026-01-01; the number in its new chapter 4 has not been read.
        _preset(
            Preset.RESIDENTS,
            MORE_THAN_HALF,
            QuorumOf.CONVENED,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.RESIDENTS_COMMITTEE_LAW_9,
            verified=False,
        ),
        _preset(
            Preset.RESIDENTS_REPRESENTATIVES,
            TWO_THIRDS_OR_MORE,
            QuorumOf.REPRESENTATIVES,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.LOCAL_PRACTICE,
            verified=False,
        ),
        # The villagers' rows quote the 2018 text; the amendment of 2025-10 has not been read.
        _preset(
            Preset.VILLAGERS_ADULTS,
            MORE_THAN_HALF,
            QuorumOf.ADULTS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_21_22,
            verified=False,
            call_days=10,
        ),
        _preset(
            Preset.VILLAGERS_HOUSEHOLDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.HOUSEHOLDS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_21_22,
            verified=False,
            call_days=10,
        ),
        _preset(
            Preset.VILLAGERS_REPRESENTATIVES,
            TWO_THIRDS_OR_MORE,
            QuorumOf.REPRESENTATIVES,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_25_26,
            verified=False,
        ),
        _preset(
            Preset.VILLAGERS_GROUP_ADULTS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.ADULTS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_28,
            verified=False,
        ),
        _preset(
            Preset.VILLAGERS_GROUP_HOUSEHOLDS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.HOUSEHOLDS,
            MORE_THAN_HALF,
            MajorityBase.PRESENT,
            LegalBasis.VILLAGERS_COMMITTEE_LAW_28,
            verified=False,
        ),
        _preset(
            Preset.PARTY_ASSEMBLY,
            TWO_THIRDS_OR_MORE,
            QuorumOf.PARTY_MEMBERS,
            HALF_OR_MORE,
            MajorityBase.MEMBERS,
            LegalBasis.FOUR_DISCUSSIONS,
            verified=False,
        ),
        # Owners decide by heads and by floor area. Where not every floor area is known, heads alone are counted and
        # the sentence says so. Either way the result only advises the owners' assembly.
        _preset(
            Preset.OWNERS_GENERAL,
            TWO_THIRDS_OR_MORE,
            QuorumOf.OWNERS,
            MORE_THAN_HALF,
            MajorityBase.PARTICIPATING,
            LegalBasis.CIVIL_CODE_278,
            verified=True,
            advisory=True,
            area=(TWO_THIRDS_OR_MORE, MORE_THAN_HALF),
        ),
        _preset(
            Preset.OWNERS_THREE_QUARTERS,
            TWO_THIRDS_OR_MORE,
            QuorumOf.OWNERS,
            THREE_QUARTERS_OR_MORE,
            MajorityBase.PARTICIPATING,
            LegalBasis.CIVIL_CODE_278,
            verified=True,
            advisory=True,
            area=(TWO_THIRDS_OR_MORE, THREE_QUARTERS_OR_MORE),
        ),
    )
}
"""Every row of docs/domain.md 5.3, by `Preset` value; a subdistrict may put a rule of its own in its place."""

PRESETS_FOR: Mapping[BodyKind, tuple[Preset, ...]] = {
    BodyKind.COUNCIL: (Preset.COUNCIL, Preset.COUNCIL_MEMBERS_MAJORITY, Preset.COUNCIL_TWO_THIRDS),
    BodyKind.RESIDENTS: (Preset.RESIDENTS,),
    BodyKind.RESIDENTS_REPRESENTATIVES: (Preset.RESIDENTS_REPRESENTATIVES,),
    BodyKind.VILLAGERS: (
        Preset.VILLAGERS_ADULTS,
        Preset.VILLAGERS_HOUSEHOLDS,
        Preset.VILLAGERS_GROUP_ADULTS,
        Preset.VILLAGERS_GROUP_HOUSEHOLDS,
    ),
    BodyKind.VILLAGERS_REPRESENTATIVES: (Preset.VILLAGERS_REPRESENTATIVES,),
    BodyKind.OWNERS_ADVISORY: (Preset.OWNERS_GENERAL, Preset.OWNERS_THREE_QUARTERS),
}
"""Which presets a body is offered, the usual one first."""
