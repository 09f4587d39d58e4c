"""Chinese text has Chinese marks (GB/T 15834), ，；：？！（）; numbers, times, addresses and code have ASCII ones."""

import ast
import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tools.sort_catalogues import Entry, entries

ROOT = next(folder for folder in Path(__file__).resolve().parents if (folder / "pyproject.toml").exists())
OUTSIDE = {"tests", "migrations", "data", "docs", "node_modules"}
"""Folders whose text nobody reads in the app; people type with either mark, and so do the tests of what they type."""

CHINESE = r"[\u4e00-\u9fff\u3001-\u3011“”]"
NARROW = re.compile(rf"(?<={CHINESE}) ?[,;:?!()]|[,;:?!()](?= ?{CHINESE})")
BETWEEN_VALUES = re.compile(r"(?<=\}) ?[,;:(]|\)(?=[,;:{]|$)")
"""In a message of values alone, such as {name}:{reason}, the values are Chinese."""
NOT_READ = re.compile(
    r"https?://[!-~]+|\?[a-z]+=\w+|`[^`\n]*`|\b[a-z_]+\([a-z, ]*\)"  # addresses and code
    r"|\]\([!-~]*\)|:[a-z]+(?:-badge|-background)?\[|:material/\w+:|!(?=\[)"  # Markdown of the app
    r"|\$\{[^{}]*\}|\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|<[^<>]*>|&#?\w+;",  # values and markup
    re.S,
)
VALUE = re.compile(r"\{\w*(?:[!:][^{}]*)?\}")

# What is read by a program, or holds marks in order to tell them apart: (file, text), each with its reason.
EXCEPTIONS = {
    ("pairings.py", "0123456789 -+()（）转"): "the characters that a telephone number may be typed with",
    ("search.py", ",.;:!?、。 \n"): "the marks between the words of a search, after NFKC",
    ("search.py", ",;:?!()，；：？！（）"): "the marks that a search finds in either width",
    ("take.py", "-_()（）《》"): "what the name of a file may hold",
    ("sign_up_list.py", " \t,，、。.;；:：-—~()（）【】[]|/"): "what may stand around a name in a pasted list",
}


def narrow_marks(text: str) -> list[str]:
    """The ASCII marks that stand beside Chinese, each with what stands around it."""
    seen = NOT_READ.sub("", text)
    return [seen[max(0, found.start() - 8) : found.end() + 8] for found in NARROW.finditer(seen)]


def narrow_in_message(message: str) -> list[str]:
    """As above; a message without a Latin word is Chinese between its values as well."""
    found = narrow_marks(VALUE.sub("", message)) + narrow_marks(message)
    if not re.search(r"[A-Za-z]", VALUE.sub("", message)):
        found += [message for _ in BETWEEN_VALUES.finditer(message)]
    return found


def _files(*patterns: str) -> list[Path]:
    return sorted(
        path
        for pattern in patterns
        for path in ROOT.rglob(pattern)
        if not any(part in OUTSIDE or part.startswith(".") for part in path.relative_to(ROOT).parts)
    )


def stars_shown(text: str) -> list[str]:
    """The edges of bold that CommonMark does not take for one: a mark inside, a letter outside, no space between."""
    parts = text.split("**")
    edges = [(words[-1:], after[:1]) for words, after in pairwise(parts)][1::2]
    edges += [(words[:1], before[-1:]) for before, words in pairwise(parts)][::2]
    return [inside + outside for inside, outside in edges if _is_mark(inside) and (outside.isalnum() or outside == "{")]


def _is_mark(letter: str) -> bool:
    """Braces hold a value, whose edge is not known here."""
    return letter not in "{}" and unicodedata.category(letter)[0] in "PS"


# --- what each kind of file shows -------------------------------------------------------------------------------------


