"""议题征集与审核 on the screen: the written proposal, its review, and the way to an agenda."""

from collections.abc import Sequence

import streamlit as st

from components.acting import Request
from components.detail import fact_list, head
from components.forms import form
from components.inputs import picked
from components.lists import Column, rows
from components.wording import _, safe
from components.wording.dates import near
from components.wording.terms import badge, term
from db.actions.council.topics import call_up_topic, propose_topic, review_topic
from db.queries.council.topics import TopicFacts, TopicRow
from db.queries.named import Named
from db.rules.council.topic_input import TopicInput
from db.terms import TopicGround, TopicState

VERDICTS = (TopicState.ACCEPTED, TopicState.MERGED, TopicState.REFERRED, TopicState.DECLINED)


def topics_table(found: Sequence[TopicRow]) -> None:
    """The topics, newest first."""
    rows(
        [
            {
                "id": one.id,
                "title": one.title,
                "state": one.state,
                "outcome": one.outcome if one.outcome else "",
                "number": one.number,
                "source": term(one.source),
                "proposer": one.proposer,
                "made": near(one.made_at),
            }
            for one in found
        ],
        [
            Column("title", _("议题")),
            Column("state", _("审核"), "nowrap"),
            Column("outcome", _("表决"), "nowrap"),
            Column("number", _("编号"), "nowrap"),
            Column("source", _("来源"), "nowrap"),
            Column("proposer", _("提议人"), "nowrap"),
            Column("made", _("提交时间"), "nowrap"),
        ],
        key="topics",
        empty=_("还没有议题提案。成员可以在手机上书面提出；筛选通过的需求在“会议”里直接列入议程。"),
        caption=_("议题"),
        page="topics",
    )


def propose_form(
    signers: Sequence[Named], communities: Sequence[Named], categories: Sequence[Named], *, myself: str
) -> Request | None:
    """A written proposal; staff choose who signed it on paper, the subdistrict chooses the community."""
    with form("propose_topic") as filling:
        values: dict[str, object] = {}
        values["title"] = filling.line("title", _("议题名称"), help=_("一件事、一句话，例：在3幢楼道加装扶手。"))
        if communities:
            home = filling.choice("community_id", _("交办给哪个社区"), communities, show=lambda c: c.name)
            values["community_id"] = home.id if home else None
        elif signers:
            signer = filling.choice("member_id", _("提议人（在书面提案上签字的成员）"), signers, show=lambda s: s.name)
            values["member_id"] = signer.id if signer else None
        values["background"] = filling.words("background", _("背景与诉求"), height=100)
        values["proposal"] = filling.words("proposal", _("建议方案"), height=100, help=_("要具体、能执行。"))
        values["scope"] = filling.line("scope", _("涉及范围（可不填）"), most=200, help=_("小区、楼栋、户数、人数。"))
        with st.container(horizontal=True):
            category = filling.choice("category_id", _("类别（可不选）"), categories, show=lambda c: c.name)
            values["category_id"] = category.id if category else None
            values["budget_yuan"] = filling.whole("budget_yuan", _("预算，元（可不填）"), most=10**8)
        values["stakeholders"] = filling.line("stakeholders", _("利益相关方（可不填）"), most=200)
        values["signed"] = filling.yes("signed", _signature(myself, bool(signers), bool(communities)))
        pressed = filling.submit(_("提交议题"), icon=":material/send:")
    said = _("议题已提交，等待审核")
    return Request(filling, propose_topic, said, {"given": picked(TopicInput, values)}) if pressed else None


def _signature(myself: str, on_paper: bool, handed_down: bool) -> str:
    if handed_down:
        return _("以街道名义交办")
    if on_paper:
        return _("已收到该成员签字的书面提案")
    return _("本人 {name} 签字确认以上内容", name=safe(myself))


def topic_head(facts: TopicFacts) -> None:
    """What it is, who proposed it, and where it stands."""
    signed = _("书面签字") if facts.signed_on_paper else _("本人确认")
    about = (term(facts.source), _("提议人 {who}", who=facts.proposer), signed, near(facts.made_at))
    head(facts.title, number=facts.number, marks=[badge(facts.state)], about=" · ".join(about))


def topic_facts(facts: TopicFacts) -> None:
    """The form as it was handed in, and its review."""
    lines = [
        (_("背景与诉求"), facts.background),
        (_("建议方案"), facts.proposal),
        (_("涉及范围"), facts.scope),
        (_("类别"), facts.category),
        (_("预算"), _("{yuan} 元", yuan=facts.budget_yuan) if facts.budget_yuan is not None else ""),
        (_("利益相关方"), facts.stakeholders),
        (_("审核理由"), " ".join(filter(None, (term(facts.ground) if facts.ground else "", facts.review_reason)))),
        (_("合并到"), facts.merged_into),
        (_("转办到"), facts.referred_to),
        (_("审核人"), f"{facts.reviewer} {near(facts.reviewed_at)}" if facts.reviewed_at else ""),
    ]
    fact_list(lines, key="topic_sheet", caption=_("议题征集/审核表"))


def review_form(facts: TopicFacts, others: Sequence[Named]) -> Request | None:
    """受理, 合并, 转办 or 不予受理, each with what it needs; the choice stands outside, so the fields fit it."""
    verdict = st.segmented_control(
        _("审核结论"), VERDICTS, format_func=term, default=TopicState.ACCEPTED, required=True, key="topic_verdict"
    )
    with form(f"review_topic.{facts.id}.{verdict}") as filling:
        values: dict[str, object] = {"topic_id": facts.id, "version": facts.version, "verdict": verdict}
        if verdict is TopicState.DECLINED:
            values["ground"] = filling.choice("ground", _("不予受理的依据（负面清单）"), list(TopicGround))
        elif verdict is TopicState.MERGED:
            lead = filling.choice("merged_into_id", _("合并到哪个议题"), others, show=lambda o: o.name)
            values["merged_into_id"] = lead.id if lead else None
        elif verdict is TopicState.REFERRED:
            values["referred_to"] = filling.line("referred_to", _("转给谁办"), most=100)
        reason = _("理由（可不填）") if verdict is TopicState.ACCEPTED else _("理由（会告诉提议人）")
        values["reason"] = filling.words("reason", reason, height=80)
        pressed = filling.submit(_("签署审核意见"), icon=":material/gavel:")
    return Request(filling, review_topic, _("审核意见已登记"), values) if pressed else None


def call_up_form(facts: TopicFacts, meetings: Sequence[Named]) -> Request | None:
    """Put an accepted topic on a draft agenda, with the words that will be voted on."""
    if not meetings:
        st.info(_("还没有筹备中的会议：先在“会议”里新建一次，再把议题列入议程。"), icon=":material/event:")
        return None
    with form(f"call_up.{facts.id}") as filling:
        meeting = filling.choice("meeting_id", _("列入哪次会议"), meetings, start=meetings[0], show=lambda m: m.name)
        motion = filling.words("motion", _("动议（表决的原话）"), start=facts.proposal)
        owners = filling.yes("owners_matter", _("依法由业主共同决定（表决仅供参考）"))
        pressed = filling.submit(_("列入议程"), icon=":material/playlist_add:")
    if not pressed:
        return None
    values = {"topic_id": facts.id, "meeting_id": meeting.id if meeting else None}
    return Request(filling, call_up_topic, _("已列入议程"), {**values, "motion": motion, "owners_matter": owners})
