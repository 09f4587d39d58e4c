"""附件：计票核对 of minutes and result sheet: accounts of every way of voting, ballot files, how to count again.

The body of a paper says what was decided; what proves it stands here, in small type, with the hashes once more as QR.
"""

from collections.abc import Mapping, Sequence

from components.papers.word import CENTRE, Column, Sheet, heading, line, mark, qr_picture, table
from components.wording import _
from db.queries.meetings.papers import MeetingRecord

TO_A_CODE = 8
"""Hashes in one QR: with more of them a telephone cannot read the print any more."""


def annex_fields(votes: Sequence[Mapping[str, object]], record: MeetingRecord) -> dict[str, object]:
    """What the annex prints of the votes of a meeting, as `vote_fields` gives them; empty without a proof."""
    proved = [vote for vote in votes if vote["proof"] or vote["file_hash"]]
    hashes = [f"{vote['number']} {vote['file_hash']}" for vote in proved if vote["file_hash"]]
    head = _head(record)
    coded = [*hashes, *([f"{record.log_entries} {record.audit_head}"] if head else [])]
    return {
        "proved": [
            {
                "number": vote["number"],
                "books": "\n".join(str(way) for way in _strings(vote["proof"])),
                "hash": vote["file_hash"],
            }
            for vote in proved
        ],
        "proof_codes": [
            qr_picture("\n".join(coded[n : n + TO_A_CODE]), width=29) for n in range(0, len(coded), TO_A_CODE)
        ],
        "recount": _("拿到选票文件的人可用 python -m db recount 文件名 重新计票；文件的 SHA-256 应与上表和二维码相同。")
        if hashes
        else "",
        "audit_head": head,
    }


def _strings(value: object) -> Sequence[object]:
    return value if isinstance(value, list) else []


def _head(record: MeetingRecord) -> str:
    """The head of the log as the auditor's page asks for it; empty until the meeting is closed."""
    if not record.audit_head:
        return ""
    return _("第 {n} 条，校验码 {hash}", n=record.log_entries, hash=record.audit_head)


def annex_part(document: Sheet) -> None:
    """The annex of a template whose values hold `annex_fields`; nothing where nothing is proved."""
    mark(document, "if proved or audit_head")
    heading(document, _("附件：计票核对"))
    mark(document, "if proved")
    columns = [
        Column(_("议题"), "{{ row.number }}", 1.3),
        Column(_("账目"), "{{ row.books }}", 8.1, centred=False),
        Column(_("选票文件 SHA-256"), "{{ row.hash }}", 6.4, centred=False),
    ]
    made = table(document, "proved", columns, size=8.5)
    for one in made.rows[2].cells:
        one.paragraphs[0].paragraph_format.line_spacing = 1.0
    # A short annex is not torn apart: heading, accounts and codes go to the next page together.
    for kept in [document.paragraphs[-1], *(part for row in made.rows for one in row.cells for part in one.paragraphs)]:
        kept.paragraph_format.keep_with_next = True
    mark(document, "endif")
    # They go to the next page together with the code, which never stands there alone.
    for name, text in (("recount", "{{ recount }}"), ("audit_head", _("闭会时审计日志末条：{{ audit_head }}"))):
        mark(document, f"if {name}")
        line(document, text, size=9, spacing=13).paragraph_format.keep_with_next = True
        mark(document, "endif")
    mark(document, "if proof_codes")
    codes = line(document, "{% for code in proof_codes %}{{ code }} {% endfor %}", align=CENTRE)
    codes.paragraph_format.line_spacing = 1.0
    mark(document, "endif")
    mark(document, "endif")
