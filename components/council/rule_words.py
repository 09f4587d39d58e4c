"""A house rule in words: what it asks for, where it comes from, and whether its text in force was read."""

from datetime import date

import streamlit as st

from components.lists import Column, rows
from components.voting.outcome import threshold_words
from components.wording import N_, _, safe
from components.wording.dates import day, near
from components.wording.terms import term
from db.rules.council.council import DatedRule
from db.rules.voting.decision import HouseRule, LegalBasis, Preset, QuorumOf

PRESET_NAMES: dict[str, str] = {
    Preset.COUNCIL: N_("居民议事会（默认：实到过半数）"),
    Preset.COUNCIL_MEMBERS_MAJORITY: N_("居民议事会（全体成员过半数）"),
    Preset.COUNCIL_TWO_THIRDS: N_("居民议事会（实到三分之二以上）"),
    Preset.RESIDENTS: N_("居民会议"),
    Preset.RESIDENTS_REPRESENTATIVES: N_("居民代表会议"),
    Preset.VILLAGERS_ADULTS: N_("村民会议（18 岁以上村民）"),
    Preset.VILLAGERS_HOUSEHOLDS: N_("村民会议（户代表）"),
    Preset.VILLAGERS_REPRESENTATIVES: N_("村民代表会议"),
    Preset.VILLAGERS_GROUP_ADULTS: N_("村民小组会议（18 岁以上村民）"),
    Preset.VILLAGERS_GROUP_HOUSEHOLDS: N_("村民小组会议（户代表）"),
    Preset.PARTY_ASSEMBLY: N_("四议两公开·党员大会审议"),
    Preset.OWNERS_GENERAL: N_("业主共同决定（一般事项），仅供参考"),
    Preset.OWNERS_THREE_QUARTERS: N_("业主共同决定（重大事项），仅供参考"),
}
QUORUM_OF = {
    QuorumOf.MEMBERS: N_("全体成员"),
    QuorumOf.REPRESENTATIVES: N_("组成人员（代表）"),
    QuorumOf.CONVENED: N_("18 岁以上居民、户代表或小组代表"),
    QuorumOf.ADULTS: N_("18 岁以上村民"),
    QuorumOf.HOUSEHOLDS: N_("户代表"),
    QuorumOf.PARTY_MEMBERS: N_("党员总数"),
    QuorumOf.OWNERS: N_("业主"),
}
BASIS = {
    LegalBasis.HOUSE_RULES: N_("本机构议事规则"),
    LegalBasis.RESIDENTS_COMMITTEE_LAW_9: N_("《城市居民委员会组织法》（2018 年文本）第九条"),
    LegalBasis.LOCAL_PRACTICE: N_("地方通行做法"),
    LegalBasis.VILLAGERS_COMMITTEE_LAW_21_22: N_("《村民委员会组织法》（2018 年文本）第二十一、二十二条"),
    LegalBasis.VILLAGERS_COMMITTEE_LAW_25_26: N_("《村民委员会组织法》（2018 年文本）第二十五、二十六条"),
    LegalBasis.VILLAGERS_COMMITTEE_LAW_28: N_("《村民委员会组织法》（2018 年文本）第二十八条"),
    LegalBasis.FOUR_DISCUSSIONS: N_("“四议两公开”工作法"),
    LegalBasis.CIVIL_CODE_278: N_("《民法典》第二百七十八条"),
}


def preset_name(preset: str, given: str = "") -> str:
    """The name that the subdistrict gave a preset, or that of one that ships in the reader's language."""
    return given or (_(PRESET_NAMES[preset]) if preset in PRESET_NAMES else preset)


def quorum_rule(rule: HouseRule) -> str:
    """全体成员的三分之二以上到会."""
    return _("{who}{share}到会", who=_(QUORUM_OF[rule.quorum_of]), share=threshold_words(rule.quorum))


def majority_rule(rule: HouseRule) -> str:
    """赞成票超过半数，基数为实到."""
    return _("赞成{share}，基数为{base}", share=threshold_words(rule.majority), base=term(rule.majority_base))


def area_rule(rule: HouseRule) -> str:
    """What floor area has to say besides heads; empty where heads alone count."""
    if rule.area_quorum is None or rule.area_majority is None:
        return ""
    return _(
        "面积登记齐全时，专有部分面积也须{quorum}参与表决、参与面积{majority}赞成",
        quorum=threshold_words(rule.area_quorum),
        majority=threshold_words(rule.area_majority),
    )


def speaking_rule(rule: HouseRule) -> str:
    """限时限次: how long and how often one member may speak."""
    minutes, seconds = divmod(rule.speech_seconds, 60)
    if seconds:
        return _("发言每次 {seconds} 秒、每题 {times} 次", seconds=rule.speech_seconds, times=rule.speeches)
    return _("发言每次 {minutes} 分钟、每题 {times} 次", minutes=minutes, times=rule.speeches)


def voting_rule(rule: HouseRule) -> str:
    """Whether one's own phone may be used, and in which order options stand."""
    phones = _("可用手机投票") if rule.phones_allowed else _("不用手机投票")
    return _("{phones}、选项乱序", phones=phones) if rule.shuffle_options else phones


def proxy_rule(rule: HouseRule) -> str:
    """Whether somebody else may sit there with a member's written authority."""
    return _("可书面委托") if rule.proxies_allowed else _("不得委托")


def rule_sentence(rule: HouseRule) -> str:
    """The whole rule in one line."""
    text = _(
        "{quorum}；{majority}；同票{tie}；会前 {call} 天通知；公示 {notice} 个工作日。",
        quorum=quorum_rule(rule),
        majority=majority_rule(rule),
        tie=term(rule.tie),
        call=rule.call_days,
        notice=rule.notice_days,
    )
    parts = [part for part in (area_rule(rule), speaking_rule(rule), voting_rule(rule), proxy_rule(rule)) if part]
    return text + _("{parts}。", parts=_("；").join(parts))


def basis_words(rule: HouseRule, basis: str = "", in_force_since: date | None = None) -> str:
    """Where a rule comes from, and from when that text is in force, as far as it is known."""
    words = _("依据：{basis}", basis=basis or _(BASIS[rule.legal_basis]))
    return words + _("（自 {day}起施行）", day=day(in_force_since)) if in_force_since else words


def rule_box(rule: HouseRule, basis: str = "", in_force_since: date | None = None) -> None:
    """One rule with its basis, and a note when its text in force has not been read."""
    st.text(rule_sentence(rule))
    st.caption(basis_words(rule, safe(basis), in_force_since))
    if not rule.verified:
        st.warning(_("这条规则的现行文本尚未核对，以法律现行文本为准；请核对后再采用。"), icon=":material/fact_check:")
    if rule.advisory:
        st.info(_("依法由业主共同决定，表决结果仅供业主大会参考。"), icon=":material/info:")


def rule_history(rules: tuple[DatedRule, ...]) -> None:
    """All rules a body ever had, newest first."""
    rows(
        [
            {
                "since": near(dated.valid_from),
                "name": preset_name(dated.rule.preset, dated.name),
                "words": rule_sentence(dated.rule),
                "basis": dated.basis,
                "by": dated.set_by,
            }
            for dated in rules
        ],
        [
            Column("since", _("生效日"), "nowrap"),
            Column("name", _("规则")),
            Column("words", _("内容")),
            Column("basis", _("通过依据")),
            Column("by", _("登记人"), "nowrap"),
        ],
        key="rule_history",
        empty=_("还没有议事规则。先采用一条，才能发会议通知。"),
        caption=_("议事规则沿革"),
    )
