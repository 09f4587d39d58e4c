"""What a form reckons takes in the rows that come in, and what would miss them is refused with its cell and a fix."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from components.refusals.shown import sentence
from components.reports.fill import fill_form
from components.reports.trial import check_formulas
from db.errors import Refused
from db.rules.reports.form import FormLayout

SAID: dict[str, str | int] = {"community": "柳林社区"}


def saved(book: Workbook) -> bytes:
    kept = BytesIO()
    book.save(kept)
    return kept.getvalue()


def a_form(*lines: list[Any]) -> Workbook:
    """序号、涉及人数、占比 over three blank rows, and what stands below and in them."""
    book = Workbook()
    book.active.append(["序号", "涉及人数", "占比"])
    for line in lines:
        book.active.append(line)
    return book


BLOCK = FormLayout("xlsx", "Sheet", 1, 2, 4, {1: "serial", 2: "people"})


def grown(book: Workbook, count: int = 20, layout: FormLayout = BLOCK) -> Any:
    made = fill_form(saved(book), layout, [{"serial": n, "people": 5} for n in range(1, count + 1)], SAID)
    return load_workbook(BytesIO(made))


def test_a_share_of_the_whole_block_is_a_share_of_all_rows_in_every_row() -> None:
    book = a_form(*([None, None, f"=B{row}/SUM($B$2:$B$4)"] for row in (2, 3, 4)), ["合计", "=SUM(B2:B4)"])
    book.create_sheet("汇总")["A1"] = "=MAX(Sheet!$B$2:$B$4)/SUM(Sheet!B$2:B$4)"

    made = grown(book)

    assert [made["Sheet"].cell(row, 3).value for row in (2, 4, 21)] == [
        f"=B{row}/SUM($B$2:$B$21)" for row in (2, 4, 21)
    ]
    assert made["汇总"]["A1"].value == "=MAX(Sheet!$B$2:$B$21)/SUM(Sheet!B$2:B$21)"


def test_a_running_total_goes_on_from_the_row_above() -> None:
    book = a_form([None, None, "=B2"], [None, None, "=C2+B3"], [None, None, "=C3+B4"])

    made = grown(book, 6)["Sheet"]

    assert [made.cell(row, 3).value for row in range(2, 8)] == ["=B2", *(f"=C{r - 1}+B{r}" for r in range(3, 8))]


@pytest.mark.parametrize(
    ("formula", "fix"),
    [
        ("=B2+B3+B4", "=SUM(B2:B4)"),
        ("=SUM(B3:B4)", "=SUM(B2:B4)"),
        ("=$B$4", "=SUM(B2:B4)"),
        ("=IF(Sheet!B3>0,1,0)", "=SUM(Sheet!B2:B4)"),
    ],
)
def test_a_formula_that_names_single_rows_is_refused_with_its_cell_and_a_fix(formula: str, fix: str) -> None:
    with pytest.raises(Refused) as refused:
        check_formulas(saved(a_form([], [], [], ["合计", formula])), BLOCK)

    assert refused.value.rule == "form_single_rows"
    assert refused.value.values.items() >= {"where": "Sheet!B5", "formula": formula, "fix": fix}.items()
    said = sentence(refused.value)
    assert "Sheet!B5" in said
    assert fix in said


@pytest.mark.parametrize("formula", ["=SUM(B2:B4)", "=SUM($B$2:$B$4)", "=SUM(B:B)", "=B1", "=SUM(B2:B3)", "=别表!B3"])
def test_a_formula_that_takes_every_row_in_is_taken(formula: str) -> None:
    check_formulas(saved(a_form([None, None, "=B2*2"], [], [None, None, "=C3+B4"], ["合计", formula])), BLOCK)


def test_one_blank_row_that_is_summed_as_a_range_is_taken() -> None:
    one = FormLayout("xlsx", "Sheet", 1, 2, 2, {1: "serial", 2: "people"})

    check_formulas(saved(a_form([], ["合计", "=SUM(B2:B2)"])), one)
    assert grown(a_form([], ["合计", "=SUM(B2:B2)"]), 5, one).active["B7"].value == "=SUM(B2:B6)"
