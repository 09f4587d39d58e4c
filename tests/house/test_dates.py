"""One way of dates on the screen: `near` and `dated` say a year only where it is another one; papers say it whole."""

import ast
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from components.wording import catalogue
from db.terms import Language

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").is_file())
DATES = "components.wording.dates"
WHOLE = {"day", "moment", "long_day"}
PAPERS = ("paper", "sheets", "workbook", "export", "templates", "full_set")
"""A file with one of these in its name makes papers and files, which are read on other days; so does a function."""
OPTION = "an option of a form, read apart from the list it came from"
CARRIED = "words that are carried away: pasted, printed, or kept by whoever gets them"
PLAIN = "a plain page without sign-in: kept, printed, or looked at again on another day"
KEPT_WHOLE = {
    "components/activities/words.py": PLAIN,
    "components/admin/settings.py:days_part": OPTION,
    "components/commitments/verdict_words.py": PLAIN,
    "components/commitments/wall_words.py": PLAIN,
    "components/complaints/mediation.py:_checked": CARRIED,
    "components/council/body.py:_member_label": OPTION,
    "components/council/body.py:_offer_name": OPTION,
    "components/council/rule_words.py:basis_words": "the day from which a law is in force is cited whole",
    "components/council/village.py:_period": CARRIED,
    "components/intake/words.py": PLAIN,
    "components/meetings/changes.py": CARRIED,
    "components/meetings/notice_text.py": CARRIED,
    "components/orders/turns.py:contest_form": OPTION,
    "components/people/consents.py": OPTION,
    "components/reports/words.py:period_words": CARRIED,
    "components/results/diary_photos.py:_who": OPTION,
    "components/results/diary_words.py": CARRIED,
    "components/results/public.py": PLAIN,
    "components/results/words.py": CARRIED,
    "components/rota/run.py:poster_words": CARRIED,
    "components/rota/run.py:tell_list": OPTION,
    "components/volunteers/activities.py:_show": OPTION,
    "components/volunteers/card.py:_correct_form": OPTION,
    "components/volunteers/integrity.py": OPTION,
    "components/volunteers/join_words.py": PLAIN,
    "components/volunteers/records.py:_line": OPTION,
    "pages/progress/demand.py": CARRIED,
    "pages/progress/funnel.py": CARRIED,
    "pages/projects/progress.py": CARRIED,
    "pages/public/market.py": PLAIN,
}
"""Where a whole day stands on purpose: a file, or one function of it, and why."""


def whole_days(root: Path) -> dict[str, list[int]]:
    """Where components and pages say a whole day, papers left out: `file:function` and the lines."""
    found: dict[str, list[int]] = {}
    for path in sorted(path for top in ("components", "pages") for path in (root / top).rglob("*.py")):
        file = path.relative_to(root).as_posix()
        if file.startswith(("components/papers/", "components/wording/dates")) or _paper(path.stem):
            continue
        for function, line in _said(ast.parse(path.read_text(encoding="utf-8"))):
            if not _paper(function):
                found.setdefault(f"{file}:{function}", []).append(line)
    return found


def _paper(name: str) -> bool:
    return any(part in name for part in PAPERS)


