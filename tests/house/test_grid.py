"""The house is a grid: rows are layers, columns are areas of the trade. Each law is proven on planted offenders.

Where this differs from the design, and why: `docs/decisions/0028-the-house-as-a-grid.md`.
"""

import ast
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.tree import ROOT, imported, plant

Complaints = Iterator[str]

GROUPS = (
    ("find",),
    ("admin", "imports", "today", "results"),
    ("intake", "offline", "orders", "rota", "activities", "commitments", "volunteers"),
    ("meetings", "progress", "screen"),
    ("complaints", "council", "reports"),
    ("doors", "projects", "people", "members", "units", "needs"),
    ("voting", "papers", "accounts"),
)
"""The areas, top to bottom."""
LEVEL = {area: level for level, group in enumerate(GROUPS) for area in group}

HALLS = {
    "pages": {"about.py", "public", "shell.py"},
    "components": {
        "__init__.py", "access.py", "acting.py", "address.py", "asking.py",
        "charts",
        "community_choice.py",
        "detail.py",
        "file_button.py", "file_tickets.py", "forms.py", "gaps.py", "held_words.py", "inputs.py", "kpi.py",
        "language.py", "leftovers.js", "lists.py", "mark.svg", "menu.py", "menu_pages.py", "metrics.py",
        "moved_periods.py", "photo_box.py", "public_address.py", "qr.py", "refusals", "search_box.py", "sheets.py",
        "tabs.py",
        "text_height.py", "wording",
        "wordmark.svg",
    },
    "components/refusals": {"__init__.py", "files.py", "shown.py"},
    "components/wording/en": {"core.po", "public.po"},
    "db/terms": {"__init__.py"},
    "db/rules": {
        "__init__.py", "clock.py", "half_days.py", "lifecycle.py", "limits.py", "masking.py", "numerals.py",
        "percent.py", "permission_names.py", "permissions.py", "phone.py", "photo.py", "printed_code.py",
        "readings.py", "search.py", "typed.py", "workdays.py", "years.py", "zone.py",
    },
    "db/queries": {"__init__.py", "kept.py", "moved_periods.py", "named.py", "paging.py", "photos.py"},
    "db/actions": {
        "__init__.py", "exports.py", "fields.py", "life.py", "loading.py", "numbered.py", "numbering.py", "photos.py",
        "unmasking.py",
    },
    "db/demo": {"__init__.py", "building.py", "bulk.py", "days.py", "frame.py", "names.py"},
    "tests/rules": {
        "test_clock.py", "test_half_days.py", "test_lifecycle.py", "test_masking.py", "test_numerals.py",
        "test_percent.py", "test_phone.py", "test_photo.py", "test_readings.py", "test_redaction.py", "test_search.py",
        "test_typed.py", "test_typed_marks.py", "test_workdays.py", "test_years.py",
    },
    "tests/queries": {"test_paging.py"},
    "tests/actions": {"test_bad_input_found.py", "test_called_once.py", "test_photos.py"},
    "tests/components": {
        "charts", "test_acting.py", "test_asking.py", "test_detail.py", "test_file_button.py", "test_forms.py",
        "test_lists.py",
        "test_menu_pages.py", "test_public_address.py", "test_sheets.py", "test_text_height.py", "wording",
    },
    "tests/pages": {
        "test_bad_input.py", "test_every_page.py", "test_handed_files.py", "test_menu.py", "test_next_steps.py",
        "test_user_text.py",
    },
    "tests/builders": {"__init__.py", "inputs.py", "world.py"},
}  # fmt: skip
"""What serves every area, by layer; everything else in a layer's folder is an area."""

