"""文书模板 on the page: try an uploaded template out, and draw what is in use, what can be written, what to upload."""

from collections.abc import Callable, Mapping, Sequence, Set

import streamlit as st
import structlog

from components.acting import Request
from components.admin.document_fields import (
    FieldOfTemplate,
    example_document,
    examples,
    fields_of,
    last_name,
    lists_of,
    loop,
)
from components.admin.document_kinds import KINDS
from components.asking import ask
from components.forms import form, press
from components.lists import Column, rows
from components.papers.fields import with_names
from components.papers.language import NotAllowed, TemplateSyntaxError, TooMuch, Trial, place_in
from components.papers.word import WORD, fill, in_plain_layout
from components.wording import _, in_a_row, noted, safe, side_by_side
from components.wording.dates import near
from db.actions.admin.templates import retire_template, set_template
from db.errors import BadInput, Problem, Refused
from db.queries.admin.templates import TemplateInUse
from db.rules.papers.word_file import MOST_BYTES, TEMPLATE_KINDS, BadWordFile, check_word_file

MUST_SAY = {kind: one.must for kind, one in KINDS.items()}
"""Fields without which a document is not what its name says; `a|b` wants one of the two."""
log = structlog.get_logger()


def try_template(kind: str, file: bytes) -> bytes:
    """Fill an uploaded template with sample values in the sandbox: the specimen that it makes.

    Raises Refused("template_…") that says what is wrong and in which paragraph.
    """
    try:
        check_word_file(file)
    except BadWordFile as wrong:
        raise Refused(f"template_{wrong.reason}", **wrong.values) from None
    values = with_names(kind, KINDS[kind].make().values)
    trial = Trial(values)
    try:
        made = fill(file, values, trial)
    except NotAllowed as wrong:
        raise Refused("template_forbidden", what=wrong.what, place=wrong.place) from None
    except TemplateSyntaxError as wrong:
        place = place_in(wrong.source or "", wrong.lineno or 0)
        raise Refused("template_syntax", place=place) from None
    except TooMuch:
        raise Refused("template_too_much") from None
    except Exception as wrong:  # noqa: BLE001 - a foreign file may break python-docx in any way
        log.warning("template.trial_failed", kind=kind, error=type(wrong).__name__)
        raise Refused("template_failed") from None
    if trial.unknown:
        raise Refused("template_unknown", fields=_by_place(trial.unknown))
    if trial.lists:
        raise Refused("template_list", fields=_by_place(trial.lists), fix=_fix(kind, trial.lists[0][0]))
    missing = _missing(kind, trial.used)
    if missing:
        raise Refused("template_missing", fields=side_by_side(missing))
    return made


def _missing(kind: str, used: Set[str]) -> list[str]:
    """What must be said and is not, as it is written: 议题（items）."""
    chinese: dict[str, list[str]] = {}
    for one in fields_of(kind):
        chinese.setdefault(one.path.rpartition(".")[2], []).append(last_name(one.chinese))
    absent = []
    for wanted in MUST_SAY[kind]:
        either = wanted.split("|")
        if not used & {name for one in either for name in (one, *chinese.get(one, ()))}:
            absent.append(" / ".join(noted(chinese[one][0], one) if chinese.get(one) else one for one in either))
    return absent


def _fix(kind: str, said: str) -> str:
    """The list written out, for the refusal of one that is printed as it is."""
    short = said.rpartition(".")[2]
    for one in lists_of(kind):
        if short in (one.english.rpartition(".")[2], one.chinese.rpartition(".")[2]):
            return " ⏎ ".join(loop(one, 1 if said.isascii() is False else 0)[:4])
    return "{%p for … in … %} ⏎ {{ … }} ⏎ {%p endfor %}"


def _by_place(unknown: Sequence[tuple[str, str]]) -> str:
    """Fields of the same paragraph stand together, five paragraphs at most."""
    places: dict[str, list[str]] = {}
    for field, place in unknown:
        places.setdefault(place, []).append(field)
    return in_a_row(
        _("{fields}（在“{place}”）", fields=side_by_side(dict.fromkeys(fields)), place=place)
        for place, fields in list(places.items())[:5]
    )


# --- on the page --------------------------------------------------------------------------------------


def kinds_table(in_use: Mapping[str, TemplateInUse]) -> None:
    """Every kind with the template that is used for it, by whom and since when."""
    lines = []
    for kind in TEMPLATE_KINDS:
        own = in_use.get(kind)
        lines.append(
            {
                "id": kind,
                "title": _(KINDS[kind].title),
                "about": _(KINDS[kind].about),
                "own": own.name if own else _("内置"),
                "by": own.uploaded_by if own else "",
                "since": near(own.uploaded_at) if own else "",
            }
        )
    columns = [
        Column("title", _("文书"), "nowrap"),
        Column("about", _("用途")),
        Column("own", _("在用的模板")),
        Column("by", _("上传人"), "nowrap"),
        Column("since", _("启用时间"), "nowrap"),
    ]
    rows(lines, columns, key="templates.kinds", empty="", caption=_("文书模板"))


