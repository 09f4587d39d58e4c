"""The documents whose template a subdistrict may replace: title, our own template, its fields in words, a specimen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from components.admin.document_samples import sample_notice, sample_record, sample_sitting
from components.council.notice_paper import public_notice, public_template
from components.council.topic_paper import TopicSheet, topic_sheet, topic_template
from components.meetings.papers_ballot import (
    ballot_papers,
    ballot_template,
    card_template,
    check_list,
    check_template,
    member_cards,
    slip_sheet,
    slip_template,
)
from components.meetings.papers_minutes import minutes, minutes_template
from components.meetings.papers_notice import (
    notice_document,
    notice_template,
    sign_in_sheet,
    sign_in_template,
)
from components.meetings.papers_result import result_sheet, result_template
from components.papers.word import Paper, Picture
from components.wording import N_, _
from db.rules.papers.word_file import TEMPLATE_KINDS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of document. `specimen` makes it from invented values, in the template given or in ours."""

    title: str
    about: str
    built_in: Callable[[], bytes]
    specimen: Callable[[bytes | None], Paper]


def _sample_slips() -> list[tuple[int, str]]:
    return [(n, f"7K3M9-QX{n:02d}A") for n in range(1, 14)]


def _sample_topic() -> TopicSheet:
    item = sample_sitting().items[0]
    return TopicSheet(
        *("2026-001", item.title, _("成员提案"), item.proposer),
        needs="2026-003 " + _("东单元楼道灯"),
        contact=_("社区服务台 {phone} 转", phone="139 0000 2222"),
        proposal=item.motion,
        budget=_("12,000元"),
        attachments=_("书面提议单原件 1 份"),
        first_opinion=_("属于议事范围，受理，待上会。"),
    )


KINDS: dict[str, Kind] = {
    "notice": Kind(
        *(N_("会议通知"), N_("会前发给成员，附议题。"), notice_template),
        lambda own: notice_document(sample_sitting(), own),
    ),
    "sheet": Kind(
        *(N_("签到表"), N_("会场门口签名用。"), sign_in_template), lambda own: sign_in_sheet(sample_sitting(), own)
    ),
    "results": Kind(
        *(N_("表决结果报告单"), N_("每项表决的票数、规则、结论，计票人和主持人签字。"), result_template),
        lambda own: result_sheet(sample_sitting(), sample_record(), own),
    ),
    "minutes": Kind(
        *(N_("会议纪要"), N_("出席、讨论、表决、决议事项，附签字页。"), minutes_template),
        lambda own: minutes(sample_sitting(), sample_record(), own),
    ),
    "public": Kind(
        *(N_("公示"), N_("表决通过后张贴。"), public_template), lambda own: public_notice(sample_notice(), own)
    ),
    "ballot": Kind(
        *(N_("表决票"), N_("纸质票，每页最多 8 张（议题长的少些），裁开使用。"), ballot_template),
        lambda own: ballot_papers(sample_sitting(), sample_sitting().items[1], template=own),
    ),
    "slips": Kind(
        *(N_("票码单"), N_("无记名投票的票码，每页 8 张，裁开、打乱后发放。"), slip_template),
        lambda own: slip_sheet(sample_sitting(), _sample_slips(), "http://yiqilai.example", own),
    ),
    "cards": Kind(
        *(N_("成员卡"), N_("成员凭卡号签到，每页 10 张。"), card_template),
        lambda own: member_cards(
            sample_sitting().body_name, [(seat.seat, seat.name, "7K3M-9QXA") for seat in sample_sitting().seats], own
        ),
    ),
    "checks": Kind(
        *(N_("核对码清单"), N_("截止后张贴，投票人核对自己的一票。"), check_template),
        lambda own: check_list(sample_sitting(), sample_sitting().items[0], [("4F7K-2M9P", _("赞成"))], own),
    ),
    "topic": Kind(
        *(N_("议题征集审核表"), N_("提议人填写，党组织审核。"), topic_template),
        lambda own: topic_sheet(_sample_topic(), own),
    ),
}
"""In the order of their use, as in `TEMPLATE_KINDS`."""

ROW_NAMES = {"items": "item", "item.points": "line", "item.options": "row", "item.ways": "row"}
"""What our own templates call one entry of a list; any other list of texts is `line`, of records `row`."""

