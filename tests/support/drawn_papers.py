"""Papers that are no template alone: what is drawn to fit, ledgers, the street's form; with little and with much."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from components.admin.document_invented import invented
from components.orders.answer_paper import answer_slip
from components.orders.card_papers import contact_card
from components.reports.fill import fill_form
from components.reports.reading import best_layout, read_sheets
from components.reports.words import facts, worded_row
from components.reports.workbook import standard_sheet
from components.rota.papers import A3, A4, call_sheet, week_sheet
from components.sheets import View
from db.demo.reports.form_files import visit_form
from db.queries.needs.answer_slip import Matter, SlipLine
from db.queries.orders.pairings import CardHome, CardLine
from db.queries.rota.rotas import GridSlot, Post, RotaFacts
from db.queries.rota.slots import Named
from db.rules.reports.fields import DAYS, LEDGERS, NUMBERS, Period
from db.terms import LedgerKind, NeedStage, VolunteerKind
from tests.support.stretched import LONG_NAME, LONG_TEXT, MOST, ROWS

DAY = date(2026, 3, 5)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
MUCH = (LONG_TEXT * (MOST // len(LONG_TEXT) + 1))[:MOST]
HOME = CardHome(1, 1, "柳林社区", "0571-5555 0100", "柳林小区1幢 ***", False, ("柳林小学", "望江药店"))
CASES = ("sample", "short", "long")


def drawn_papers() -> Iterator[tuple[str, str, bytes]]:
    """(name of the case, ending, file)."""
    for case in CASES:
        yield from ((f"{name}-{case}", "docx", made) for name, made in _words(case))
        yield from ((f"{name}-{case}", "xlsx", made) for name, made in _books(case))


def _words(case: str) -> Iterator[tuple[str, bytes]]:
    helpers = {"sample": _helpers(3, "夏英银", "代买代办"), "short": [], "long": _helpers(5, LONG_NAME[:7], LONG_TEXT)}[
        case
    ]
    matters = {"sample": _matters(3, "换好了，物业每月检查一次。"), "short": [], "long": _matters(12, MUCH)}[case]
    facts, slots, names = _week(case)
    for large in (False, True):
        size = "_large" if large else ""
        yield f"card{size}", contact_card(HOME, helpers, large=large)
        yield f"slip{size}", answer_slip(HOME, matters, MARCH, DAY, large=large, worker="测试社工")
    for paper in (A4, A3):
        yield f"week_{paper.name}", week_sheet(facts, slots, names, date(2026, 3, 2), paper)
    yield "call", call_sheet(facts)


def _helpers(many: int, name: str, does: str) -> list[CardLine]:
    return [CardLine(name, f"1390000{n:04d}", VolunteerKind.RESIDENT, does, "每周二") for n in range(1, many + 1)]


def _matters(many: int, result: str) -> list[SlipLine]:
    states = (NeedStage.CLOSED, NeedStage.RESERVE, NeedStage.IN_PROJECT)
    return [
        SlipLine(
            Matter.NEED, f"LL-{n:03d}", DAY, f"{n} 单元楼道灯不亮", states[n % 3], result if n % 3 == 0 else "", DAY
        )
        for n in range(many)
    ]


def _week(case: str) -> tuple[RotaFacts, list[GridSlot], list[Named]]:
    posts = [invented(Post, id=n, name=name) for n, name in enumerate(("一米菜园", "东门岗亭", "长者食堂"), 1)]
    facts = invented(RotaFacts, posts=tuple(posts), title="暑期值班" if case != "long" else MUCH[:60])
    days = {"sample": 7, "short": 0, "long": 7}[case]
    slots, names = [], []
    for day in range(days):
        for post in posts:
            at = datetime(2026, 3, 2, 1, tzinfo=UTC) + timedelta(days=day)
            one = invented(GridSlot, id=day * 10 + post.id, post_id=post.id, on=at.date(), starts_at=at,
                           ends_at=at + timedelta(hours=3), places=6 if case == "long" else 2, filled=1)  # fmt: skip
            slots.append(one)
            for at_place in range(5 if case == "long" else 1):
                name = LONG_NAME if case == "long" else "成员01"
                names.append(Named(one.id, f"V-{day}{at_place}", name))
    return facts, slots, names


def _books(case: str) -> Iterator[tuple[str, bytes]]:
    many = {"sample": 2, "short": 0, "long": ROWS}[case]
    said = facts(MARCH, community="柳林社区", subdistrict="澄湖街道", total=many, on=DAY, filled_by="测试社工")
    for kind in LedgerKind:
        rows = [_row(kind, n, long=case == "long" and n == 1) for n in range(1, many + 1)]
        for view in View:
            yield f"{kind.value}_{view.value}", standard_sheet(kind, LEDGERS[kind], rows, said, view)[0]
    form = visit_form()
    layout = best_layout(read_sheets(form), LedgerKind.VISITS)
    visits = [_row(LedgerKind.VISITS, n, long=case == "long" and n == 1) for n in range(1, many + 1)]
    worded = [worded_row(one, LEDGERS[LedgerKind.VISITS]) for one in visits]
    yield "street_form", fill_form(form, layout, worded, said)


def _row(kind: LedgerKind, number: int, *, long: bool) -> dict[str, object]:
    row: dict[str, object] = {}
    for key in LEDGERS[kind]:
        row[key] = number if key in NUMBERS else DAY if key in DAYS else "楼道灯不亮"
    for key in ("words", "note", "title", "result"):
        if long and key in row:
            row[key] = MUCH
    return row | {"serial": number}
