"""Every document whose template a subdistrict may replace: title, use, a specimen, what it must say."""

from components.admin.document_papers import ADDRESS, PAPERS, Kind
from components.admin.document_samples import sample_notice, sample_record, sample_sitting
from components.council.notice_paper import public_notice
from components.council.notice_sheets import outcome_sheet, wall_sheet
from components.council.topic_paper import TopicSheet, topic_sheet
from components.meetings.full_set import archive_index
from components.meetings.papers_ballot import ballot_papers, check_list, member_cards, slip_sheet
from components.meetings.papers_minutes import minutes
from components.meetings.papers_notice import notice_document, sign_in_sheet
from components.meetings.papers_result import result_sheet
from components.meetings.papers_seats import seat_cards
from components.papers.word import Paper
from components.wording import N_, _
from db.rules.papers.word_file import TEMPLATE_KINDS


def _sample_slips() -> list[tuple[int, str]]:
    return [(n, f"7K3M9-QX{n:02d}A") for n in range(1, 14)]


def _sample_cards() -> Paper:
    sitting = sample_sitting()
    return member_cards(sitting.body_name, [(seat.seat, seat.name, "7K3M-9QXA") for seat in sitting.seats])


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


MEETING: dict[str, Kind] = {
    "notice": Kind(N_("会议通知"), N_("会前发给成员，附议题。"), lambda: notice_document(sample_sitting()),
                   ("meeting|name", "at", "place", "items", "advisory", "body", "sent")),
    "sheet": Kind(N_("签到表"), N_("会场门口签名用。"), lambda: sign_in_sheet(sample_sitting()), ("seats",)),
    "results": Kind(N_("表决结果报告单"), N_("每项表决的票数、规则、结论，计票人和主持人签字。"),
                    lambda: result_sheet(sample_sitting(), sample_record()), ("items", "sentence", "advisory")),
    "minutes": Kind(N_("会议纪要"), N_("出席、讨论、表决、决议事项，附签字页。"),
                    lambda: minutes(sample_sitting(), sample_record()),
                    ("items", "sentence|decided", "advisory", "signatures|sign_rows")),
    "public": Kind(N_("公示"), N_("表决通过后张贴。"), lambda: public_notice(sample_notice()),
                   ("title", "body", "foot", "signed|community", "posted|start")),
    "ballot": Kind(N_("表决票"), N_("纸质票，每页最多 8 张（议题长的少些），裁开使用。"),
                   lambda: ballot_papers(sample_sitting(), sample_sitting().items[1]),
                   ("rows", "options", "advisory")),
    "slips": Kind(N_("票码单"), N_("无记名投票的票码，每页 8 张，裁开、打乱后发放。"),
                  lambda: slip_sheet(sample_sitting(), _sample_slips(), ADDRESS), ("rows", "code", "qr")),
    "cards": Kind(N_("成员卡"), N_("成员凭卡号签到，每页 10 张。"), _sample_cards, ("rows", "code")),
    "checks": Kind(N_("核对码清单"), N_("截止后张贴，投票人核对自己的一票。"),
                   lambda: check_list(sample_sitting(), sample_sitting().items[0], [("4F7K-2M9P", _("赞成"))]),
                   ("codes", "advisory")),
    "topic": Kind(N_("议题征集审核表"), N_("提议人填写，党组织审核。"), lambda: topic_sheet(_sample_topic()),
                  ("title",)),
}  # fmt: skip
"""Papers of a meeting and of what comes to it; that an owners' matter is advice only must be said in most of them."""

AROUND: dict[str, Kind] = {
    "public_wall": Kind(N_("公示墙报"), N_("公示的大字墙报，A3。"), lambda: wall_sheet(sample_notice()),
                        ("title", "body", "contacts|contact", "advisory")),
    "public_result": Kind(N_("公示结果"), N_("公示期满后张贴，逐件写明异议和答复。"),
                          lambda: outcome_sheet(sample_notice()), ("title", "rows", "outcome")),
    "seat_cards": Kind(N_("席位卡"), N_("会场桌上摆放，每页三张。"), lambda: seat_cards(sample_sitting()),
                       ("rows", "name")),
    "archive": Kind(N_("会议档案目录"), N_("一次会议归档的文件清单。"),
                    lambda: archive_index(sample_sitting(), sample_record(), [_("会议纪要")]), ("files",)),
}  # fmt: skip
"""What goes with a meeting and its notices."""

KINDS = MEETING | AROUND | PAPERS
"""In the order of their use, as in `TEMPLATE_KINDS`."""

assert tuple(KINDS) == TEMPLATE_KINDS  # noqa: S101 - the database knows the same names