WORDS: dict[str, str] = {
    "meeting": N_("会议全称"),
    "body": N_("议事机构名称"),
    "session": N_("届次"),
    "name": N_("会议标题"),
    "at": N_("开会时间"),
    "day": N_("开会日期"),
    "place": N_("地点"),
    "chair": N_("主持人姓名"),
    "attendance": N_("应到、实到、请假等人数，一行"),
    "due": N_("应到人数"),
    "present": N_("实到人数"),
    "leave": N_("请假人数"),
    "absent": N_("缺席人数"),
    "observers": N_("列席人数"),
    "rule": N_("议事规则，一行"),
    "short_notice": N_("通知时间不足的原因，可能为空"),
    "changes": N_("通知发出后的改期和应到变动，逐行重复"),
    "moved": N_("改期的说明，没有改期的为空"),
    "leave_words": N_("怎么请假，含电话；能不能委托"),
    "sent": N_("通知发出日期"),
    "items": N_("议题，逐项重复"),
    "items.number": N_("议题序号"),
    "items.title": N_("议题名称"),
    "items.motion": N_("动议全文"),
    "items.method": N_("表决方法的说明"),
    "items.options": N_("选项，逐行重复"),
    "items.options.title": N_("选项名称"),
    "items.options.count": N_("票数或得分"),
    "items.options.rank": N_("名次"),
    "items.options.result": N_("入选、未入选、并列待定、同票名额空缺"),
    "items.advisory": N_("业主共同决定事项的提示，其他议题为空"),
    "items.way": N_("投票方式"),
    "items.quorum": N_("应到、实到和法定人数"),
    "items.recused": N_("回避人数和姓名，可能为空"),
    "items.rule": N_("本项表决的规则"),
    "items.earlier": N_("此前各轮表决的结论，逐行重复，可能没有"),
    "items.by_way": N_("账目要不要列表，用于判断"),
    "items.split": N_("有没有几种投票方式，用于判断"),
    "items.decided": N_("议定事项，一句话含票数"),
    "items.sentence": N_("结论，一句话含全部数字"),
    "items.outcome": N_("通过、未通过等"),
    "items.ways": N_("各投票方式的账目，逐行重复"),
    "items.ways.way": N_("投票方式"),
    "items.ways.issued": N_("发出"),
    "items.ways.returned": N_("收回"),
    "items.ways.not_cast": N_("未投"),
    "items.ways.valid": N_("有效"),
    "items.ways.blank": N_("空白"),
    "items.ways.spoilt": N_("废票"),
    "items.ways.choices": N_("有效票中各选项的票数"),
    "items.proof": N_("账目相符的算式，逐行重复"),
    "items.ranked": N_("选项有没有名次，用于判断"),
    "items.counted": N_("票数一列的名称：得票、总分、首选票"),
    "items.rounds": N_("排序计票的各轮，逐行重复"),
    "items.tellers": N_("计票人和监票人，逐行重复"),
    "items.file_hash": N_("选票文件的校验值"),
    "items.recount": N_("校验值和重新计票的说明，一句话"),
    "items.points": N_("发言要点和修正，逐行重复"),
    "items.state": N_("议题状态"),
    "people": N_("按到会情况分列的姓名，逐行重复"),
    "agenda": N_("议程，逐行重复"),
    "agenda.number": N_("议题序号"),
    "agenda.title": N_("议题名称"),
    "agenda.state": N_("议题状态"),
    "agenda.next": N_("下一步"),
    "tasks": N_("决议事项，逐行重复"),
    "tasks.number": N_("议题序号"),
    "tasks.item": N_("议题名称"),
    "tasks.title": N_("事项"),
    "tasks.owner": N_("责任人"),
    "tasks.due": N_("时限"),
    "corrections": N_("更正，逐行重复"),
    "signatures": N_("到会成员的签字行，逐行重复"),
    "recorder": N_("记录人，手写"),
    "sign_rows": N_("到会成员三人一行，逐行重复"),
    "sign_rows.left": N_("左边的席位和姓名"),
    "sign_rows.middle": N_("中间的席位和姓名，可能为空"),
    "sign_rows.right": N_("右边的席位和姓名，可能为空"),
    "sign_alone": N_("签字的人多不多，用于判断要不要另起一页"),
    "proved": N_("附件的计票核对，逐行重复"),
    "proved.number": N_("议题序号"),
    "proved.books": N_("各投票方式账目相符的算式"),
    "proved.hash": N_("选票文件的校验值"),
    "proof_codes": N_("校验值的二维码，逐个重复"),
    "recount": N_("重新计票的说明，一句话"),
    "audit_head": N_("闭会时审计日志末条的序号和校验码，闭会前为空"),
    "seats": N_("席位，逐行重复"),
    "seats.seat": N_("席位号"),
    "seats.name": N_("姓名"),
    "seats.capacity": N_("身份"),
    "seats.presence": N_("到会情况"),
    "seats.came": N_("签到时间"),
    "public:title": N_("公示标题"),
    "public:body": N_("公示正文，逐行重复"),
    "history": N_("修改前公示的内容，逐行重复，方案没有改过的为空"),
    "objections": N_("异议和答复，不含姓名，逐行重复，可能没有"),
    "foot": N_("公示期和异议受理方式，逐行重复"),
    "start": N_("公示开始日期"),
    "end": N_("公示截止日期"),
    "days": N_("公示工作日数"),
    "contact": N_("联系方式"),
    "community": N_("社区名称"),
    "signed": N_("落款"),
    "posted": N_("张贴日期"),
    "advisory": N_("业主共同决定事项的提示，其他议题为空"),
    "number": N_("议题序号"),
    "title": N_("议题名称"),
    "motion": N_("动议文字，过长时截短"),
    "method": N_("表决方法的说明"),
    "instruction": N_("填写说明，一行"),
    "options": N_("选项，逐行重复"),
    "rows": N_("裁切的行，逐行重复"),
    "rows.number": N_("第几行"),
    "rows.left": N_("左边一张"),
    "rows.right": N_("右边一张，最后一行可能没有"),
    "slips:rows.left.serial": N_("票号"),
    "slips:rows.left.code": N_("票码"),
    "ballot:rows.left.options": N_("这一张的选项，逐行重复，按议事规则可以各张先后不同"),
    "rows.left.qr": N_("二维码"),
    "rows.left.seat": N_("席位号"),
    "rows.left.name": N_("姓名"),
    "rows.left.code": N_("卡号"),
    "address": N_("投票网址"),
    "count": N_("张数"),
    "codes": N_("核对码，逐行重复"),
    "codes.number": N_("序号"),
    "codes.code": N_("核对码"),
    "codes.choice": N_("选择"),
    "topic:number": N_("编号"),
    "source": N_("来源"),
    "proposer": N_("提议人"),
    "needs": N_("并入的议题，编号和名称"),
    "category": N_("类别"),
    "background": N_("背景与诉求"),
    "scope": N_("涉及范围"),
    "proposal": N_("建议方案"),
    "budget": N_("预算"),
    "stakeholders": N_("利益相关方"),
    "attachments": N_("附件"),
    "first_opinion": N_("初审意见"),
    "verdict": N_("审核结论"),
    "reason": N_("理由"),
    "reviewer": N_("审核人"),
    "reviewed_on": N_("审核日期"),
    "signed_on": N_("提议人签字日期"),
}
"""What every field holds; a kind in front of the colon where the same name means something else."""


