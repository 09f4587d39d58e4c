"""The rota of a week for the wall, on A4 or A3 in large type, and the call for volunteers; both in Word.

People stand there with their volunteer number and surname; who wants more asks at the desk.
"""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO

import streamlit as st
from docx.enum.section import WD_ORIENT
from docx.shared import Cm

from components.acting import note
from components.file_button import file_button
from components.papers.replaceable import in_own_template
from components.papers.word import (
    CENTRE,
    HEAD,
    TITLE,
    WORD,
    Column,
    Sheet,
    blank,
    built_in,
    cell,
    grid,
    line,
    lines,
    look,
    repeated,
    table,
    whole,
)
from components.reports.fill import tidy_cell
from components.rota.run import poster_words
from components.rota.words import hours_of
from components.wording import _, labelled
from components.wording.dates import day, short_day
from components.wording.telephones import telephone
from db.actions.exports import record_export
from db.queries.rota.rotas import GridSlot, Post, RotaFacts
from db.queries.rota.slots import Named
from db.rules.permissions import Actor, Permission


@dataclass(frozen=True, slots=True)
class Paper:
    """A sheet: its short side and long side in centimetres, and the size of its letters in points."""

    name: str
    short: float
    long: float
    size: float


A4, A3 = Paper("A4", 21.0, 29.7, 12), Paper("A3", 29.7, 42.0, 16)


Week = tuple[Sequence[GridSlot], Sequence[Named]]
"""The slots of a week, and who is in them."""


def paper_buttons(user: Actor, facts: RotaFacts, monday: date, week: Callable[[Actor], Week]) -> None:
    """The week's sheet on A4 and A3, and the call; each file is written down before it leaves the house."""
    if not user.may(Permission.EXPORT):
        return
    with st.container(horizontal=True):
        for paper in (A4, A3):

            def made(actor: Actor, paper: Paper = paper) -> bytes:
                slots, names = week(actor)
                _written(actor, facts, "rota", len(names) or 1)
                return week_sheet(facts, slots, names, monday, paper)

            file_button(user, Permission.EXPORT, _("打印本周 {paper}", paper=paper.name),
                        f"rota-{facts.id}-{monday.isoformat()}-{paper.name}.docx", WORD, made,
                        key=f"rota.paper.{paper.name}")  # fmt: skip

        def call(actor: Actor) -> bytes:
            _written(actor, facts, "rota_call", 1)
            return call_sheet(facts)

        file_button(user, Permission.EXPORT, _("招募启事（Word）"), f"rota-call-{facts.id}.docx", WORD, call,
                    key="rota.paper.call", icon=":material/campaign:")  # fmt: skip


def _written(actor: Actor, facts: RotaFacts, what: str, count: int) -> None:
    note(actor, record_export, what=what, rows={facts.community_id: count}, filters={"rota": facts.id})


def week_sheet(
    facts: RotaFacts, slots: Sequence[GridSlot], names: Sequence[Named], monday: date, paper: Paper
) -> bytes:
    """A line for each day and shift, a column for each post: who comes, and how many places are open."""
    in_slot = _by_slot(names)
    lines, used = _lines(slots), _posts(facts, slots)
    if (own := in_own_template("rota", week_values(facts, slots, names, monday))) is not None:
        return own
    document, wide = _sheet(paper, facts, monday), paper.long - 2.4
    first = paper.size * 0.34
    made = grid(document, len(lines) + 1, [first, *[(wide - first) / len(used)] * len(used)])
    repeated(made.rows[0])
    cell(made.cell(0, 0), _("班次"), size=paper.size, font=HEAD, align=CENTRE)
    for place, post in enumerate(used, 1):
        cell(made.cell(0, place), tidy_cell(post.name), size=paper.size, font=HEAD, align=CENTRE)
    for row_of_slots in made.rows[1:]:
        whole(row_of_slots)
    for number, ((on, hours), row) in enumerate(lines.items(), 1):
        cell(made.cell(number, 0), f"{short_day(on)} {hours}", size=paper.size, font=HEAD)
        for place, post in enumerate(used, 1):
            if (there := row.get(post.id)) is not None:
                cell(made.cell(number, place), _who(there, in_slot.get(there.id, [])), size=paper.size)
    line(document, _leave_words(facts), size=paper.size, font=HEAD, spacing=paper.size * 1.6, before=4)
    return _saved(document)


def week_values(facts: RotaFacts, slots: Sequence[GridSlot], names: Sequence[Named], monday: date) -> dict[str, object]:
    """What a template of the subdistrict is filled with: a line for each day and shift, its posts one below another."""
    in_slot, used = _by_slot(names), _posts(facts, slots)
    rows = [
        {
            "when": f"{short_day(on)} {hours}",
            "who": "\n".join(
                labelled(post.name, _who(row[post.id], in_slot.get(row[post.id].id, [])).replace("\n", _("、")) or "—")
                for post in used
                if post.id in row
            ),
        }
        for (on, hours), row in _lines(slots).items()
    ]
    return {
        "title": _week_title(facts, monday),
        "community": facts.community,
        "place": facts.place,
        "rows": rows,
        "foot": _leave_words(facts),
    }


