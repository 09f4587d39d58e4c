"""The pages of posters and riders in a real browser of a phone's size: without script, readable, easy to hit."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from db import engine as db_engine
from db.engine import reading_as_system
from db.models import Intake, Photo
from db.settings import settings
from db.upkeep.schema import migrate
from tests.builders.intake import a_poster, a_rider, a_service, code_of, with_place
from tests.builders.world import World, build_world
from tests.support.browser import PHONE, check, chromium
from tests.support.servers import AppServer

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]


@pytest.fixture(scope="module")
def street(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[AppServer, World, Browser]]:
    folder = tmp_path_factory.mktemp("street")
    url = f"sqlite:///{folder}/street.db"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIQILAI_DATABASE_URL", url)
        patch.setenv("YIQILAI_DATA_DIR", str(folder))
        db_engine.forget_engines()
        migrate()
        world = build_world()
        env = {"YIQILAI_DATABASE_URL": url, "YIQILAI_SECRET_KEY": "11" * 32}
        with AppServer(folder, env, warm=True) as server, chromium() as browser:
            yield server, world, browser
        db_engine.forget_engines()
    settings.cache_clear()


def test_a_rider_reports_with_a_photo_and_a_resident_orders_both_without_script(
    street: tuple[AppServer, World, Browser], tmp_path: Path
) -> None:
    server, world, browser = street
    rider, poster = code_of(a_rider(world)), code_of(a_poster(world))
    a_service(world)
    (tmp_path / "hole.jpg").write_bytes(with_place(6))
    size = {"width": PHONE[0], "height": PHONE[1]}
    phone = {"viewport": size, "is_mobile": True, "has_touch": True, "java_script_enabled": False, "locale": "zh-CN"}
    page = browser.new_context(**phone).new_page()  # type: ignore[arg-type]

    page.goto(f"{server.base_url}/r/{rider}")
    page.locator("label", has_text="路面坑洼").tap()
    page.get_by_label("具体位置").fill("菜场北门")
    page.get_by_label("照片").set_input_files(tmp_path / "hole.jpg")
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("status")).to_have_text("✓ 已收到")
    page.goto(f"{server.base_url}/o/{poster}")
    page.locator("label", has_text="测血压").tap()
    page.get_by_label("联系电话").fill("13812345678")
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("status")).to_have_text("✓ 已收到")

    with reading_as_system("test") as session:
        assert session.query(Intake).count() == 2
        assert session.query(Photo).count() == 1
    assert page.context.cookies() == []
    assert rider not in server.output()
    assert "13812345678" not in server.output()
    page.context.close()


@pytest.mark.parametrize(("width", "dark"), [(PHONE[0], False), (PHONE[0], True), (320, False)])
def test_every_state_is_accessible_and_fits_the_phone(
    street: tuple[AppServer, World, Browser], width: int, dark: bool
) -> None:
    server, world, browser = street
    number = f"LL-QX-{width}{int(dark)}"
    rider, poster = code_of(a_rider(world, number)), code_of(a_poster(world))
    a_service(world, f"打扫卫生{number}")
    page = browser.new_context(
        viewport={"width": width, "height": PHONE[1]}, is_mobile=True, has_touch=True, locale="zh-CN",
        color_scheme="dark" if dark else "light", reduced_motion="reduce",
    ).new_page()  # fmt: skip

    for path in (f"/r/{rider}", f"/o/{poster}", "/o/0000000000000"):
        page.goto(f"{server.base_url}{path}")
        check(page, path[:3])
    page.goto(f"{server.base_url}/o/{poster}")
    page.locator("label.o").first.tap()
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("alert")).to_be_visible()
    check(page, "mistake")
    page.get_by_label("联系电话").fill("13812345678")
    page.get_by_role("button", name="提交").tap()
    expect(page.get_by_role("status")).to_have_text("✓ 已收到")
    check(page, "receipt")
    page.context.close()