@dataclass(frozen=True, slots=True)
class FieldOfTemplate:
    """A field as it is written in a template, what it holds, and a sample of it."""

    path: str
    written: str
    words: str
    sample: str


def fields_of(kind: str) -> list[FieldOfTemplate]:
    """Every field of a kind, lists with the fields of their rows below them."""
    return list(_fields(kind, KINDS[kind].specimen(None).values, "", ""))


def _fields(kind: str, values: Mapping[str, object], path: str, holder: str) -> Iterator[FieldOfTemplate]:
    for key, value in values.items():
        here, written = f"{path}{key}", f"{holder}{key}"
        words = _(WORDS.get(f"{kind}:{here}") or WORDS[here])
        if isinstance(value, Mapping):
            yield FieldOfTemplate(here, written, words, "")
            if key != "right":  # the same as on the left
                yield from _fields(kind, value, f"{here}.", f"{written}.")
        elif isinstance(value, list | tuple):
            row = ROW_NAMES.get(written) or ("row" if value and isinstance(value[0], Mapping) else "line")
            yield FieldOfTemplate(here, f"{{%p for {row} in {written} %}} {{{{ {row} }}}} {{%p endfor %}}", words, "")
            if value and isinstance(value[0], Mapping):
                yield from _fields(kind, value[0], f"{here}.", f"{row}.")
        else:
            sample = "" if isinstance(value, Picture) else str(value)
            yield FieldOfTemplate(here, f"{{{{ {written} }}}}", words, sample[:40])


assert tuple(KINDS) == TEMPLATE_KINDS  # noqa: S101 - the database knows the same names
