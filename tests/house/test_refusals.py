"""Every code of `Refused` has its sentence, every sentence its code, and a sentence speaks of what the error gives.

Codes are read where `Refused(…)` is written. One that is made up of parts is resolved to all that it can become, or
named in `MADE_OF` with its source; a code that nobody can read here is a complaint of its own.
"""

import ast
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from db.rules.complaints.life import Lacks
from db.rules.units.capacity import NotGiven
from tests.support.tree import ROOT, files, plant

Complaints = Iterator[str]
TABLES = "components/refusals"

MADE_OF: dict[str, Callable[[Path], set[str]]] = {
    # `complaint_lacks_reason` is never made: the words of an unsolved end are bad input at their field.
    "f'complaint_lacks_{lacks.value}'": lambda _: {
        f"complaint_lacks_{lacks}" for lacks in Lacks if lacks is not Lacks.REASON
    },
    "f'books_{fault}'": lambda root: {
        f"books_{fault}" for fault in appended(root, "db/rules/voting/ballot_account.py")
    },
    "f'resource_{why.value}'": lambda _: {f"resource_{one}" for one in NotGiven},
    # A refusal that the offline page stored, made again from its own code to be said.
    "str(given.pop('rule', ''))": lambda _: set(),
}
SHARED_REASONS = ("BadWordFile", "BadExcelFile")
"""Kinds of `BadOfficeFile`: what `Container` refuses by `self.bad(…)`, it refuses for each of them."""


# --- reading codes -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Raised:
    """One `Refused(…)`: where, every code that it can have, the names of its values (None: they cannot be read)."""

    where: str
    codes: frozenset[str]
    given: frozenset[str] | None
    unread: str = ""
    """The code as it is written, when it cannot be resolved."""


@cache
def raised(root: Path) -> tuple[Raised, ...]:
    """Every `Refused(…)` of the house, read once for all laws."""
    return tuple(_raised(root))


def _raised(root: Path) -> Iterator[Raised]:
    for path, text in files(root, "db", "components", "pages"):
        if "Refused(" not in text:
            continue
        tree = ast.parse(text)
        parents = {child: parent for parent in ast.walk(tree) for child in ast.iter_child_nodes(parent)}
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and ast.unparse(call.func).split(".")[-1] == "Refused" and call.args:
                code, above = call.args[0], list(upwards(call, parents))
                codes = codes_of(code, above, root)
                given = None if passed_on(code) else names_of(call, above)
                unread = ast.unparse(code) if codes is None else ""
                yield Raised(f"{path}:{call.lineno}", frozenset(codes or ()), given, unread)


def upwards(node: ast.AST, parents: Mapping[ast.AST, ast.AST]) -> Iterator[ast.AST]:
    """What stands around a node, from near to far."""
    while node in parents:
        node = parents[node]
        yield node


def passed_on(code: ast.expr) -> bool:
    """Whether an error is made again from another one's own code."""
    return isinstance(code, ast.Attribute) and code.attr == "rule"


def codes_of(code: ast.expr, above: list[ast.AST], root: Path) -> set[str] | None:
    """All that a code can become; None when it cannot be read."""
    if ast.unparse(code) in MADE_OF:
        return MADE_OF[ast.unparse(code)](root)
    if passed_on(code):
        return set()
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        return {code.value}
    if isinstance(code, ast.IfExp):
        either, other = codes_of(code.body, above, root), codes_of(code.orelse, above, root)
        return None if either is None or other is None else either | other
    if isinstance(code, ast.Name):
        value = assigned(code.id, above)
        return None if value is None else codes_of(value, [], root)
    return reasons_in(code, above, root) if isinstance(code, ast.JoinedStr) else None


def reasons_in(code: ast.JoinedStr, above: list[ast.AST], root: Path) -> set[str] | None:
    """`f"form_{wrong.reason}"` inside `except BadLayout as wrong`: a code for every reason of that exception."""
    handler = next((one for one in above if isinstance(one, ast.ExceptHandler)), None)
    if handler is None or handler.type is None or not ast.unparse(code).endswith(f"{{{handler.name}.reason}}'"):
        return None
    prefix = ast.unparse(code)[2:].split("{")[0]
    return {f"{prefix}{reason}" for reason in reasons(root, ast.unparse(handler.type))} or None


