"""议题征集/审核表: the form of a topic, from its proposal to its review (docs/domain.md 5.7)."""

from dataclasses import asdict, dataclass

from docx.shared import Cm

from components.papers.replaceable import replaceable
from components.papers.word import CENTRE, RIGHT, Paper, Sheet, blank, built_in, form, headline, line, paper
from components.voting.question_words import yuan
from components.wording import _, side_by_side
from components.wording.dates import day, today
from components.wording.terms import term
from db.queries.council.topics import TopicFacts
from db.terms import TopicState


@dataclass(frozen=True, slots=True)
class TopicSheet:
    """The form in words; what is not known is left empty to be written by hand."""

    number: str
    title: str
    source: str
    proposer: str
    needs: str = ""
    contact: str = ""
    category: str = ""
    background: str = ""
    scope: str = ""
    proposal: str = ""
    budget: str = ""
    stakeholders: str = ""
    attachments: str = ""
    first_opinion: str = ""
    verdict: str = ""
    reason: str = ""
    reviewer: str = ""
    reviewed_on: str = ""
    signed_on: str = ""

    @classmethod
    def of(cls, topic: TopicFacts) -> "TopicSheet":
        """The form of a topic as it is stored."""
        reason = "\n".join(
            part for part in (term(topic.ground) if topic.ground else "", topic.review_reason, topic.merged_into,
                              topic.referred_to) if part
        )  # fmt: skip
        return cls(
            number=topic.number,
            title=topic.title,
            source=term(topic.source),
            proposer=topic.proposer,
            needs=side_by_side(topic.joined),
            contact=_contact(topic),
            category=topic.category,
            background=topic.background,
            scope=topic.scope,
            proposal=topic.proposal,
            budget=yuan(topic.budget_yuan) if topic.budget_yuan is not None else "",
            stakeholders=topic.stakeholders,
            attachments=_("书面提议单原件 1 份") if topic.signed_on_paper else _("无（提议人在系统中签字）"),
            first_opinion=_first_opinion(topic),
            verdict=term(topic.state) if topic.reviewed_at else "",
            reason=reason,
            reviewer=topic.reviewer,
            reviewed_on=day(today(topic.reviewed_at)) if topic.reviewed_at else "",
            signed_on=day(today(topic.signed_at)) if topic.signed_at else "",
        )


def _contact(topic: TopicFacts) -> str:
    """A member's own telephone is nobody's business: the desk passes on what is asked."""
    if topic.desk_phone:
        return _("社区服务台 {phone} 转", phone=topic.desk_phone)
    return _("社区居民委员会转")


def _first_opinion(topic: TopicFacts) -> str:
    """What the reviewer found, in a sentence; empty while nobody has reviewed it."""
    if topic.reviewed_at is None:
        return ""
    return {
        TopicState.ACCEPTED: _("属于议事范围，受理，待上会。"),
        TopicState.ON_AGENDA: _("属于议事范围，受理，已列入议程。"),
        TopicState.MERGED: _("与 {number} 是同一件事，合并办理。", number=topic.merged_into),
        TopicState.REFERRED: _("不由议事会决定，转 {to} 办理。", to=topic.referred_to),
        TopicState.DECLINED: _(
            "不属于议事范围（{ground}），不予受理。", ground=term(topic.ground) if topic.ground else "—"
        ),
    }.get(topic.state, "")


@built_in
def topic_template() -> Sheet:
    """议题征集/审核表."""
    document = blank(size=12, line=22, top=1.9, pages=False)
    headline(document, _("议题征集审核表"))
    line(document, _("编号：{{ number }}"), align=RIGHT)
    fields = [
        (_("议题名称"), "{{ title }}"),
        (_("来源"), "{{ source }}"),
        (_("并入的议题"), "{{ needs }}"),
        (_("提议人"), "{{ proposer }}"),
        (_("联系方式"), "{{ contact }}"),
        (_("类别"), "{{ category }}"),
        (_("背景与诉求"), "{{ background }}"),
        (_("涉及范围"), "{{ scope }}"),
        (_("建议方案"), "{{ proposal }}"),
        (_("预算"), "{{ budget }}"),
        (_("利益相关方"), "{{ stakeholders }}"),
        (_("附件"), "{{ attachments }}"),
        (_("提议人签字"), _("____________    {% if signed_on %}{{ signed_on }}{% else %}____年__月__日{% endif %}")),
        (_("初审意见"), "{{ first_opinion }}"),
        (_("审核结论"), "{{ verdict }}"),
        (_("理由"), "{{ reason }}"),
        (_("审核人"), "{{ reviewer }}"),
        (_("审核日期"), "{{ reviewed_on }}"),
        (_("社区党组织"), _("负责人签字：____________    （盖章）    ____年__月__日")),
    ]
    made = form(document, fields)
    for row in made.rows:
        row.height = Cm(0.9)
    line(document, _("审核由社区党组织作出；不予受理须写明理由并答复提议人。"), align=CENTRE)
    return document


@replaceable("topic")
def topic_sheet(sheet: TopicSheet) -> Paper:
    """议题征集/审核表, filled in as far as it is known."""
    return paper(topic_template(), asdict(sheet))
