"""What the subdistrict sets."""

from datetime import date
from typing import Any

from db.rules.voting.decision import Preset, QuorumOf
from db.terms import BodyKind, MajorityBase, TieRule
from tests.builders.world import TODAY

COUNCIL: dict[str, Any] = {
    "key": Preset.COUNCIL.value,
    "name": "居民议事会（街道版）",
    "kind": BodyKind.COUNCIL,
    "quorum_of": QuorumOf.MEMBERS,
    "quorum_share": "3/4",
    "quorum_strict": False,
    "majority_share": "3/5",
    "majority_strict": True,
    "majority_base": MajorityBase.VALID,
    "tie": TieRule.VOTE_AGAIN,
    "call_days": 5,
    "notice_days": 7,
    "speech_seconds": 180,
    "speeches": 3,
    "phones_allowed": False,
    "shuffle_options": True,
    "basis": "街道办〔2026〕3号",
    "in_force_since": date(2026, 1, 1),
    "verified": True,
    "valid_from": TODAY,
}