@cache
def reasons(root: Path, exception: str) -> set[str]:
    """The first words with which an exception of the rules is raised."""
    makers = {exception, "self.bad"} if exception in SHARED_REASONS else {exception}
    return {word for _, text in files(root, "db/rules") for word in first_words(ast.parse(text), makers.__contains__)}


def appended(root: Path, path: str) -> set[str]:
    """The words that a file puts into lists."""
    return {
        word
        for _, text in files(root, path)
        for word in first_words(ast.parse(text), lambda called: called.endswith(".append"))
    }


def first_words(tree: ast.AST, is_meant: Callable[[str], bool]) -> Iterator[str]:
    """What is written as the first argument of calls."""
    for call in ast.walk(tree):
        if isinstance(call, ast.Call) and call.args and is_meant(ast.unparse(call.func)):
            match call.args[0]:
                case ast.Constant(value=str(word)):
                    yield word


def assigned(name: str, above: list[ast.AST]) -> ast.expr | None:
    """What a name was given around here, the nearest first."""
    for block in above:
        for node in ast.walk(block) if isinstance(block, ast.FunctionDef | ast.Module) else ():
            if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                if any(isinstance(target, ast.Name) and target.id == name for target in targets):
                    return node.value
    return None


def names_of(call: ast.Call, above: list[ast.AST]) -> frozenset[str] | None:
    """The names of an error's values; `**figures` is followed to a dict that is written out."""
    names = {"rule"}
    for keyword in call.keywords:
        if keyword.arg is not None:
            names.add(keyword.arg)
            continue
        value = assigned(keyword.value.id, above) if isinstance(keyword.value, ast.Name) else keyword.value
        if not isinstance(value, ast.Dict) or not all(isinstance(key, ast.Constant) for key in value.keys):
            return None
        names |= {str(key.value) for key in value.keys if isinstance(key, ast.Constant)}
    return frozenset(names)


# --- reading sentences -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Explained:
    where: str
    code: str
    sentence: str


def explained(root: Path) -> Iterator[Explained]:
    """Every line of the tables `SENTENCES`."""
    for path, text in files(root, TABLES):
        tree = ast.parse(text)
        for table in tree.body:
            named = isinstance(table, ast.AnnAssign) and ast.unparse(table.target) == "SENTENCES"
            if not named or not isinstance(table.value, ast.Dict):  # type: ignore[attr-defined]
                continue
            for code, sentence in zip(table.value.keys, table.value.values, strict=True):  # type: ignore[attr-defined]
                if isinstance(code, ast.Constant):
                    yield Explained(f"{path}:{code.lineno}", str(code.value), words_of(sentence, tree))


def words_of(sentence: ast.expr, tree: ast.Module) -> str:
    """The message in `N_("…")`, also where it has a name of its own."""
    if isinstance(sentence, ast.Name):
        sentence = assigned(sentence.id, [tree]) or sentence
    inside = sentence.args[0] if isinstance(sentence, ast.Call) else sentence
    return inside.value if isinstance(inside, ast.Constant) and isinstance(inside.value, str) else ""


# --- the laws ----------------------------------------------------------------------------------------------


def every_code_can_be_read(root: Path) -> Complaints:
    for one in raised(root):
        if one.unread:
            yield f"{one.where} the code {one.unread} cannot be read; name all that it becomes in MADE_OF"


def every_code_has_its_sentence(root: Path) -> Complaints:
    known = {one.code for one in explained(root)}
    for one in raised(root):
        for code in sorted(one.codes - known):
            yield f"{one.where} {code} has no sentence; write it into {TABLES}/<area>.py"


def every_sentence_has_its_code(root: Path) -> Complaints:
    codes = {code for one in raised(root) for code in one.codes}
    for one in explained(root):
        if one.code not in codes:
            yield f"{one.where} nothing is refused with {one.code}; the sentence can go"


def a_code_is_explained_once(root: Path) -> Complaints:
    """The tables are joined: of two sentences for one code, one is never said."""
    first: dict[str, str] = {}
    for one in explained(root):
        if first.setdefault(one.code, one.where) != one.where:
            yield f"{one.where} explains {one.code} again; {first[one.code]} does already"


