"""Every page in a real browser: usable without eyes or a mouse, in Chinese, no wider than its screen, from one host."""

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from components.charts import INK
from components.menu import PageEntry, entries
from db.rules.permissions import GRANTS
from db.terms import Role
from tests.journeys.objects import OBJECTS
from tests.journeys.person import Person
from tests.journeys.stage import Stage, stage_in
from tests.support.browser import DESKTOP, PHONE, ROOM

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]

USERNAMES = {
    Role.SECRETARY: "shuji", Role.AREA_WORKER: "shegong1", Role.COUNCIL_MEMBER: "yishi1", Role.VOLUNTEER: "zhiyuan1",
    Role.SUBDISTRICT_ADMIN: "jiedao", Role.DISPLAY: "pingmu", Role.AUDITOR: "shenji",
}  # fmt: skip
USUAL = {
    "visit": Role.AREA_WORKER, "answers": Role.AREA_WORKER, "vote": Role.COUNCIL_MEMBER, "openings": Role.VOLUNTEER,
    "rounds": Role.AREA_WORKER, "my-orders": Role.VOLUNTEER, "my-service": Role.VOLUNTEER, "slots": Role.VOLUNTEER,
    "my-commitments": Role.VOLUNTEER,
    "screen": Role.DISPLAY, "audit": Role.AUDITOR,
}  # fmt: skip
"""Who opens a page most often, where it is not the secretary or, failing that, the administrator."""

STREAMLITS_OWN = ["list", "listitem"]
"""Asked of the page without its menu: st.navigation draws a list whose groups stand in <div> instead of <li>."""

ALLOWED = re.compile(
    r"[A-Z]{1,4}-[A-Z]{0,2}\d{4}-\d+(-\d+)?"  # numbers of needs, projects, volunteers, topics, disputes
    r"|\{[{%].*?[%}]\}"  # the fields of a Word template, as they are written in it
    r"|\b(Ctrl|Shift|Enter|Esc)\b"  # keys
    r"|\b\d+\s?[KM]B\b"  # sizes
    r"|\b[0-9a-f]{12,64}\b"  # checksums
    r"|\b(docx|DOCX|xlsx|XLSX|xls|XLS|XLSM|XLSB|ods|ODS|csv|TXT)\b"  # kinds of files
    r"|\b(QR|Excel|Word|CSV|PNG|MB|English|Yiqilai|Apache|ldd)\b"  # programs, formats, an example
    r"|\b(shuji|jiedao|kaoping|shegong|duizhang|zhiyuan|yishi|shenji|quji|pingmu)\d*\b"  # names for signing in
)
QUOTED = {
    "accounts": r"[a-z]+(_[a-z]+)*\d*",  # the names that people sign in with
    "audit": r".*(#\d+|: |：| → ).*|[a-z]+([-_ ,][a-z]+)*",  # the log quotes stored columns, values and permissions
    "settings": r"[A-Z][a-z ]+",  # the English names of the dictionary, in a column of their own
    "catalogue": r"[A-Z][A-Za-z ,'-]+",  # the same of the services
    "templates": r".*表格的行用 tr。.*|.*\d+\s?MB.*",  # a mark of the template language, a size
    "joining": r"\S+/join/[A-Z]+",  # the address of the plain page
    "about": r".*(Apache|Streamlit|SQL|Python).*",
}
"""Pages that show text which is English by its nature, and what it looks like."""

READ_WORDS = """() => {
  const found = []
  const icon = "[translate=no], [role=img], script, style, noscript, svg"
  const walk = root => {
    for (const element of root.querySelectorAll("*")) {
      if (element.shadowRoot) walk(element.shadowRoot)
      if (element.closest(icon) && element.tagName !== "IMG" || !element.getClientRects().length) continue
      for (const name of ["placeholder", "aria-label", "title", "alt"])
        if (element.hasAttribute(name)) found.push(element.getAttribute(name))
      for (const child of element.childNodes)
        if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) found.push(child.textContent.trim())
    }
  }
  walk(document.body)
  return found
}"""


def usual_role(entry: PageEntry) -> Role:
    return USUAL.get(entry.url_path) or next(
        role for role in (Role.SECRETARY, Role.SUBDISTRICT_ADMIN, *Role) if role in GRANTS[entry.permission].roles
    )


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    with stage_in(tmp_path_factory.mktemp("screens")) as stage:
        yield stage


@pytest.fixture(scope="module")
def seats(stage: Stage) -> dict[tuple[Role, tuple[int, int]], Person]:
    """Who already sits at which device."""
    return {}


SEEN_ON = [
    (entry, size, device)
    for entry in entries()
    # A meeting-room screen is no phone.
    for size, device in (
        [(ROOM, "room")] if usual_role(entry) is Role.DISPLAY else [(DESKTOP, "desktop"), (PHONE, "phone")]
    )
]


@pytest.mark.parametrize(
    ("entry", "size"),
    [(entry, size) for entry, size, _ in SEEN_ON],
    ids=[f"{entry.url_path or 'today'}-{device}" for entry, _, device in SEEN_ON],
)
def test_a_page_is_accessible_in_chinese_fits_its_screen_and_asks_no_foreign_host(
    stage: Stage, seats: dict[tuple[Role, tuple[int, int]], Person], entry: PageEntry, size: tuple[int, int]
) -> None:
    role = usual_role(entry)
    if (role, size) not in seats:
        seats[role, size] = Person(stage.browser, stage.server.base_url, size).sign_in(USERNAMES[role])
    person = seats[role, size]
    query = f"?id={stage.ask(OBJECTS[entry.url_path])[0][0]}" if entry.url_path in OBJECTS else ""

    person.go(entry.url_path + query)
    expect(person.page.locator("main h1").first).to_be_visible()
    words = person.page.evaluate(READ_WORDS)
    wide = person.page.evaluate("Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)")
    found = violations(person)

    assert found == []
    assert sorted({text for text in words if is_leftover(text, entry.url_path)}) == []
    assert wide <= size[0]
    assert person.foreign == []