HELD = ("components", "db/rules", "db/queries", "db/actions")
"""Layers whose areas import downwards. Pages may ask any area: nothing imports a page."""
CLIMBS = {
    ("components", "voting", "meetings"): "a ballot is drawn from the sitting in which it is cast",
    ("components", "screen", "commitments"): "the wall of promises is a part of the rotation",
    ("components", "screen", "results"): "the figures are a part of the rotation",
    ("db/queries", "screen", "commitments"): "the wall of promises is a part of the rotation",
    ("db/queries", "screen", "results"): "the figures are a part of the rotation",
    ("db/queries", "reports", "results"): "a form of the subdistrict may ask for the figures",
    ("db/queries", "needs", "reports"): "the days of an answer slip are a report's period",
    ("db/actions", "council", "meetings"): "a topic comes on a draft agenda by the meeting's own action",
    ("db/actions", "voting", "meetings"): "a ballot belongs to an item of an open meeting and moves it on",
    ("db/actions", "voting", "needs"): "an announced result moves the need behind the item",
    ("db/actions", "voting", "screen"): "the room's screen turns with the ballot that it shows",
}
"""Layer, area, area above it: the arrows that climb, each with its reason."""

MOST_FILES = 30
CENTRAL = ("db/models", "db/migrations/versions")
"""Tables stay together, one noun a file: their references cross every area, and the metadata is read as a whole. The
changes of the schema stay together, too: they are read in their order, and none is ever taken away."""


# --- reading the tree ------------------------------------------------------------------------------------


def entries(root: Path, layer: str) -> list[Path]:
    """Files and folders directly in a layer; a layer that does not exist yet is empty."""
    top = root / layer
    return [one for one in sorted(top.iterdir()) if one.name != "__pycache__"] if top.is_dir() else []


def tree(root: Path, *tops: str) -> Iterator[Path]:
    """Every file below the tops, relative to the root."""
    for top in tops:
        for path in sorted((root / top).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root)


def area_of(path: str, layer: str) -> str | None:
    """The area in which a file of this layer stands, or None in the hall."""
    second = path.removeprefix(f"{layer}/").split("/")[0].removesuffix(".py")
    return second if path.startswith(f"{layer}/") and second in LEVEL else None


def arrows(root: Path, layer: str) -> Iterator[tuple[str, str, str, str]]:
    """Where, from which area, to which area, in which layer: every import from one area to another."""
    for path in tree(root, layer):
        own = area_of(path.as_posix(), layer)
        if own is None or path.suffix != ".py":
            continue
        for line, module, name in imported(ast.parse((root / path).read_text(encoding="utf-8"))):
            taken = f"{module}.{name}".replace(".", "/")
            for target in HELD:
                area = area_of(taken, target)
                if area is not None and area != own:
                    yield f"{path.as_posix()}:{line}", own, area, target


# --- the laws: each yields its complaints ----------------------------------------------------------------


def second_words_are_areas(root: Path) -> Complaints:
    """`ls -d pages/A components/A db/*/A tests/*/A` shows an area whole."""
    for layer, hall in HALLS.items():
        for one in entries(root, layer):
            if one.name not in hall and one.stem not in LEVEL:
                yield f"{layer}/{one.name} is neither an area nor named in the hall; use the area's one word"


def specs_follow_the_house(root: Path) -> Complaints:
    """A test has the path of what it tests, so its area has something in that layer."""
    for layer in ("rules", "queries", "actions", "components", "pages"):
        product = layer if layer in ("components", "pages") else f"db/{layer}"
        for one in entries(root, f"tests/{layer}"):
            if one.is_dir() and not (root / product / one.name).is_dir():
                yield f"tests/{layer}/{one.name} tests nothing of {product}/{one.name}; move it to what it tests"


def names_do_not_repeat_their_folder(root: Path) -> Complaints:
    """`components/orders/page.py`, not `order_page.py`; the noun itself (`order.py`, `orders.py`) is a name."""
    for path in tree(root, "pages", "components", "db", "tests"):
        folder, name = path.parent.name, path.name.split(".")[0].removeprefix("test_")
        if path.parent.as_posix() in HALLS and path.parts[0] == "tests":
            continue
        for word in {folder, folder.removesuffix("s"), folder.removesuffix("ies") + "y"}:
            if name.startswith(f"{word}_") or name.endswith(f"_{word}"):
                yield f"{path.as_posix()} repeats its folder; the path already says {folder}"


