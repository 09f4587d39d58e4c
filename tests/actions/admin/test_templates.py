"""文书模板: what an uploaded template may say, and that it is used for one's own subdistrict and no other."""

import hashlib
import json
from datetime import timedelta
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy import select

from components.admin.document_fields import fields_of
from components.admin.document_kinds import KINDS
from components.admin.document_templates import MUST_SAY, try_template
from components.papers.language import MOST_SECONDS, Language, TooMuch
from components.refusals.shown import sentence
from db.actions.admin.templates import retire_template, set_template
from db.engine import as_system, reading
from db.errors import BadInput, NotFound, NotPermitted, Problem, Refused
from db.models import AuditEntry, DocumentTemplate, Subdistrict
from db.queries.admin.templates import template_for, templates_in_use
from db.rules.permissions import Actor
from db.terms import Role
from tests.builders.world import NOW, World, actor_for, an_account, do
from tests.support.word_files import with_part, word_file

GOOD = word_file("{{ meeting }} {% for item in items %}{{ item.title }}{{ item.advisory }}{% endfor %}")


def refused(kind: str, text: str) -> Refused:
    with pytest.raises(Refused) as told:
        try_template(kind, word_file(text))
    return told.value


# --- the trial ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ meeting.__init__ }}",
        "{{ items[0]['__class__'] }}",
        "{{ meeting|attr('__class__') }}",
        "{{ cycler.__init__.__globals__.os.popen('id') }}",
        "{{ self.__init__ }}",
        "{{ 7 * 7 }}",
        "{{ 'a' * 999999999 }}",
        "{{ 2 ** 99999999 }}",
        "{{ range(999999999) }}",
        "{{ meeting.upper() }}",
        "{{ meeting|safe }}",
        "{{ meeting|center(99999999) }}",
        "{{ '%999999999d'|format(1) }}",
        "{% set x = 1 %}",
        "{% include '/etc/passwd' %}",
        "{% import 'os' as os %}",
        "{% macro f() %}{{ f() }}{% endmacro %}",
        "{% autoescape false %}{{ meeting }}{% endautoescape %}",
        "{% for a in items recursive %}{{ loop(items) }}{% endfor %}",
        "{% for a in items %}{% for b in items %}{% for c in items %}{% for d in items %}x{% endfor %}{% endfor %}"
        "{% endfor %}{% endfor %}",
    ],
)
def test_a_template_that_is_code_is_refused_before_it_runs(code: str) -> None:
    error = refused("notice", f"先看{code}")

    assert error.rule == "template_forbidden"
    assert "先看" in error.values["place"]
    assert "不允许的内容" in sentence(error)


def test_unknown_fields_are_named_with_their_place() -> None:
    error = refused("notice", "地点{{ plaec }} {% for item in items %}议题{{ item.titel }}{% endfor %}")

    said = sentence(error)
    assert error.rule == "template_unknown"
    assert "plaec" in said
    assert "titel" in said
    assert "地点" in said


@pytest.mark.parametrize("text", ["{{ meeting", "{% for item in items %}", "{% endfor %}", "{{ }}"])
def test_a_mark_that_is_written_wrong_is_told(text: str) -> None:
    error = refused("notice", f"开头{text}")

    assert error.rule in ("template_syntax", "template_braces", "template_missing")
    assert "{place}" not in sentence(error)


@pytest.mark.parametrize(
    "text",
    [
        "时间｛｛ at ｝｝",
        "时间{｛ at ｝}",
        "时间（{ at }）",
        "时间{ at }",
        "时间{{ at }",
        "｛%p for item in items %｝",
        "{％p for item in items ％}",
        "时间{{ at }}｝",
    ],
)
def test_braces_that_would_be_printed_are_refused_with_their_paragraph_and_what_to_write(text: str) -> None:
    error = refused("notice", f"开头{text}")

    assert error.rule == "template_braces"
    assert "开头" in error.values["place"]
    assert "半角" in sentence(error)


def test_words_beside_a_mark_that_takes_its_whole_paragraph_are_not_lost_without_a_word() -> None:
    for text in ("前面{%p if moved %}", "{%p for item in items %}{{ item.title }}{%p endfor %}"):
        error = refused("notice", text)

        assert error.rule == "template_alone"
        assert "单独" in sentence(error)


