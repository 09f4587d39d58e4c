"""The Word documents of a meeting by name, for the console: notice, sign-in sheet, result sheet, minutes.

Names of members stand in the minutes, never on the screen.
"""

from collections.abc import Callable

from components.meetings.papers_minutes import minutes
from components.meetings.papers_notice import notice_document, sign_in_sheet
from components.meetings.papers_result import result_sheet
from components.papers.word import WORD, Paper
from components.wording import _
from components.wording.dates import today
from db.queries.meetings.papers import NOTHING_MORE, MeetingRecord
from db.rules.meetings.sitting import Sitting

__all__ = ["DOCUMENTS", "WORD", "Paper", "document", "file_name", "paper_name"]

DOCUMENTS: dict[str, Callable[[Sitting], Paper]] = {
    "notice": notice_document,
    "sheet": sign_in_sheet,
    "results": result_sheet,
    "minutes": minutes,
}
"""Every paper from the sitting alone; `document` adds the record."""


def document(what: str, sitting: Sitting, record: MeetingRecord = NOTHING_MORE) -> Paper:
    """One paper with all that is known. Raises Refused("books_…") for a result sheet or minutes on false books."""
    if what == "results":
        return result_sheet(sitting, record)
    if what == "minutes":
        return minutes(sitting, record)
    return notice_document(sitting) if what == "notice" else sign_in_sheet(sitting)


def paper_name(what: str) -> str:
    """The name of a document (`db.rules.papers.word_file.TEMPLATE_KINDS`) in the reader's language."""
    names = {
        "notice": _("会议通知"),
        "sheet": _("签到表"),
        "results": _("表决结果报告单"),
        "minutes": _("会议纪要"),
        "public": _("公示"),
        "ballot": _("表决票"),
        "slips": _("票码单"),
        "cards": _("成员卡"),
        "checks": _("核对码清单"),
        "topic": _("议题征集审核表"),
        "set": _("整套"),
    }
    return names[what]


def file_name(sitting: Sitting, what: str) -> str:
    """第3届第1次-表决结果报告单-2026-03-10.docx."""
    place = _("第{term}届第{number}次", term=sitting.term, number=sitting.number)
    return f"{place}-{paper_name(what)}-{today(sitting.at).isoformat()}.docx"