def _python(source: str) -> Iterator[tuple[int, str]]:
    """String literals but docstrings and raw ones, which are patterns; a value in an f-string is `{}`."""
    lines = source.encode().splitlines()

    def within(node: ast.AST) -> Iterator[tuple[int, str]]:
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            return
        if isinstance(node, ast.JoinedStr | ast.Constant) and _is_raw(lines[node.lineno - 1][node.col_offset :]):
            return
        if isinstance(node, ast.JoinedStr):
            parts = [part.value if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(map(str, parts))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        for child in ast.iter_child_nodes(node):
            # The words between the values of an f-string are told with the whole; a format is no text.
            if isinstance(node, ast.JoinedStr) and isinstance(child, ast.FormattedValue):
                yield from within(child.value)
            elif not isinstance(node, ast.JoinedStr):
                yield from within(child)

    return within(ast.parse(source))


def _is_raw(literal: bytes) -> bool:
    return re.match(rb"(?i)(?:r|fr|rf|br|rb)['\"]", literal) is not None


SCRIPT = re.compile(r"//[^\n]*|/\*.*?\*/|'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"|`(?:\\.|[^`\\])*`", re.S)


def _script(source: str) -> Iterator[tuple[int, str]]:
    """String literals of a browser script or a style sheet."""
    for found in SCRIPT.finditer(source):
        if found[0][0] in "'\"`":
            yield source.count("\n", 0, found.start()) + 1, found[0][1:-1]


def _lines(source: str) -> Iterator[tuple[int, str]]:
    """Lines of plain text; `;` begins a remark in a file of the demo."""
    yield from ((number, line) for number, line in enumerate(source.splitlines(), 1) if not line.startswith(";"))


def _template(source: str) -> Iterator[tuple[int, str]]:
    """The text of a page and the words in its placeholders; a placeholder or a tag may go over several lines."""
    yield 1, source
    for found in re.finditer(r"\{[{%].*?[%}]\}", source, re.S):
        yield from ((source.count("\n", 0, found.start()) + 1, text) for _, text in _script(found[0]))


def _chinese_readme() -> list[Path]:
    return [path for path in ROOT.glob("README*") if "zh" in path.name]


KINDS = (
    (_python, lambda: _files("*.py")),
    (_template, lambda: _files("*.j2")),
    (_script, lambda: _files("*.js", "*.css", "*.json")),
    (_lines, lambda: [*_files("*.txt"), *_chinese_readme()]),
)


def _offenders(path: Path, texts: Iterator[tuple[int, str]]) -> list[tuple[int, str]]:
    return [
        (line, found) for line, text in texts if (path.name, text) not in EXCEPTIONS for found in narrow_marks(text)
    ]


@pytest.mark.parametrize(("read", "paths"), KINDS, ids=["python", "templates", "scripts", "texts"])
def test_chinese_text_has_chinese_marks(read, paths) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in paths()
        for line, text in _offenders(path, read(path.read_text(encoding="utf-8")))
    ]

    assert found == []


@cache
def _messages() -> list[str]:
    return [entry.message for entry in entries(ROOT)]


def test_every_message_has_chinese_marks() -> None:
    """The catalogues hold every message of the sources: `test_wording.py` sees to it."""
    offenders = [message for message in _messages() if narrow_in_message(message)]

    assert len(_messages()) > 1000
    assert offenders == []


def test_what_is_bold_shows_no_asterisks() -> None:
    """`**重要：**请` is shown as it is written (findings/commonmark-no-bold-before-chinese-words.sh)."""
    shown = [entry.text for entry in entries(ROOT) if any(stars_shown(words) for words in _said(entry))]
    shown += [
        f"{path.relative_to(ROOT)}:{line}: {text}"
        for path in _files("*.py")
        for line, text in _python(path.read_text(encoding="utf-8"))
        if stars_shown(text)
    ]

    assert shown == []


def _said(entry: Entry) -> list[str]:
    """The message, and its English where that has one form."""
    return [entry.message, *([entry.english] if isinstance(entry.english, str) else [])]


def test_no_exception_is_left_over() -> None:
    held = {(path.name, text) for path in _files("*.py") for _, text in _python(path.read_text(encoding="utf-8"))}

    assert set(EXCEPTIONS) <= held