def _said(tree: ast.Module) -> Iterator[tuple[str, int]]:
    """The functions that name one of the whole ones, by whatever name it was imported."""
    names = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == DATES
        for alias in node.names
        if alias.name in WHOLE
    }
    for top in tree.body:
        function = top.name if isinstance(top, ast.FunctionDef | ast.ClassDef) else ""
        own = {node.arg for node in ast.walk(top) if isinstance(node, ast.arg)}
        own |= {node.id for node in ast.walk(top) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and node.id in names - own:
                yield function, node.lineno


NEAR = {"near"}
MISREAD = {
    Language.CHINESE: re.compile(r"[于自从至] ?\{(\w+)\}|\{(?!at\}|time\})(\w+)\} ?前"),
    Language.ENGLISH: re.compile(r"\b(?:on|at|in|before) \{(\w+)\}"),
}
"""Words beside a day that are wrong beside 今天, 昨天, 明天: 于今天, on today. A moment's 今天 17:00 前 is right."""


def misread_days(root: Path, english: Mapping[str, str]) -> list[str]:
    """Messages that are given a day by `near` where 今天 cannot stand; `dated` or other words are right there."""
    found = []
    for path in sorted(path for top in ("components", "pages") for path in (root / top).rglob("*.py")):
        for top in ast.parse(path.read_text(encoding="utf-8")).body:
            names = {name for node in ast.walk(top) if isinstance(node, ast.Assign) for name in _given(node, NEAR)}
            for node in ast.walk(top):
                if not isinstance(node, ast.Call) or not node.args or not isinstance(node.args[0], ast.Constant):
                    continue
                said = str(node.args[0].value)
                near = {one.arg for one in node.keywords if _names_in(one.value) & (NEAR | names)}
                for language, text in ((Language.CHINESE, said), (Language.ENGLISH, english.get(said, ""))):
                    beside = {name for hit in MISREAD[language].finditer(text) for name in hit.groups()} & near
                    found += [f"{path.relative_to(root).as_posix()}:{node.lineno}: {text}"] if beside else []
    return found


def _given(node: ast.Assign, functions: set[str]) -> Iterator[str]:
    """The names that this assignment gives a value of one of these functions."""
    target, value = node.targets[0], node.value
    pairs = [(target, value)]
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        pairs = list(zip(target.elts, value.elts, strict=True))
    return (one.id for one, given in pairs if isinstance(one, ast.Name) and _names_in(given) & functions)


def _names_in(node: ast.AST) -> set[str]:
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def spoken_whole(root: Path, allowed: dict[str, str]) -> list[str]:
    """What says a whole day without being allowed to."""
    return [
        f"{where}: line {line}"
        for where, lines in whole_days(root).items()
        if where not in allowed and where.partition(":")[0] not in allowed
        for line in lines
    ]


def test_the_screen_says_a_year_only_where_it_is_another_one() -> None:
    assert spoken_whole(ROOT, KEPT_WHOLE) == []


def test_every_exception_is_still_one() -> None:
    found = whole_days(ROOT)
    files = {where.partition(":")[0] for where in found}

    assert [one for one in KEPT_WHOLE if one not in found and one not in files] == []


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("def facts(one):\n    return day(one.on)", ["components/area/list.py:facts: line 3"]),
        ("def facts(one):\n    return f'{said(one.at)}'", ["components/area/list.py:facts: line 3"]),
        ("def lines(found):\n    return map(day, found)", ["components/area/list.py:lines: line 3"]),
        ("def round_of(day):\n    return day", []),
        ("def visit_paper(one):\n    return day(one.on)", []),
        ("def chosen(one):\n    return day(one.on)", []),
    ],
)
def test_a_whole_day_on_the_screen_is_found(tmp_path: Path, body: str, found: list[str]) -> None:
    (tmp_path / "components/area").mkdir(parents=True)
    text = f"from {DATES} import day, moment as said, near\n{body}\n"
    (tmp_path / "components/area/list.py").write_text(text, encoding="utf-8")

    assert spoken_whole(tmp_path, {"components/area/list.py:chosen": OPTION}) == found


def test_no_day_in_words_stands_where_only_a_date_can() -> None:
    assert misread_days(ROOT, catalogue(Language.ENGLISH)) == []


@pytest.mark.parametrize(
    ("call", "english", "wrong"),
    [
        ("_('{who} 于 {day} 启用', day=near(x))", "", True),
        ("_('自 {day} 起', day=near(x))", "", True),
        ("_('{day}前办完', day=near(x))", "", True),
        ("_('{at} 前联系', at=near(x))", "", False),
        ("_('最迟 {day} 办完', day=near(x))", "by {day}", False),
        ("_('{day} 离席', day=near(x))", "left on {day}", True),
        ("_('{day} 离席', day=dated(x))", "left on {day}", False),
    ],
)
def test_a_day_in_words_at_the_wrong_place_is_found(tmp_path: Path, call: str, english: str, wrong: bool) -> None:
    (tmp_path / "components").mkdir()
    (tmp_path / "components/list.py").write_text(f"def f(x):\n    return {call}\n", encoding="utf-8")
    message = call.split("'")[1]

    assert bool(misread_days(tmp_path, {message: english})) is wrong
