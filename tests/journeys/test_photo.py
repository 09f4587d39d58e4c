"""A picture of a need, from a phone that wrote into it where it was taken: made small, shown, guarded, taken away."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from db.rules.photo import LONGEST_SIDE
from tests.journeys.stage import Stage, stage_in

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
GPS, MAKE = 0x8825, 0x010F


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("photo")) as ready:
        yield ready


@pytest.fixture
def taken(tmp_path: Path) -> Path:
    """A large picture with place and maker in it, as a phone keeps it."""
    exif = Image.Exif()
    exif[MAKE] = "Testphone"
    exif[GPS] = {1: "N", 2: (30.0, 15.0, 0.0), 3: "E", 4: (120.0, 10.0, 0.0)}
    path = tmp_path / "IMG_0001.jpg"
    Image.effect_noise((4000, 3000), 40).convert("RGB").save(path, quality=95, exif=exif)
    assert b"Testphone" in path.read_bytes()
    return path


def test_a_phone_adds_a_picture_and_only_who_may_see_it_gets_it(stage: Stage, taken: Path) -> None:
    worker = stage.person("shegong1")
    [(need,)] = stage.ask(
        "SELECT max(need.id) FROM need JOIN account ON account.community_id = need.community_id "
        "WHERE account.username = 'shegong1' AND need.stage = 'logged' "
        "AND need.id NOT IN (SELECT need_id FROM photo WHERE need_id IS NOT NULL)"
    )
    worker.go(f"need?id={need}")
    button = worker.page.locator("label.add")
    expect(button).to_be_visible()
    box = button.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 44

    worker.page.locator("label.add input[type=file]").set_input_files(taken)
    worker.is_told("照片已保存")
    worker.settle()

    shown = worker.page.locator("ul.shown img")
    expect(shown).to_have_count(1)
    shown.scroll_into_view_if_needed()
    expect(shown).to_have_js_property("naturalWidth", 320)  # nought until it has come
    address = f"{stage.server.base_url}{worker.page.locator('ul.shown a').get_attribute('href')}"
    whole = worker.context.request.get(address)
    assert whole.headers["cache-control"] == "no-store"
    assert b"Testphone" not in whole.body()
    with Image.open(BytesIO(whole.body())) as kept:
        assert max(kept.size) == LONGEST_SIDE
        assert not kept.getexif()
    assert len(whole.body()) < taken.stat().st_size / 2
    files = [path for path in Path(stage.server.env["YIQILAI_DATA_DIR"]).rglob("*") if path.is_file()]
    assert not [path for path in files if b"Testphone" in path.read_bytes()]

    worker.context.clear_cookies()
    assert worker.context.request.get(address).status == 401


def test_a_picture_as_an_iphone_keeps_it_is_told_so_at_once_and_another_can_be_chosen(
    stage: Stage, taken: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "IMG_0002.HEIC"
    kept.write_bytes(b"\x00\x00\x00\x28ftypheic\x00\x00\x00\x00mif1heic" + bytes(3_000_000))
    secretary = stage.person("shuji")
    [(need,)] = stage.ask(
        "SELECT need.id FROM need JOIN account ON account.community_id = need.community_id WHERE account.username ="
        " 'shuji' AND need.stage = 'logged' AND need.id NOT IN (SELECT need_id FROM photo WHERE need_id IS NOT NULL)"
        " ORDER BY need.id LIMIT 1"
    )
    secretary.go(f"need?id={need}")
    field = secretary.page.locator("label.add input[type=file]")
    assert "heic" not in str(field.get_attribute("accept"))
    assert "*" not in str(field.get_attribute("accept"))

    field.set_input_files(kept)
    expect(secretary.page.locator("p.said")).to_contain_text("HEIC")
    field.set_input_files(taken)

    secretary.is_told("照片已保存")


def test_a_picture_leaves_with_a_reason(stage: Stage) -> None:
    secretary = stage.person("shuji")
    [(photo, need)] = stage.ask("SELECT id, need_id FROM photo WHERE need_id IS NOT NULL ORDER BY id DESC LIMIT 1")
    secretary.go(f"need?id={need}")
    expect(secretary.page.locator("ul.shown img")).not_to_have_count(0)
    before = secretary.page.locator("ul.shown img").count()

    secretary.click("删除照片")
    secretary.pick("第 1 张")
    secretary.page.get_by_role("button", name="确认删除").click()
    secretary.settle().sees("请填写这一项。")
    secretary.fill("删除的原因", "拍到了路人的脸")
    secretary.submit("确认删除", "照片已删除")

    expect(secretary.page.locator("ul.shown img")).to_have_count(before - 1)
    assert secretary.context.request.get(f"{stage.server.base_url}/photo/{photo}").status == 404