def folders_are_small(root: Path) -> Complaints:
    """A folder can be read at a glance; a larger one is two."""
    for folder, count in Counter(path.parent.as_posix() for path in tree(root, "pages", "components", "db")).items():
        if count > MOST_FILES and folder not in CENTRAL:
            yield f"{folder} holds {count} files, {MOST_FILES} at most"


def areas_import_downwards(root: Path) -> Complaints:
    """An area knows the hall, the areas below it, and one way those beside it."""
    for layer in HELD:
        for where, own, other, target in arrows(root, layer):
            if LEVEL[other] < LEVEL[own] and (layer, own, other) not in CLIMBS:
                yield f"{where} {own} imports {target}/{other}, which stands above it; move what both need down"


def areas_do_not_go_in_circles(root: Path) -> Complaints:
    """Within a layer no two areas need each other, also not through others, nor by an arrow that may climb."""
    for layer in HELD:
        needs: dict[str, dict[str, str]] = defaultdict(dict)
        for where, own, other, target in arrows(root, layer):
            if target == layer:
                needs[own].setdefault(other, where)
        for own in sorted(needs):
            for other, where in needs[own].items():
                if own in reached(needs, other):
                    yield f"{where} {own} imports {other} in {layer}, and {other} needs {own}; one of them must not"


def reached(needs: dict[str, dict[str, str]], start: str) -> set[str]:
    """The areas that an area needs, directly or through others."""
    found: set[str] = set()
    ahead = [start]
    while ahead:
        for one in needs.get(ahead.pop(), {}):
            if one not in found:
                found.add(one)
                ahead.append(one)
    return found


LAWS: dict[str, Callable[[Path], Complaints]] = {
    law.__name__: law
    for law in (
        second_words_are_areas,
        specs_follow_the_house,
        names_do_not_repeat_their_folder,
        folders_are_small,
        areas_import_downwards,
        areas_do_not_go_in_circles,
    )
}


# --- the house keeps them ----------------------------------------------------------------------------------


@pytest.mark.parametrize("law", LAWS)
def test_the_house_keeps(law: str) -> None:
    complaints = list(LAWS[law](ROOT))

    assert not complaints, "\n".join(complaints)


def test_every_name_of_a_hall_is_there() -> None:
    gone = [f"{layer}/{name}" for layer, hall in HALLS.items() for name in hall if not (ROOT / layer / name).exists()]

    assert gone == []


def test_every_arrow_that_may_climb_does() -> None:
    climbing = {(layer, own, other) for layer in HELD for _, own, other, _ in arrows(ROOT, layer)}

    assert set(CLIMBS) - climbing == set()


# --- and they bite -----------------------------------------------------------------------------------------