def a_sentence_speaks_of_what_is_given(root: Path) -> Complaints:
    """A placeholder without its value would break the message where it is needed most."""
    given: dict[str, list[Raised]] = defaultdict(list)
    for error in raised(root):
        for code in error.codes:
            given[code].append(error)
    for one in explained(root):
        wanted = set(re.findall(r"\{(\w+)", one.sentence))
        for error in given[one.code]:
            missing = wanted - (error.given if error.given is not None else wanted)
            if missing:
                yield f"{one.where} speaks of {', '.join(sorted(missing))}, which {error.where} does not give"


LAWS: dict[str, Callable[[Path], Complaints]] = {
    law.__name__: law
    for law in (
        every_code_can_be_read,
        every_code_has_its_sentence,
        every_sentence_has_its_code,
        a_code_is_explained_once,
        a_sentence_speaks_of_what_is_given,
    )
}


@pytest.mark.parametrize("law", LAWS)
def test_the_house_keeps(law: str) -> None:
    complaints = list(LAWS[law](ROOT))

    assert not complaints, "\n".join(complaints)


def test_what_is_made_of_parts_is_still_made() -> None:
    text = "\n".join(ast.unparse(ast.parse(text)) for _, text in files(ROOT, "db", "components", "pages"))

    assert [code for code in MADE_OF if f"Refused({code}" not in text] == []


# --- and they bite -----------------------------------------------------------------------------------------

TABLE = 'SENTENCES: dict[str, str] = {"closed": N_("已于 {day} 关闭。")}'
REFUSES = 'def close():\n    raise Refused("closed", day=day)'
ONE, OTHER = f"{TABLES}/orders.py", f"{TABLES}/needs.py"
ACTION = "db/actions/orders/orders.py"

OFFENDERS: list[tuple[str, dict[str, str], str]] = [
    ("every_code_can_be_read", {ACTION: "raise Refused(code)"}, ACTION),
    ("every_code_can_be_read", {ACTION: 'raise Refused(f"order_{state}")'}, ACTION),
    ("every_code_has_its_sentence", {ACTION: REFUSES}, ACTION),
    ("every_code_has_its_sentence", {ACTION: 'CODE = "gone"\nraise Refused(CODE)'}, ACTION),
    ("every_code_has_its_sentence", {ACTION: 'raise Refused("closed" if late else "gone")', ONE: TABLE}, ACTION),
    (
        "every_code_has_its_sentence",
        {
            "db/rules/orders/slip.py": 'raise BadSlip("torn")',
            ACTION: 'try: read()\nexcept BadSlip as bad:\n    raise Refused(f"slip_{bad.reason}")',
        },
        ACTION,
    ),
    ("every_code_has_its_sentence", {"components/orders/order.py": 'raise Refused("gone")'}, "components/orders"),
    ("every_sentence_has_its_code", {ONE: TABLE}, ONE),
    ("a_code_is_explained_once", {ONE: TABLE, OTHER: TABLE}, ONE),
    ("a_sentence_speaks_of_what_is_given", {ONE: TABLE, ACTION: 'raise Refused("closed", on=day)'}, ONE),
    (
        "a_sentence_speaks_of_what_is_given",
        {ONE: TABLE, ACTION: 'def close():\n    when = {"on": day}\n    raise Refused("closed", **when)'},
        ONE,
    ),
]


@pytest.mark.parametrize(("law", "planted", "found"), OFFENDERS)
def test_a_planted_offender_is_found(law: str, planted: dict[str, str], found: str, tmp_path: Path) -> None:
    for path, text in planted.items():
        plant(tmp_path, path, text)

    complaints = list(LAWS[law](tmp_path))

    assert [complaint.startswith(found) for complaint in complaints] == [True]


def test_every_law_has_an_offender() -> None:
    assert {law for law, _, _ in OFFENDERS} == set(LAWS)


@pytest.mark.parametrize(
    "refuses",
    [
        REFUSES,
        'CLOSED = "closed"\n\ndef close():\n    raise Refused(CLOSED, day=day)',
        'def close():\n    when = {"day": day}\n    raise Refused("closed", **when)',
        'def close():\n    raise Refused("closed" if late else "closed", **anything())',
        'def close():\n    raise Refused("closed", day=day)\n\ndef again(no):\n    raise Refused(no.rule, day=no.day)',
    ],
)
def test_an_innocent_pair_keeps_every_law(refuses: str, tmp_path: Path) -> None:
    plant(tmp_path, ONE, TABLE)
    plant(tmp_path, ACTION, refuses)

    assert [complaint for law in LAWS.values() for complaint in law(tmp_path)] == []