def test_words_beside_a_mark_that_takes_its_whole_row_are_not_lost_either() -> None:
    rows = [["{%tr for row in seats %}", ""], ["{{ row.seat }}", "{{ row.name }}"], ["{%tr endfor %}", ""]]
    assert try_template("sheet", with_table(rows))

    rows[0][1] = "席位"
    with pytest.raises(Refused, match="template_alone"):
        try_template("sheet", with_table(rows))


def with_table(rows: list[list[str]]) -> bytes:
    """A Word file with one table of these texts."""
    made, kept = Document(), BytesIO()
    grid = made.add_table(rows=len(rows), cols=len(rows[0]))
    for place, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.cell(place, column).text = text
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(
    ("text", "fix"),
    [
        ("名单{{ items }}", "{%p for item in items %}"),
        ("名单{{ 议题 }}", "{%p for 每项 in 议题 %}"),
        ("名单{{ items|default('') }}", "{%p for item in items %}"),
        ("名单{{ items|join('、') }}", "{%p for item in items %}"),
        ("名单{% for item in items %}{{ item }}{% endfor %}", "{%p"),
        ("名单{% for item in items %}{{ item.options }}{% endfor %}", "in item.options %}"),
        ("名单{{ items if moved else at }}", "{%p for item in items %}"),
    ],
)
def test_a_list_that_is_printed_without_a_loop_is_refused_with_the_loop_written_out(text: str, fix: str) -> None:
    error = refused("notice", text)

    assert error.rule == "template_list"
    assert "名单" in sentence(error)
    assert fix in sentence(error)


def test_lines_joined_in_one_paragraph_are_no_list() -> None:
    assert refused("public", "{{ body|join('；') }}{{ foot|first }}").rule == "template_missing"


PUBLIC = ("title", "body|join('；')", "foot|join('；')", "signed", "posted")


@pytest.mark.parametrize("left_out", PUBLIC)
def test_a_notice_without_title_text_signature_or_date_is_refused_by_name(left_out: str) -> None:
    whole = "".join(f"{{{{ {field} }}}}" for field in PUBLIC)
    assert try_template("public", word_file(whole))

    error = refused("public", whole.replace(f"{{{{ {left_out} }}}}", ""))

    assert error.rule == "template_missing"
    assert left_out.partition("|")[0] in sentence(error)


def test_a_field_that_is_only_asked_after_is_not_said() -> None:
    text = "{{ title }}{{ body|join('') }}{{ foot|join('') }}{{ posted }}{% if signed %}落款{% endif %}"

    assert refused("public", text).rule == "template_missing"


def test_chinese_names_count_as_the_fields_that_they_are() -> None:
    text = (
        "{{ 公示标题 }}{% for 每行 in 公示正文 %}{{ 每行 }}{% endfor %}{{ 公示说明|join('') }}{{ 落款 }}{{ 张贴日期 }}"
    )

    assert try_template("public", word_file(text))


def test_a_template_without_what_makes_the_document_is_refused() -> None:
    error = refused("ballot", "{{ title }}")

    assert error.rule == "template_missing"
    assert "options" in sentence(error)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_must_say_is_among_its_fields(kind: str) -> None:
    names = {part for field in fields_of(kind) for part in field.path.split(".")}
    assert {one for wanted in MUST_SAY[kind] for one in wanted.split("|")} <= names
    assert MUST_SAY[kind]


def test_a_file_that_is_no_plain_word_file_is_refused_in_words() -> None:
    for file, rule in ((b"x", "template_not_word"), (with_part("word/vbaProject.bin"), "template_macros")):
        with pytest.raises(Refused) as told:
            try_template("notice", file)

        assert told.value.rule == rule
        assert "{" not in sentence(told.value)


def test_rendering_stops_at_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.papers.language.MOST_CHARACTERS", 1000)
    template = Language().from_string("{% for a in many %}{% for b in many %}充数充数{% endfor %}{% endfor %}")

    with pytest.raises(TooMuch):
        template.render(many=range(100))


def test_rendering_stops_at_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("components.papers.language.MOST_SECONDS", -1.0)

    with pytest.raises(TooMuch):
        Language().from_string("{% for a in many %}x{{ a }}{% endfor %}").render(many=range(9))
    assert MOST_SECONDS > 0


# --- the actions --------------------------------------------------------------------------------------


