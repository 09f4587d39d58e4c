"""A secretary brings three lists as they are: an old .xls, a text file in GBK, an .xlsx with a wrong cell."""

import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from playwright.sync_api import TimeoutError, expect

from tests.builders.imports import household_file
from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.sheet_fuzz import XLS, separated
from tests.support.waiting import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("import")) as stage:
        yield stage


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """The three files, under names that people give them."""
    made = {
        "花名册.xls": XLS.read_bytes(),
        "导出.csv": separated(",", "gbk"),
        "新花名册.xlsx": household_file(30, faulty=4),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in made}


def lay(person: Person, file: Path) -> None:
    person.go("imports?kind=households")
    person.page.locator("input[type=file]").set_input_files(file)
    expect(person.page.get_by_text(re.compile("共 \\d+ 行")).first).to_be_visible()
    person.settle()


def put_right(person: Person, *, column: int, row: int, text: str) -> None:
    """Type into one cell. The table is drawn on a canvas; what it holds stands in it as cells for a screen reader."""
    table = person.page.get_by_test_id("stDataFrame").first
    cell = table.get_by_test_id(f"glide-cell-{column}-{row}")
    editor = person.page.locator("#portal textarea, #portal input").first
    table.scroll_into_view_if_needed()

    def typed() -> bool:
        # It may still be drawn anew after the answer, under the pointer or under the editor: each try begins with the
        # place of the table. The last column is the widest.
        box = table.bounding_box()
        assert box is not None
        person.page.mouse.click(box["x"] + box["width"] - 40, box["y"] + 35 + 35 * row + 17)
        with suppress(AssertionError, TimeoutError):
            expect(cell).to_have_attribute("aria-selected", "true", timeout=2000)
            person.page.keyboard.press("Enter")
            editor.fill(text, timeout=2000)
            return True
        person.page.keyboard.press("Escape")
        return False

    wait_until(typed, "the editor of the cell that is clicked")
    with person.answered():  # the table tells of an edit only after a pause of half a second
        editor.press("Enter")
        expect(cell).to_have_text(text)


def test_three_lists_come_in_one_is_put_right_and_taken_back(stage: Stage, files: dict[str, Path]) -> None:
    secretary = stage.person("shuji")
    for name, count in (("花名册.xls", 20), ("导出.csv", 20)):
        lay(secretary, files[name])
        secretary.sees(f"共 {count} 行，{count} 行可以导入")

    lay(secretary, files["新花名册.xlsx"])
    secretary.sees("1 行有问题")
    put_right(secretary, column=2, row=0, text="13800000004")
    secretary.click("重新检查").sees("共 30 行，30 行可以导入")
    secretary.submit("导入 30 行", "批已导入")

    secretary.sees("新花名册.xlsx").unfold("撤销一批")
    secretary.choose("哪一批", "新花名册.xlsx").fill("撤销原因", "导错了年份")
    secretary.submit("撤销这一批", "已撤销")
    secretary.sees("导错了年份")