def choose_kind(asked: str) -> str:
    """Which kind of document is worked on."""
    start = TEMPLATE_KINDS.index(asked) if asked in TEMPLATE_KINDS else 0
    kind: str = st.selectbox(
        _("要换哪一种文书的模板"),
        TEMPLATE_KINDS,
        index=start,
        format_func=lambda kind: _(KINDS[kind].title),
        key="template.kind",
    )
    return kind


def downloads(kind: str, own: bytes | None) -> None:
    """Our template to begin with, the one in use, and a specimen of what it prints."""
    title = _(KINDS[kind].title)
    with st.container(horizontal=True):
        _download(_("下载内置模板"), KINDS[kind].built_in, _("{title}-内置模板", title=title), f"built_in.{kind}")
        if own is not None:
            _download(_("下载在用的模板"), own, _("{title}-在用模板", title=title), f"own.{kind}")
        _download(_("看样张"), lambda: KINDS[kind].specimen(own), _("{title}-样张", title=title), f"specimen.{kind}")


def _download(label: str, made: bytes | Callable[[], bytes], name: str, key: str) -> None:
    st.download_button(
        label,
        made,
        file_name=f"{name}.docx",
        mime=WORD,
        key=f"template.{key}",
        icon=":material/description:",
        on_click="ignore",
    )


def upload_form(kind: str, in_use_id: int) -> Request | None:
    """Put an own template in use; it is tried out before, so that nothing is stored that does not render."""
    with form(f"template_new.{kind}.{in_use_id}") as filling:
        handed = st.file_uploader(
            _("上传自己的模板（.docx，最大 2 MB）"),
            type=["docx"],
            key=filling.key("file"),
            max_upload_size=-(-MOST_BYTES // (1024 * 1024)),
            help=_("先下载内置模板，在 WPS 或 Word 里改版式和文字，保留花括号里的字段，再传回来。"),
        )
        filling.slots["file"] = st.empty()
        pressed = filling.submit(_("试填并启用"), icon=":material/upload_file:")
    if not pressed:
        return None
    file = handed.getvalue() if handed else b""
    values = {"kind": kind, "name": handed.name[-100:] if handed else "", "file": file}
    said = _("模板已启用，并记入审计日志。")
    return Request(filling, set_template, said, values, before=lambda: _must_render(kind, file))


def _must_render(kind: str, file: bytes) -> None:
    if not file:
        raise BadInput("file", Problem.EMPTY)
    try_template(kind, file)


def back_to_ours(kind: str, own: TemplateInUse) -> Request | None:
    """The button that takes the subdistrict's template out of use."""
    st.caption(safe(_("在用：{name}（{kib} KB），{by} {since} 启用。", name=own.name, kib=-(-own.size // 1024),
                      by=own.uploaded_by, since=near(own.uploaded_at))))  # fmt: skip
    does = _("以后打印都用内置模板。要再用自己的，请重新上传。")
    pressed = ask(f"template_back.{kind}.{own.id}", _("恢复内置模板"), does, _("恢复"), icon=":material/undo:")
    return Request(pressed, retire_template, _("已恢复内置模板。"), {"template_id": own.id}) if pressed else None


OFFICIAL = ("notice", "minutes", "public", "public_result")
"""Kinds that our own templates lay out as GB/T 9704 does; `docs/papers.md`."""


def plain_layout(kind: str) -> Request | None:
    """The button for a subdistrict that wants no official layout: our template, laid out plainly, becomes its own."""
    if kind not in OFFICIAL:
        return None
    st.caption(_("内置模板按国家标准《党政机关公文格式》排版。街道不用公文格式的，可以改用普通版式。"))
    pressed = press(f"template_plain.{kind}", _("改用普通版式"), icon=":material/format_align_left:")
    if not pressed:
        return None
    with in_plain_layout():
        file = KINDS[kind].built_in()
    values = {"kind": kind, "name": _("内置模板（普通版式）.docx"), "file": file}
    return Request(pressed, set_template, _("已改用普通版式，并记入审计日志。"), values)


def fields_table(kind: str) -> None:
    """What can be written in a template of this kind, with a sample."""
    found: Sequence[FieldOfTemplate] = fields_of(kind)
    rows(
        [
            {"id": one.path, "chinese": one.chinese, "written": one.written, "words": one.words, "sample": one.sample}
            for one in found
        ],
        [
            Column("chinese", _("写法")),
            Column("written", _("也可以写")),
            Column("words", _("含义")),
            Column("sample", _("样例")),
        ],
        key="templates.fields",
        empty="",
        caption=_("可用的字段"),
    )
    written = examples(kind)
    if written:
        st.text(_("多行内容的写法：每行是一段，循环标记单独占一段。表格的写法见“字段写法”文件，整行复制。"))
        st.code(written, language=None, wrap_lines=True)
    _download(_("下载字段写法"), lambda: example_document(kind), _("{title}-字段写法", title=_(KINDS[kind].title)),
              f"fields.{kind}")  # fmt: skip