def admin(world: World) -> Actor:
    return world[Role.SUBDISTRICT_ADMIN]


def test_a_template_is_used_in_every_community_and_in_no_other_subdistrict(world: World) -> None:
    do(admin(world), set_template, kind="notice", name="通知.docx", file=GOOD)

    with as_system("test") as session:
        other = Subdistrict(name="望山街道", district="虚拟区")
        session.add(other)
        session.flush()
        stranger = actor_for(an_account(session, other.id, Role.SUBDISTRICT_ADMIN, None, "other_admin"))
    for actor in (admin(world), world.secretary, world.worker, world[Role.COUNCIL_MEMBER]):
        with reading(actor) as session:
            assert template_for(session, "notice") == GOOD
            assert template_for(session, "sheet") is None
    with reading(stranger) as session:
        assert template_for(session, "notice") is None
        assert templates_in_use(session) == ()


def test_the_newest_is_used_and_the_older_one_kept_as_retired(world: World) -> None:
    first = do(admin(world), set_template, kind="notice", name="一.docx", file=GOOD)
    newer = word_file("{{ meeting }} 新")
    second = do(admin(world), set_template, kind="notice", name="二.docx", file=newer, now=NOW + timedelta(days=1))

    with reading(world.secretary) as session:
        (used,) = templates_in_use(session)
        assert template_for(session, "notice") == newer
        assert session.get_one(DocumentTemplate, first).retired_at == NOW + timedelta(days=1)
    assert (used.id, used.name, used.size) == (second, "二.docx", len(newer))
    assert used.uploaded_by == admin(world).name


def test_one_goes_back_to_the_built_in_template(world: World) -> None:
    made = do(admin(world), set_template, kind="minutes", name="纪要.docx", file=GOOD)

    do(admin(world), retire_template, template_id=made)
    do(admin(world), retire_template, template_id=made, now=NOW + timedelta(days=3))

    with reading(world.secretary) as session:
        assert template_for(session, "minutes") is None
        assert session.get_one(DocumentTemplate, made).retired_at == NOW


def test_the_log_knows_name_and_hash_and_not_the_file(small_world: World) -> None:
    do(admin(small_world), set_template, kind="notice", name="通知.docx", file=GOOD)

    with reading(admin(small_world)) as session:
        changes = session.scalar(select(AuditEntry.changes).where(AuditEntry.table_name == "document_template"))
    assert changes is not None
    assert changes["sha256"] == [None, hashlib.sha256(GOOD).hexdigest()]
    assert changes["name"] == [None, "通知.docx"]
    assert changes["file"] == [None, "•••"]
    assert len(json.dumps(changes)) < 1000


@pytest.mark.parametrize(
    ("bad", "field", "problem"),
    [
        ({"kind": "letter"}, "kind", Problem.UNKNOWN_CHOICE),
        ({"kind": None}, "kind", Problem.EMPTY),
        ({"file": b""}, "file", Problem.EMPTY),
        ({"file": None}, "file", Problem.EMPTY),
        ({"file": "text"}, "file", Problem.EMPTY),
        ({"name": ""}, "name", Problem.EMPTY),
        ({"name": "长" * 101}, "name", Problem.TOO_LONG),
    ],
)
def test_bad_input_is_told_at_its_field(
    small_world: World, bad: dict[str, object], field: str, problem: Problem
) -> None:
    with pytest.raises(BadInput) as told:
        do(admin(small_world), set_template, **{"kind": "notice", "name": "通知.docx", "file": GOOD} | bad)

    assert (told.value.field, told.value.problem) == (field, problem)


def test_the_action_itself_takes_no_macro(small_world: World) -> None:
    with pytest.raises(Refused, match="template_macros"):
        do(admin(small_world), set_template, kind="notice", name="x.docx", file=with_part("word/vbaProject.bin"))


def test_only_the_subdistrict_sets_templates(small_world: World) -> None:
    made = do(admin(small_world), set_template, kind="notice", name="通知.docx", file=GOOD)

    with pytest.raises(NotPermitted):
        do(small_world.secretary, set_template, kind="notice", name="通知.docx", file=GOOD)
    with pytest.raises(NotPermitted):
        do(small_world.secretary, retire_template, template_id=made)
    with pytest.raises(NotFound):
        do(admin(small_world), retire_template, template_id=made + 999)