# --- the search bites -------------------------------------------------------------------------------------------------

OFFENDERS = [
    "龙星野,早上好",
    "共 480 条, 在办 89 条",
    "更多:备注",
    "缺 2 人(共 32 人)",
    "缺({n} 人)",
    "谁来?",
    "先登记;再签字",
    "“今日”:走一遍",
    "好了!",
    "**个人信息**(遮蔽):**保存**",
    "(见说明。)",
]
INNOCENTS = [
    "龙星野，早上好",
    "19:00 开始，到 20:30",
    "周一 19:00",
    "共 1,200 条",
    "共 {n:,} 条",
    "{n}",
    "见 https://example.org/a?b=1,2 一页",
    "地址末尾加 ?theme=dark 是深色",
    "[格式](docs/ballot-file.md) 与 [保密](docs/secrecy.md)",
    "![图](docs/pictures/a.png)",
    ":material/check: 已办 :red-badge[:material/flag: 紧急]",
    "用 `split(',')` 分开",
    "<b title='a,b'>粗</b>",
    "Only English, with (brackets): yes?",
    "&lt;名&gt;",
]


@pytest.mark.parametrize("text", OFFENDERS)
def test_an_ascii_mark_beside_chinese_is_seen(text: str) -> None:
    assert narrow_in_message(text)


@pytest.mark.parametrize("text", INNOCENTS)
def test_marks_of_numbers_addresses_and_code_are_left_alone(text: str) -> None:
    assert narrow_in_message(text) == []


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("**重要：**请来", ["：请"]),
        ("看**《公约》**", ["《看"]),
        ("**“平安里”**居民与**（一）**", ["”居", "（与"]),
        ("**说：**{name}", ["：{"]),
        ("**Note:**bring", [":b"]),
        ("**重要：** 请来", []),
        ("**重要**：请来", []),
        ("**{name}**，请来", []),
        ("（**“平安里”**）", []),
        ("f(**{name: one})", []),
    ],
)
def test_asterisks_that_stay_are_seen(text: str, edges: list[str]) -> None:
    assert sorted(stars_shown(text)) == sorted(edges)


@pytest.mark.parametrize("message", ["{name}:{reason}", "{title}({number})", "{a},{b}"])
def test_a_message_of_values_alone_is_chinese(message: str) -> None:
    assert narrow_in_message(message)
    assert narrow_in_message("Word {name}:{reason}") == []


PLANTED = {
    _python: [
        'st.title("共 1 条,完")',
        'st.title(f"共 {n} 条,完")',
        'line("共 1 条" ",完")',
        "sheet.cell(_('是否(必填)'))",
        "f\"{_('是,否')}\"",
    ],
    _script: ["show('好了,走吧')", "t = `第 ${n} 页,共 ${m} 页`", 'a::after { content: "更多:" }'],
    _template: ["<p>共 {{ n }} 条,完</p>", "{{ _('是,否') }}", "<p>谁?</p>"],
    _lines: ["我腿脚不灵便,下楼买趟菜要歇三回"],
}
LEFT_ALONE = {
    _python: ['"""说明,见下"""', 're.compile(r"[一,二]")', "words = text.split(',')  # 一,二", 'f"{at:%H:%M}点"'],
    _script: ["show('好了', '走吧')  // 一,二", "h('p', {}, '好')", "/* 一,二 */"],
    _template: ["<p class='a,b'>好</p>{# 一,二 #}", "{{ f(one, '好') }}"],
    _lines: ["; 一,二", "19:00"],
}


@pytest.mark.parametrize(
    ("read", "source"), [(read, source) for read, sources in PLANTED.items() for source in sources]
)
def test_an_offender_is_found_in_every_kind_of_file(read, source: str) -> None:
    assert _offenders(Path("planted"), read(source))


@pytest.mark.parametrize(
    ("read", "source"), [(read, source) for read, sources in LEFT_ALONE.items() for source in sources]
)
def test_code_and_remarks_are_no_text(read, source: str) -> None:
    assert _offenders(Path("planted"), read(source)) == []
