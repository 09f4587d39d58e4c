"""The rules that the subdistrict offers its bodies: never edited, only followed by newer ones."""

import re
import secrets
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.fields import chosen, day, line, whole
from db.actions.loading import actor_of
from db.counters import day_of
from db.engine import action
from db.errors import BadInput, Problem
from db.models import HousePreset
from db.rules.council.council import kind_of_preset
from db.rules.permissions import Permission
from db.rules.voting.decision import PRESETS, HouseRule, LegalBasis, QuorumOf, Threshold
from db.rules.voting.rule_input import PresetInput
from db.terms import BodyKind, MajorityBase, TieRule

OWN = re.compile(r"own_[0-9a-f]{8}")
"""The key of a rule that the subdistrict made itself."""
SHARE = re.compile(r"([0-9]{1,3})/([0-9]{1,3})", re.ASCII)


@action(Permission.MANAGE_PRESETS)
def set_preset(
    session: Session,
    *,
    given: PresetInput,
    now: datetime,
) -> int:
    """Offer a rule from a day on: in the place of one that ships (`key` its Preset), of an own one, or a new one.

    The first version of a key may lie in the past, a later one starts today or later. Floor area is asked for owners
    only; what owners decide here always only advises. The id.
    """
    place = _key(session, given.key)
    body = kind_of_preset(place) or chosen("kind", given.kind, tuple(BodyKind))
    owners = body is BodyKind.OWNERS_ADVISORY
    area_quorum, area_majority = None, None
    if owners and given.area_quorum_share is not None:
        area_quorum = _share("area_quorum", given.area_quorum_share, given.area_quorum_strict)
        area_majority = _majority("area_majority", given.area_majority_share, given.area_majority_strict)
    rule = HouseRule(
        preset=place,
        quorum=_share("quorum", given.quorum_share, given.quorum_strict),
        quorum_of=chosen("quorum_of", given.quorum_of, tuple(QuorumOf)),
        majority=_majority("majority", given.majority_share, given.majority_strict),
        majority_base=chosen("majority_base", given.majority_base, tuple(MajorityBase)),
        tie=chosen("tie", given.tie, tuple(TieRule)),
        notice_days=whole("notice_days", given.notice_days, least=1, most=30),
        advisory=owners,
        call_days=whole("call_days", given.call_days, least=0, most=60),
        legal_basis=PRESETS[place].legal_basis if place in PRESETS else LegalBasis.LOCAL_PRACTICE,
        verified=chosen("verified", given.verified, (True, False)),
        speech_seconds=whole("speech_seconds", given.speech_seconds, least=10, most=3600),
        speeches=whole("speeches", given.speeches, least=1, most=20),
        phones_allowed=chosen("phones_allowed", given.phones_allowed, (True, False)),
        shuffle_options=chosen("shuffle_options", given.shuffle_options, (True, False)),
        proxies_allowed=chosen("proxies_allowed", given.proxies_allowed, (True, False)),
        area_quorum=area_quorum,
        area_majority=area_majority,
    )
    preset = HousePreset(
        subdistrict_id=actor_of(session).subdistrict_id,
        key=place,
        name=line("name", given.name, most=60),
        kind=body,
        rule=rule.to_json(),
        basis=line("basis", given.basis, most=200),
        in_force_since=None if given.in_force_since is None else day("in_force_since", given.in_force_since),
        valid_from=_valid_from(session, place, given.valid_from, now),
        set_by=actor_of(session).id,
        set_at=now,
    )
    session.add(preset)
    session.flush()
    return preset.id


def _key(session: Session, key: str | None) -> str:
    """One that ships, one that this subdistrict has made, or a new one that no other can have."""
    if key is None:
        return f"own_{secrets.token_hex(4)}"
    if not isinstance(key, str):
        raise BadInput("key", Problem.UNKNOWN_CHOICE)
    known = key in PRESETS or (
        OWN.fullmatch(key) and session.scalar(select(HousePreset.id).where(HousePreset.key == key).limit(1)) is not None
    )
    if not known:
        raise BadInput("key", Problem.UNKNOWN_CHOICE)
    return key


def _valid_from(session: Session, key: str, value: date | None, now: datetime) -> date:
    latest = session.scalar(select(func.max(HousePreset.valid_from)).where(HousePreset.key == key))
    return day("valid_from", value, least=None if latest is None else max(day_of(now), latest))


def _share(name: str, text: str | None, strict: bool | None) -> Threshold:
    field = f"{name}_share"
    if text is None:
        raise BadInput(field, Problem.EMPTY)
    found = SHARE.fullmatch(text) if isinstance(text, str) else None
    if found is None:
        raise BadInput(field, Problem.WRONG)
    upper, lower = int(found[1]), int(found[2])
    more = chosen(f"{name}_strict", strict, (True, False))
    # More than all can never be met.
    if lower < 1 or upper > lower or (more and upper == lower):
        raise BadInput(field, Problem.WRONG)
    return Threshold(upper, lower, strict=more)


def _majority(name: str, text: str | None, strict: bool | None) -> Threshold:
    """A share of at least one half: with less, both sides could win."""
    share = _share(name, text, strict)
    if 2 * share.numerator < share.denominator:
        raise BadInput(f"{name}_share", Problem.WRONG)
    return share
