"""会议纪要: who was there, what was decided with which vote, who does what, who signs; the books stand in the annex."""

from docx.shared import Cm

from components.meetings.decided import decided_words
from components.meetings.papers_annex import annex_fields, annex_part
from components.meetings.papers_notice import meeting_fields, meeting_form
from components.meetings.papers_result import correction_lines, vote_fields
from components.papers.replaceable import replaceable
from components.papers.word import (
    CENTRE,
    HEAD,
    SIGN,
    Column,
    Paper,
    Sheet,
    built_in,
    cell,
    grid,
    heading,
    headline,
    line,
    lines,
    look,
    mark,
    official,
    paper,
    table,
    when,
)
from components.voting.quorum import with_proxy
from components.wording import _, side_by_side
from components.wording.dates import day
from components.wording.terms import term
from db.queries.meetings.papers import NOTHING_MORE, MeetingRecord
from db.rules.meetings.sitting import Item, Point, Sitting
from db.terms import ItemState, MemberPresence

_ASKED = (MemberPresence.PRESENT, MemberPresence.LEAVE, MemberPresence.ABSENT, MemberPresence.LEFT_EARLY)
SIDES = ("left", "middle", "right")
MANY_ITEMS = 10
"""Beyond it what was decided stands in 4号 instead of 3号, so that thirty items take eight pages."""
MANY = 30
"""From so many signatures on their table begins a page of its own: sixty fit on one."""


@replaceable("minutes")
def minutes(sitting: Sitting, record: MeetingRecord = NOTHING_MORE) -> Paper:
    """会议纪要 with room for every member's signature. Raises Refused("books_…") as the result sheet does."""
    came = [seat for seat in sitting.seats if seat.came_at is not None]
    numbers = {item.id: item.position for item in sitting.items}
    fields = [vote_fields(sitting, item, record) for item in sitting.items]
    values = meeting_fields(sitting) | {
        "people": [line for line in (_names(sitting, kind) for kind in _ASKED) if line],
        "recorder": SIGN,
        "compact": len(sitting.items) > MANY_ITEMS,
        "agenda": [
            {"number": item.position, "title": item.title, "state": term(item.state), "next": _next(item)}
            for item in sitting.items
        ],
        "items": [
            voted | {"points": _points(sitting, item), "state": term(item.state), "decided": decided_words(item)}
            for item, voted in zip(sitting.items, fields, strict=True)
        ],
        "tasks": [
            {
                "number": numbers.get(task.item_id, ""),
                "item": task.item,
                "title": task.title,
                "owner": task.owner,
                "due": day(task.due_on),
            }
            for task in record.tasks
        ],
        "corrections": correction_lines(record),
        "signatures": [f"{s.seat:02d} {with_proxy(s)} {SIGN}" for s in came],
        "sign_rows": _in_threes([f"{seat.seat:02d} {with_proxy(seat)}" for seat in came]),
        "sign_alone": len(came) > MANY,
        **annex_fields(fields, record),
    }
    return paper(minutes_template(), values)


def _in_threes(names: list[str]) -> list[dict[str, str]]:
    """Three names to a row, read along the row; the last row may have empty places."""
    padded = names + [""] * (-len(names) % len(SIDES))
    return [dict(zip(SIDES, padded[n : n + len(SIDES)], strict=True)) for n in range(0, len(padded), len(SIDES))]


def _names(sitting: Sitting, kind: MemberPresence) -> str:
    names = [with_proxy(seat) for seat in sitting.seats if seat.presence is kind]
    if not names:
        return ""
    return _("{presence}（{count}）：{names}", presence=term(kind), count=len(names), names=side_by_side(names))


def _points(sitting: Sitting, item: Item) -> list[str]:
    return [text for point in sitting.points if point.item_id == item.id for text in _point(point)]


def _point(point: Point) -> list[str]:
    who = point.name or _("与会成员")
    if not point.amendment:
        return [_("{who}：{words}", who=who, words=point.words)]
    verdict = _("采纳") if point.carried else _("未采纳")
    moved = _("{who}提出修正（{verdict}）：{motion}", who=who, verdict=verdict, motion=point.new_motion)
    return [moved, _("修正前：{motion}", motion=point.motion_before)]


def _next(item: Item) -> str:
    return {
        ItemState.PASSED: _("公示"),
        ItemState.NOT_PASSED: _("回音提出人"),
        ItemState.POSTPONED: _("下次会议"),
    }.get(item.state, "")


def _decided(document: Sheet, *, size: float | None = None, spacing: float | None = None) -> None:
    decided = line(document, "{{ item.number }}. {{ item.title }}", font=HEAD, indent=True, size=size, spacing=spacing)
    look(decided.add_run(_("。{{ item.decided }}")), size=size)


@built_in
def minutes_template() -> Sheet:
    """会议纪要 with its signatures and its annex."""
    document = official()
    headline(document, _("会议纪要"))
    meeting_form(
        document,
        (_("出席"), "{% for line in people %}{{ line }}{% if not loop.last %}\n{% endif %}{% endfor %}"),
        (_("列席"), _("{{ observers }} 人")),
        (_("记录"), "{{ recorder }}"),
        (_("议事规则"), "{{ rule }}"),
    )
    when(document, "short_notice", _("通知时间短于议事规则，原因：{{ short_notice }}"), size=12, spacing=20)
    lines(document, "changes", size=12, spacing=20)
    mark(document, "if items")
    heading(document, _("一、议定事项"))
    mark(document, "endif")
    mark(document, "for item in items")
    mark(document, "if compact")
    _decided(document, size=14, spacing=22)
    mark(document, "else")
    _decided(document)
    mark(document, "endif")
    when(document, "item.advisory", "{{ item.advisory }}", font="KaiTi", indent=True)
    when(document, "item.recused", "{{ item.recused }}", indent=True)
    lines(document, "item.earlier", size=12, spacing=20, indent=True)
    lines(document, "item.points", size=12, spacing=20, indent=True)
    mark(document, "endfor")
    mark(document, "if tasks")
    heading(document, _("二、交办事项"))
    tasks = [
        Column(_("议题"), "{{ row.number }}", 1.4),
        Column(_("事项"), "{{ row.title }}", 7.2, centred=False),
        Column(_("责任人"), "{{ row.owner }}", 3.2),
        Column(_("时限"), "{{ row.due }}", 4),
    ]
    table(document, "tasks", tasks)
    mark(document, "endif")
    mark(document, "if corrections")
    heading(document, _("更正"))
    lines(document, "corrections", size=12, spacing=20, indent=True)
    mark(document, "endif")
    _signatures(document)
    annex_part(document)
    return document


def _signatures(document: Sheet) -> None:
    """The chair's row stands above the members', so that it is never alone on a last page."""
    mark(document, "if sign_alone")
    line(document, "", size=1, spacing=1).paragraph_format.page_break_before = True
    mark(document, "endif")
    heading(document, _("签字"))
    widths = [3.2, 2.05] * len(SIDES)
    above = grid(document, 1, widths)
    for place, words in enumerate((_("主持人"), _("记录人"), _("签发"))):
        cell(above.cell(0, 2 * place), words, font=HEAD, align=CENTRE)
    above.rows[0].height = Cm(1.1)
    columns = [
        column
        for side in SIDES
        for column in (Column(_("成员"), f"{{{{ row.{side} }}}}", widths[0]), Column(_("签名"), "", widths[1]))
    ]
    made = table(document, "sign_rows", columns, size=10.5)
    made.rows[2].height = Cm(0.92)
