"""议题征集/审核表: the form of a topic, from its proposal to its review (docs/domain.md 5.7)."""

from dataclasses import asdict, dataclass

from docx.shared import Cm

from components.papers.replaceable import replaceable
from components.papers.word import CENTRE, RIGHT, Paper, Sheet, blank, built_in, form, headline, line, paper
from components.voting.question_words import yuan
from components.wording import _
from components.wording.dates import day, today
from components.wording.terms import term
from db.queries.council.topics import TopicFacts


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
            category=topic.category,
            background=topic.background,
            scope=topic.scope,
            proposal=topic.proposal,
            budget=yuan(topic.budget_yuan) if topic.budget_yuan is not None else "",
            stakeholders=topic.stakeholders,
            verdict=term(topic.state) if topic.reviewed_at else "",
            reason=reason,
            reviewer=topic.reviewer,
            reviewed_on=day(today(topic.reviewed_at)) if topic.reviewed_at else "",
            signed_on=day(today(topic.signed_at)) if topic.signed_at else "",
        )


@built_in
def topic_template() -> Sheet:
    """议题征集/审核表."""
    document = blank(size=12, line=22, top=2.2, pages=False)
    headline(document, _("议题征集审核表"))
    line(document, _("编号：{{ number }}"), align=RIGHT, size=11)
    fields = [
        (_("议题名称"), "{{ title }}"),
        (_("来源"), "{{ source }}"),
        (_("来源需求"), "{{ needs }}"),
        (_("提议人"), "{{ proposer }}"),
        (_("联系方式"), "{{ contact }}"),
        (_("类别"), "{{ category }}"),
        (_("背景与诉求"), "{{ background }}"),
        (_("涉及范围"), "{{ scope }}"),
        (_("建议方案"), "{{ proposal }}"),
        (_("预算"), "{{ budget }}"),
        (_("利益相关方"), "{{ stakeholders }}"),
        (_("附件"), "{{ attachments }}"),
        (_("提议人签字"), _("____________    日期：{{ signed_on }}")),
        (_("初审意见"), "{{ first_opinion }}"),
        (_("审核结论"), "{{ verdict }}"),
        (_("理由"), "{{ reason }}"),
        (_("审核人"), "{{ reviewer }}"),
        (_("审核日期"), "{{ reviewed_on }}"),
    ]
    made = form(document, fields, size=11.5)
    for row in made.rows:
        row.height = Cm(0.95)
    line(document, _("审核由社区党组织作出；不予受理须写明理由并答复提议人。"), size=10, align=CENTRE)
    return document


@replaceable("topic")
def topic_sheet(sheet: TopicSheet, template: bytes | None = None) -> Paper:
    """议题征集/审核表, filled in as far as it is known."""
    return paper(template, topic_template(), asdict(sheet))
