"""Nothing that residents, members or helpers hold in their hands is printed smaller than 12 points."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pytest
from docx import Document
from docx.shared import Pt

from components.activities.market_papers import helper_slips, stall_signs
from components.admin.document_samples import sample_sitting
from components.commitments.board_paper import board_document
from components.commitments.review_papers import ballots
from components.intake.poster_paper import poster_document
from components.meetings.papers_ballot import ballot_papers, check_list, member_cards, slip_sheet
from components.orders.answer_paper import answer_slip
from components.orders.card_papers import contact_card
from components.orders.slip_paper import order_slip
from components.results.public import poster
from components.text_height import LEAST
from db.engine import reading
from db.queries.commitments.wall import WallMember, WallPromise
from db.queries.intake.posters import PosterPaper
from db.queries.needs.answer_slip import Matter, SlipLine
from db.queries.orders.page import order_facts
from db.queries.orders.pairings import CardHome, CardLine
from db.queries.results.public import CodeRow
from db.rules.reports.fields import Period
from db.terms import NeedStage, PosterKind, PromiseRhythm, ReviewStanding, VolunteerKind
from tests.builders.orders import an_order
from tests.builders.world import NOW, TODAY, World

SITTING, ADDRESS, PHONE = sample_sitting(), "https://yiqilai.example", "0571-5555 0100"
HOME = CardHome(1, 1, "柳林社区", PHONE, "柳林小区1幢 ***", False, ("便民维修队（水电维修）",))
HELPERS = [CardLine(f"夏英{n}", f"1390000222{n}", VolunteerKind.RESIDENT, "代买代办", "每两周一次") for n in range(5)]
MATTERS = [
    SlipLine(Matter.NEED, "LL-1", TODAY, "楼道灯", stage, "换好了", TODAY)
    for stage in (NeedStage.CLOSED, NeedStage.RESERVE)
]
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
PROMISE = WallPromise("代买菜", "高龄老人", PromiseRhythm.WEEKLY, 1, "次", TODAY, None, None, False)
REVIEW: Any = SimpleNamespace(
    branch="第一党支部",
    year=2026,
    may_vote=16,
    members=(SimpleNamespace(standing=ReviewStanding.DUE, printed="欧阳文"),),
)
HELPER = SimpleNamespace(
    volunteer_id=1, name="李*", kind=VolunteerKind.RESIDENT, starts=540, ends=600, times=1, left=False
)
STALL = SimpleNamespace(number=1, item="理发", description="免费理发", code="7K3M9QXA", there=(HELPER,))
MARKET: Any = SimpleNamespace(title="便民集市", on=TODAY, live=(STALL,))


def a_poster(kind: PosterKind) -> bytes:
    return poster_document(PosterPaper(1, kind, "一楼宣传栏", "柳林小区", "柳林社区", PHONE, "7K3M9QXA", ()), ADDRESS)()


PAPERS: dict[str, Callable[[], bytes]] = {
    "small card, one helper": lambda: contact_card(HOME, HELPERS[:1], large=False),
    "small card, five helpers": lambda: contact_card(HOME, HELPERS, large=False),
    "large card": lambda: contact_card(HOME, HELPERS, large=True),
    "answer slip": lambda: answer_slip(HOME, MATTERS, MARCH, TODAY, large=False, worker="测试社工"),
    "large answer slip": lambda: answer_slip(HOME, MATTERS, MARCH, TODAY, large=True, worker="测试社工"),
    "ballot": ballot_papers(SITTING, SITTING.items[0]),
    "ballot, ranking": ballot_papers(SITTING, SITTING.items[1]),
    "ballot, long motion": ballot_papers(SITTING, replace(SITTING.items[0], motion="很" * 600)),
    "voting slips": slip_sheet(SITTING, [(1, "7K3M9QX01A")], ADDRESS),
    "member cards": member_cards("柳林社区居民议事会", [(1, "王一", "7K3M9QXA")]),
    "check codes": check_list(SITTING, SITTING.items[0], [("4F7K-2M9P", "赞成")]),
    "ballots of a review": ballots(REVIEW),
    "progress poster": poster(CodeRow(1, 1, "柳林社区", "7K3M9QXA"), ADDRESS),
    "wall, A3": board_document(
        [WallMember(1, "夏英", "一支部", (PROMISE,), "7K")], "柳林", ADDRESS, on=TODAY, large=True
    ),
    "wall, A4": board_document(
        [WallMember(1, "夏英", "一支部", (PROMISE,), "7K")], "柳林", ADDRESS, on=TODAY, large=False
    ),
    "slips of a market": helper_slips(MARKET, {1: "李福根"}, ADDRESS),
    "signs of a market": stall_signs(MARKET),
    **{f"poster, {kind}": lambda kind=kind: a_poster(kind) for kind in PosterKind},  # type: ignore[misc]
}


def sizes(made: bytes) -> Iterator[tuple[float, str]]:
    """The size of every run that says something, in cells too; where a run has none, that of the plain style."""
    document: Any = Document(BytesIO(made))
    usual = document.styles["Normal"].font.size.pt
    feet = [section.footer._element for section in document.sections]
    for part in (document.element.body, *feet):
        for run in part.iter("{*}r"):
            said = "".join(text.text or "" for text in run.iter("{*}t"))
            size = run.find("./{*}rPr/{*}sz")
            if said.strip():
                yield (int(size.values()[0]) / 2 if size is not None else usual), said


def too_small(made: bytes) -> list[tuple[float, str]]:
    return [(size, text) for size, text in sizes(made) if size < LEAST]


@pytest.mark.parametrize("name", PAPERS)
def test_no_paper_that_is_handed_out_is_printed_under_twelve_points(name: str) -> None:
    made = PAPERS[name]()

    assert list(sizes(made)), "there is something to read"
    assert too_small(made) == []


def test_the_slip_that_goes_with_a_helper_is_printed_from_twelve_points_on(small_world: World) -> None:
    order = an_order(small_world)
    with reading(small_world.worker) as session:
        facts = order_facts(session, order, now=NOW)
    assert facts is not None

    assert too_small(order_slip(facts)()) == []


def test_small_print_is_found() -> None:
    document: Any = Document()
    document.styles["Normal"].font.size = Pt(9)
    document.add_table(1, 1).cell(0, 0).text = "小字"
    kept = BytesIO()
    document.save(kept)

    assert too_small(kept.getvalue()) == [(9, "小字")]