@pytest.mark.parametrize("path", ["settings?part=days", "rounds"])
def test_what_is_chosen_can_be_read_at_night(stage: Stage, path: str) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE)
    person.page.emulate_media(color_scheme="dark")
    person.sign_in("jiedao" if path.startswith("settings") else "shuji").go(path)
    expect(person.page.locator("[data-testid=stButtonGroup] button[aria-checked=true]").first).to_be_visible()

    assert violations(person) == []


def test_the_eye_of_a_password_is_large_enough_for_a_thumb(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("jiedao").go("password")

    eyes = person.page.get_by_role("button", name="显示密码").all()

    assert eyes
    assert all(min(box["width"], box["height"]) >= 44 for eye in eyes if (box := eye.bounding_box()))


def test_a_phone_shows_no_keys_of_a_shortcut(stage: Stage) -> None:
    meeting = stage.ask(OBJECTS["meeting"])[0][0]
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shuji").go(f"meeting?id={meeting}")
    button = person.page.get_by_role("button", name="宣布开会")
    expect(button).to_be_visible()

    expect(button.get_by_text("Enter")).not_to_be_visible()
    expect(person.page.get_by_role("search").get_by_label("查找")).to_have_attribute("placeholder", "查找")


def test_the_parts_of_the_set_up_stand_in_one_row_and_are_not_printed(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("jiedao").go("accounts")
    parts = person.page.locator(".tabs a")
    expect(parts.last).to_be_visible()

    assert len({part.bounding_box()["y"] for part in parts.all()}) == 1  # type: ignore[index]

    person.page.emulate_media(media="print")

    expect(parts.first).not_to_be_visible()


def test_a_menu_that_does_not_fit_says_so_in_chinese(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, (1100, 800)).sign_in("shuji")

    expect(person.page.locator("header").get_by_text(re.compile(r"^还有 \d+ 项$"))).to_be_visible()


WIDEST = """() => Math.max(...[...document.querySelectorAll(
  "[data-testid=stMain] :is(p, [data-testid=stTextInput], [data-testid=stTextArea], [data-testid=stForm])"
)].map(one => one.getBoundingClientRect().width / parseFloat(getComputedStyle(document.documentElement).fontSize)))"""
"""The widest line of text, field or form, in the size of the letters."""


@pytest.mark.parametrize("path", ["notices", "new-complaint", "set-up"])
def test_nothing_to_read_or_to_fill_in_reaches_from_wall_to_wall(stage: Stage, path: str) -> None:
    person = Person(stage.browser, stage.server.base_url, ROOM).sign_in("shuji").go(path)
    expect(person.page.locator("[data-testid=stTextArea]").first).to_be_visible()

    assert person.page.evaluate(WIDEST) <= 48


def test_what_a_person_does_most_stands_in_one_row_of_a_phone(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shegong1")
    acts = person.page.locator("[class*=st-key-today-act] button")
    expect(acts.last).to_be_visible()

    assert len({act.bounding_box()["y"] for act in acts.all()}) == 1  # type: ignore[index]


def test_the_button_of_a_search_stays_where_its_other_fields_lie_behind_the_switch(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, PHONE).sign_in("shuji").go("people")
    expect(person.page.get_by_label("姓名（全名）")).to_be_visible()

    expect(person.page.get_by_label("室号")).not_to_be_visible()
    expect(person.page.get_by_test_id("stForm").get_by_role("button", name="查找")).to_be_visible()


def test_an_open_chart_goes_dark_with_the_system(stage: Stage) -> None:
    person = Person(stage.browser, stage.server.base_url, DESKTOP).sign_in("shuji").go("funnel")
    written = {theme: person.page.locator(f".vega-embed svg text[fill='{ink}']").first for theme, ink in INK.items()}
    expect(written["light"]).to_be_visible()

    person.page.emulate_media(color_scheme="dark")

    expect(written["dark"]).to_be_visible()
    expect(written["light"]).not_to_be_visible()


def is_leftover(text: str, page: str) -> bool:
    """Whether a text holds a foreign word that nobody explained."""
    quoted = page in QUOTED and re.fullmatch(QUOTED[page], text, re.DOTALL)
    return not quoted and re.search("[A-Za-z]{2,}", ALLOWED.sub("", text)) is not None


def violations(person: Person) -> list[str]:
    """What axe calls moderate, serious or critical, each with its first places."""
    whole = {"resultTypes": ["violations"], "rules": {rule: {"enabled": False} for rule in STREAMLITS_OWN}}
    inside = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": STREAMLITS_OWN}}
    found = Axe().run(person.page, options=whole).response["violations"]
    found += Axe().run(person.page, context="[data-testid=stMain]", options=inside).response["violations"]
    return [
        f"{one['id']}: {[node['html'][:300] for node in one['nodes'][:3]]}"
        for one in found
        if one["impact"] in ("moderate", "serious", "critical")
    ]