@built_in
def week_template() -> Sheet:
    """What a subdistrict begins its own rota from: as many columns as there are posts are drawn by hand only."""
    document = blank(size=12, line=20, margin=1.6, top=1.4)
    line(document, "{{ title }}", size=18, font=HEAD, align=CENTRE, spacing=28)
    line(document, "{{ community }}　{{ place }}", align=CENTRE)
    columns = [Column(_("班次"), "{{ row.when }}", 5.4), Column(_("岗位和人员"), "{{ row.who }}", 12.0, centred=False)]
    table(document, "rows", columns, size=12)
    line(document, "{{ foot }}", font=HEAD, before=4)
    return document


def _lines(slots: Sequence[GridSlot]) -> dict[tuple[date, str], dict[int, GridSlot]]:
    """Day and hours → post → its slot."""
    lines: dict[tuple[date, str], dict[int, GridSlot]] = defaultdict(dict)
    for slot in slots:
        lines[slot.on, hours_of(slot.starts_at, slot.ends_at)][slot.post_id] = slot
    return lines


def _posts(facts: RotaFacts, slots: Sequence[GridSlot]) -> list[Post]:
    """The posts that have a slot in this week, or all."""
    there = {slot.post_id for slot in slots}
    return [post for post in facts.posts if post.id in there] or list(facts.posts)


def _leave_words(facts: RotaFacts) -> str:
    return _("有事来不了，请尽早打 {phone}。", phone=telephone(facts.desk_phone) or _("社区服务台"))


def _week_title(facts: RotaFacts, monday: date) -> str:
    return _("{title}排班表　{first}—{last}", title=tidy_cell(facts.title), first=day(monday),
             last=day(monday + timedelta(days=6)))  # fmt: skip


def _by_slot(names: Sequence[Named]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for one in names:
        found[one.slot_id].append(f"{one.name} {one.number}")
    return found


def _who(slot: GridSlot, names: Sequence[str]) -> str:
    if slot.called_off:
        return _("取消")
    lacks = slot.places - slot.filled
    return "\n".join([*names, _("（缺 {n} 人）", n=lacks)] if lacks else names)


def _sheet(paper: Paper, facts: RotaFacts, monday: date) -> Sheet:
    document = blank(size=paper.size, line=paper.size * 1.5, margin=1.2, top=1.4)
    section = document.sections[0]
    # Width, height and orientation belong together: Word turns nothing by itself.
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Cm(paper.long), Cm(paper.short)
    head = section.header.paragraphs[0]
    head.alignment = CENTRE
    look(head.add_run(_week_title(facts, monday)), size=paper.size * 1.4, font=HEAD)
    under = section.header.add_paragraph()
    under.alignment = CENTRE
    look(under.add_run(f"{facts.community}　{tidy_cell(facts.place)}"), size=paper.size)
    return document


def call_values(facts: RotaFacts) -> dict[str, object]:
    """What a template of the subdistrict is filled with."""
    return {
        "community": facts.community,
        "title": tidy_cell(facts.title),
        "text": [tidy_cell(text) for text in poster_words(facts).splitlines()[1:]],
        "posts": [
            tidy_cell(labelled(post.name, post.task) if post.task else post.name)
            for post in facts.posts
            if post.task or post.skill
        ],
    }


@built_in
def call_template() -> Sheet:
    """What a subdistrict begins its own call from."""
    document = blank(size=20, line=34, margin=2.2, top=2.0, pages=False)
    line(document, "{{ community }}", align=CENTRE)
    line(document, "{{ title }}", size=28, font=TITLE, align=CENTRE, spacing=48)
    line(document, _("招募志愿者"), size=30, font=TITLE, align=CENTRE, spacing=44)
    lines(document, "text", before=8)
    lines(document, "posts", size=18, spacing=28)
    return document


def call_sheet(facts: RotaFacts) -> bytes:
    """招募启事 in large print on one A4 sheet."""
    values = call_values(facts)
    if (own := in_own_template("rota_call", values)) is not None:
        return own
    document = blank(size=20, line=34, margin=2.2, top=2.0, pages=False)
    title = tidy_cell(facts.title)
    # The width of the sheet is 470 points; a title that would break leaves one character alone on a line.
    size = min(36, max(24, 460 // max(1, len(title))))
    line(document, facts.community, size=20, align=CENTRE, spacing=34)
    line(document, title, size=size, font=TITLE, align=CENTRE, spacing=48)
    line(document, _("招募志愿者"), size=30, font=TITLE, align=CENTRE, spacing=44)
    for text in poster_words(facts).splitlines()[1:]:
        line(document, tidy_cell(text), size=20, spacing=34, before=8)
    for post in facts.posts:
        if post.task or post.skill:
            line(document, tidy_cell(labelled(post.name, post.task) if post.task else post.name), size=18, spacing=28)
    return _saved(document)


def _saved(document: Sheet) -> bytes:
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()