OFFENDERS = [
    ("second_words_are_areas", "pages/service/order.py", ""),
    ("second_words_are_areas", "components/order_card.py", ""),
    ("second_words_are_areas", "components/refusals/service.py", ""),
    ("second_words_are_areas", "components/wording/en/floor.po", ""),
    ("second_words_are_areas", "db/terms/service.py", ""),
    ("second_words_are_areas", "db/rules/tallies/rank.py", ""),
    ("second_words_are_areas", "db/queries/needs_open.py", ""),
    ("second_words_are_areas", "db/actions/display/show.py", ""),
    ("second_words_are_areas", "db/demo/service/orders.py", ""),
    ("second_words_are_areas", "tests/rules/tallies/test_rank.py", ""),
    ("second_words_are_areas", "tests/queries/test_needs.py", ""),
    ("second_words_are_areas", "tests/actions/service/test_orders.py", ""),
    ("second_words_are_areas", "tests/components/test_order_card.py", ""),
    ("second_words_are_areas", "tests/pages/test_orders.py", ""),
    ("second_words_are_areas", "tests/builders/many_needs.py", ""),
    ("specs_follow_the_house", "tests/queries/orders/test_orders.py", ""),
    ("specs_follow_the_house", "tests/pages/orders/test_orders.py", ""),
    ("names_do_not_repeat_their_folder", "components/orders/order_page.py", ""),
    ("names_do_not_repeat_their_folder", "components/orders/orders_page.py", ""),
    ("names_do_not_repeat_their_folder", "components/orders/page_of_orders.py", ""),
    ("names_do_not_repeat_their_folder", "db/demo/doors/choose_door.py", ""),
    ("names_do_not_repeat_their_folder", "db/queries/query_paging.py", ""),
    ("names_do_not_repeat_their_folder", "tests/actions/orders/test_order_codes.py", ""),
    ("areas_import_downwards", "components/needs/form.py", "from components.orders.words import service_name"),
    ("areas_import_downwards", "db/rules/voting/tally.py", "from db.rules.council.council import Seat"),
    ("areas_import_downwards", "db/queries/doors/rounds.py", "from db.queries.intake import intake"),
    ("areas_import_downwards", "db/actions/people/people.py", "import db.actions.imports.imports"),
    ("areas_import_downwards", "db/actions/needs/needs.py", "def f():\n    from db.rules.orders.life import Life"),
    ("areas_import_downwards", "components/council/notices.py", "from db.queries.meetings.meetings import Sitting"),
]
INNOCENTS = [
    ("pages/needs/need.py", "from components.orders.links import order_links"),
    ("pages/public/slip.py", "from components.orders.links import order_links"),
    ("components/orders/order.py", "from components.needs.words import reach\nfrom components.forms import form"),
    ("components/orders/orders.py", "from components.orders.order import card"),
    ("components/wording/terms.py", ""),
    ("components/wording/en/orders.po", ""),
    ("db/actions/voting/voting.py", "from db.actions.meetings.meetings import advance"),
    ("db/actions/projects/projects.py", "from db.actions.needs.stages import set_stage"),
    ("db/models/order_offer.py", ""),
    ("tests/builders/needs.py", "from tests.builders.orders import an_order"),
    ("tests/pages/test_every_page.py", ""),
]


@pytest.mark.parametrize(("law", "path", "text"), OFFENDERS)
def test_a_planted_offender_is_found(law: str, path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    complaints = list(LAWS[law](tmp_path))

    assert [path.startswith(complaint.split()[0].split(":")[0]) for complaint in complaints] == [True]


def test_a_folder_with_too_many_files_is_found(tmp_path: Path) -> None:
    for number in range(MOST_FILES + 1):
        plant(tmp_path, f"db/actions/needs/noun{number}.py", "")

    assert list(folders_are_small(tmp_path)) == ["db/actions/needs holds 31 files, 30 at most"]


def test_areas_that_go_in_a_circle_are_found(tmp_path: Path) -> None:
    plant(tmp_path, "db/actions/needs/needs.py", "from db.actions.doors.visits import door_from")
    plant(tmp_path, "db/actions/doors/visits.py", "from db.actions.people.people import people_of")
    plant(tmp_path, "db/actions/people/people.py", "from db.actions.needs.needs import log_need")

    complaints = list(areas_do_not_go_in_circles(tmp_path))

    assert [complaint.split(" in ")[0].split(" ", 1)[1] for complaint in complaints] == [
        "doors imports people",
        "needs imports doors",
        "people imports needs",
    ]


def test_every_law_has_an_offender() -> None:
    proven = {law for law, _, _ in OFFENDERS} | {"folders_are_small", "areas_do_not_go_in_circles"}

    assert proven == set(LAWS)


@pytest.mark.parametrize(("path", "text"), INNOCENTS)
def test_an_innocent_file_keeps_every_law(path: str, text: str, tmp_path: Path) -> None:
    plant(tmp_path, path, text)

    assert [complaint for law in LAWS.values() for complaint in law(tmp_path)] == []
