"""规则范本: what the subdistrict offers its bodies to adopt, and the form in which it puts a new version in force."""

from collections.abc import Sequence
from datetime import date

import streamlit as st

from components.acting import Request
from components.council.body import rule_fields
from components.council.rule_words import BASIS, PRESET_NAMES, QUORUM_OF, basis_words, preset_name, rule_sentence
from components.forms import Filling, form
from components.inputs import picked
from components.lists import Column, rows
from components.voting.outcome import threshold_words
from components.wording import _
from components.wording.dates import near
from components.wording.terms import term
from db.actions.admin.presets import set_preset
from db.rules.council.council import DatedPreset, kind_of_preset, presets_in_force
from db.rules.voting.decision import (
    MORE_THAN_HALF,
    PRESETS,
    PRESETS_FOR,
    TWO_THIRDS_OR_MORE,
    HouseRule,
    QuorumOf,
    Threshold,
)
from db.rules.voting.rule_input import PresetInput
from db.terms import BodyKind, MajorityBase, TieRule

NEW = "new"
SHARES = [
    Threshold(upper, lower, strict=strict)
    for upper, lower in ((1, 2), (3, 5), (2, 3), (3, 4), (4, 5), (9, 10))
    for strict in (True, False)
] + [Threshold(1, 1, strict=False)]
"""What house rules and laws ask for; all of them are at least one half."""


def presets_table(presets: Sequence[DatedPreset], today: date) -> None:
    """Every version that the subdistrict ever put in force, newest first."""
    now = {preset.id for preset in presets_in_force(presets, today).values()}
    rows(
        [
            {
                "since": near(preset.valid_from),
                "name": preset_name(preset.key, preset.name),
                "kind": term(preset.kind),
                "words": rule_sentence(preset.rule),
                "basis": basis_words(preset.rule, preset.basis, preset.in_force_since),
                "state": _state(preset, preset.id in now, today),
                "by": preset.set_by,
            }
            for preset in presets
        ],
        [
            Column("since", _("生效日"), "nowrap"),
            Column("name", _("范本")),
            Column("kind", _("机构类型"), "nowrap"),
            Column("words", _("内容")),
            Column("basis", _("依据")),
            Column("state", _("状态"), "nowrap"),
            Column("by", _("登记人"), "nowrap"),
        ],
        key="presets",
        empty=_("街道还没有改过范本：各议事机构用的是随系统提供的范本。"),
        caption=_("街道规则范本"),
    )


def _state(preset: DatedPreset, in_force: bool, today: date) -> str:
    if preset.valid_from > today:
        return _("待生效")
    return _("生效中") if in_force else _("已被新版代替")


def preset_form(presets: Sequence[DatedPreset], today: date) -> Request | None:
    """Put a version in force from a day on. What was adopted or convened under an older one stays as it is."""
    newest = presets_in_force(presets, date.max)
    keys = [*PRESETS, *(key for key in newest if key not in PRESETS), NEW]
    names = {key: preset_name(key, newest[key].name if key in newest else "") for key in keys[:-1]}
    key = st.selectbox(
        _("改哪一条范本"), keys, format_func=lambda one: names.get(one, _("新增一条范本")), key="preset_key"
    )
    kind = _kind(key, newest.get(key))
    held = newest.get(key)
    rule = held.rule if held else PRESETS.get(key, PRESETS[PRESETS_FOR[kind][0]])
    version = held.id if held else 0
    with form(f"set_preset.{key}.{kind.value}.{version}") as filling:
        start = names.get(key, "")
        name = filling.line("name", _("范本名称"), start=start)
        values: dict[str, object] = {"key": None if key == NEW else key, "kind": kind, "name": name}
        values |= _shares(filling, rule, kind) | _rest(filling, rule) | rule_fields(filling, rule)
        values |= _source(filling, rule, held, today)
        pressed = filling.submit(_("启用这个版本"), icon=":material/gavel:")
    if not pressed:
        return None
    said = _("范本已登记；已经采用的规则和已发通知的会议不受影响")
    return Request(filling, set_preset, said, {"given": picked(PresetInput, values)})


def _kind(key: str, held: DatedPreset | None) -> BodyKind:
    known = kind_of_preset(key) or (held.kind if held else None)
    if known is not None:
        return known
    # Outside the form: the kind decides what the form asks.
    chosen: BodyKind | None = st.selectbox(_("机构类型"), list(BodyKind), format_func=term, key="preset_kind")
    return chosen or BodyKind.COUNCIL


def _share(filling: Filling, field: str, label: str, now: Threshold) -> dict[str, object]:
    """One share in words; its text and strictness for the action, shown at one field."""
    offered = SHARES if now in SHARES else [now, *SHARES]
    share = filling.choice(field, label, offered, start=now, show=_all_or_share)
    name = field.removesuffix("_share")
    return {
        field: f"{share.numerator}/{share.denominator}" if share else None,
        f"{name}_strict": share.strict if share else None,
    }


def _who(who: QuorumOf) -> str:
    return _(QUORUM_OF[who])


def _all_or_share(share: Threshold) -> str:
    return _("全部") if share.numerator == share.denominator else threshold_words(share)


def _shares(filling: Filling, rule: HouseRule, kind: BodyKind) -> dict[str, object]:
    due: QuorumOf | None = filling.choice("quorum_of", _("应到是谁"), list(QuorumOf), start=rule.quorum_of, show=_who)
    values: dict[str, object] = {
        "quorum_of": due,
        **_share(filling, "quorum_share", _("到会要求"), rule.quorum),
        **_share(filling, "majority_share", _("通过要求"), rule.majority),
        "majority_base": filling.choice(
            "majority_base", _("通过的基数"), list(MajorityBase), start=rule.majority_base, few=True
        ),
    }
    if kind is BodyKind.OWNERS_ADVISORY:
        area_quorum, area_majority = rule.area_quorum or TWO_THIRDS_OR_MORE, rule.area_majority or MORE_THAN_HALF
        values |= _share(filling, "area_quorum_share", _("参与表决的面积要求"), area_quorum)
        values |= _share(filling, "area_majority_share", _("赞成的面积要求"), area_majority)
    return values


def _rest(filling: Filling, rule: HouseRule) -> dict[str, object]:
    return {
        "tie": filling.choice("tie", _("同票时"), list(TieRule), start=rule.tie, few=True),
        "call_days": filling.whole("call_days", _("会前几天通知"), least=0, most=60, start=rule.call_days),
        "notice_days": filling.whole(
            "notice_days", _("通过后公示几个工作日"), least=1, most=30, start=rule.notice_days
        ),
    }


def _source(filling: Filling, rule: HouseRule, held: DatedPreset | None, today: date) -> dict[str, object]:
    """Where the rule comes from and from when it is offered."""
    basis = held.basis if held else _(BASIS[rule.legal_basis]) if rule.preset in PRESET_NAMES else ""
    return {
        "basis": filling.line("basis", _("依据的文件和条款"), most=200, start=basis),
        "in_force_since": filling.day(
            "in_force_since", _("该文件施行日期（可不填）"), start=held.in_force_since if held else None
        ),
        "verified": filling.yes("verified", _("已核对现行文本"), start=rule.verified),
        "valid_from": filling.day("valid_from", _("从哪天起提供给各机构"), start=today),
    }
