"""整套文件 with one press: before a meeting what is printed for it, after it what goes into the file."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from components.council.notice_paper import public_notice
from components.council.notice_sheets import outcome_sheet
from components.meetings.notice_text import meeting_name
from components.meetings.papers_ballot import ballot_papers
from components.meetings.papers_minutes import minutes
from components.meetings.papers_notice import notice_document, sign_in_sheet
from components.meetings.papers_result import result_sheet
from components.meetings.papers_seats import seat_cards
from components.papers.plain import Layout, plain_paper
from components.papers.replaceable import replaceable
from components.papers.word import Paper
from components.wording import _
from components.wording.dates import day, today
from db.queries.council.notices import NoticeFacts
from db.queries.meetings.papers import MeetingRecord
from db.rules.meetings.sitting import Sitting
from db.terms import ItemState, MeetingState, NoticeState

Papers = Sequence[tuple[str, Paper]]
"""Each paper with its name, in the order of their use."""
ZIP = "application/zip"
LONGEST_TITLE = 20


def full_set(sitting: Sitting, record: MeetingRecord) -> Papers:
    """Every paper of a meeting as it stands now. Raises Refused("books_…") as the result sheet does."""
    if sitting.state is MeetingState.CLOSED:
        return _after(sitting, record)
    ballots = [(f"{_('表决票')}-{item.position}", ballot_papers(sitting, item)) for item in sitting.items]
    return [
        (_("会议通知"), notice_document(sitting)),
        (_("签到表"), sign_in_sheet(sitting)),
        *ballots,
        (_("席位卡"), seat_cards(sitting)),
    ]


def _after(sitting: Sitting, record: MeetingRecord) -> Papers:
    made = [
        (_("表决结果报告单"), result_sheet(sitting, record)),
        (_("会议纪要"), minutes(sitting, record)),
    ]
    for notice in record.notices:
        made.append((_named(_("公示"), notice), public_notice(notice)))
        if notice.objections or notice.state is not NoticeState.RUNNING:
            made.append((_named(_("公示结果"), notice), outcome_sheet(notice)))
    return [*made, (_("档案目录"), archive_index(sitting, record, [name for name, _paper in made]))]


def _named(what: str, notice: NoticeFacts) -> str:
    """公示-3-关于“楼道灯更换”的公示, as a name of a file may read."""
    title = "".join(one for one in notice.title if one not in '\\/:*?"<>|\n\r\t')
    return f"{what}-{notice.id}-{title[:LONGEST_TITLE]}"


@replaceable("archive")
def archive_index(sitting: Sitting, record: MeetingRecord, printed: Sequence[str]) -> Paper:
    """档案目录: what belongs into the folder of a meeting, what is in this set, and what is still missing."""
    lines = [(_("会议通知"), ""), (_("签到表（原件）"), ""), (_("表决票、计票单（原件）"), "")]
    lines += [(name, _("随本套")) for name in printed]
    posted = {notice.item_id for notice in record.notices}
    lines += [
        (_("“{title}”的公示", title=item.title), _("还没有公示"))
        for item in sitting.items
        if item.state is ItemState.PASSED and item.id not in posted
    ]
    lines += [(_("选票文件（电子，{n} 份）", n=len(record.hashes)), "")] if record.hashes else []
    rows = [[str(place), name, "", "", said] for place, (name, said) in enumerate(lines, 1)]
    return plain_paper(
        _("会议档案目录"),
        [
            _("会议：{meeting}", meeting=meeting_name(sitting)),
            _("日期：{day}    地点：{place}", day=day(today(sitting.at)), place=sitting.place),
        ],
        [],
        [_("立卷人：____________    检查人：____________    ____年__月__日")],
        Layout({"files": (1.4, 7.6, 1.6, 1.6, 3.6)}),
        files=([_("序号"), _("文件"), _("份数"), _("页数"), _("备注")], rows),
    )


def made_files(papers: Papers) -> dict[str, bytes]:
    """The Word files of a set, numbered in their order."""
    return {f"{place:02d}-{name}.docx": paper() for place, (name, paper) in enumerate(papers, 1)}


def zipped(files: Mapping[str, bytes]) -> bytes:
    """One file to carry away."""
    kept = BytesIO()
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return kept.getvalue()
