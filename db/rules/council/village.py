"""四议两公开 as a rule: eight steps in their order, who decides at which, and what a step needs (docs/domain.md 6).

Source of the shares: the members' assembly needs two thirds of all members there and half or more of all due in favour;
the villagers' representatives (or the households) two thirds there and more than half of those present. The law was
amended in 2025 and its new words are unread, so the rules are the house's presets, marked as not verified.
"""

from collections.abc import Mapping
from types import MappingProxyType

from db.rules.voting.decision import PRESETS, Decision, HouseRule, Preset, decide
from db.terms import VillageStep

STEPS = tuple(VillageStep)
"""In the order in which they are taken."""
VOTED = frozenset({VillageStep.REVIEW, VillageStep.RESOLUTION})
"""Steps that count heads by a rule of law."""
POSTED = frozenset({VillageStep.OPINIONS, VillageStep.RESOLUTION_POSTED, VillageStep.RESULT_POSTED})
"""Steps that last from a day to a day."""
MEETINGS = frozenset({VillageStep.PROPOSAL, VillageStep.CONSULTATION, *VOTED})
"""Steps at which people sit together."""
NOTHING_CHANGED: Mapping[str, HouseRule] = MappingProxyType({})
LEAST_POSTED = 3
"""Days that a publication stands at least; usual practice, docs/domain.md 5.6."""


def preset_of(step: VillageStep, *, households: bool) -> Preset | None:
    """Which preset decides a step; None where nobody counts heads by law."""
    if step is VillageStep.REVIEW:
        return Preset.PARTY_ASSEMBLY
    if step is VillageStep.RESOLUTION:
        return Preset.VILLAGERS_HOUSEHOLDS if households else Preset.VILLAGERS_REPRESENTATIVES
    return None


def rule_of(
    step: VillageStep, *, households: bool, changed: Mapping[str, HouseRule] = NOTHING_CHANGED
) -> HouseRule | None:
    """The rule by which a step is decided: the preset as the subdistrict has changed it, else as it ships."""
    preset = preset_of(step, households=households)
    return None if preset is None else changed.get(preset, PRESETS[preset])


def following(step: VillageStep) -> VillageStep | None:
    """The step after this one; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def decided(rule: HouseRule, *, due: int, present: int, votes: tuple[int, int, int]) -> Decision:
    """The vote of a step: for, against, abstain."""
    return decide(rule, due=due, present=present, votes_for=votes[0], votes_against=votes[1], votes_abstain=votes[2])
