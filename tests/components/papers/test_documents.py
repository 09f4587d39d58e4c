"""Every Word document: filled whole, opened again, turned into a page by an office, and deaf to what people type."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document

from components.admin.document_fields import (
    Field,
    example_document,
    examples,
    fields_of,
    last_name,
    lists_of,
    loop,
    table_rows,
    tree_of,
)
from components.admin.document_kinds import KINDS, MEETING
from components.admin.document_samples import sample_notice, sample_record, sample_sitting
from components.admin.document_templates import try_template
from components.council.notice_paper import public_notice
from components.meetings.papers import document, file_name, paper_name
from components.meetings.papers_minutes import minutes
from components.meetings.papers_notice import notice_document
from components.meetings.papers_result import result_sheet
from components.papers.fields import with_names
from components.papers.own import own_templates
from components.papers.plain import plain_paper
from components.papers.word import Paper, fill
from components.refusals.shown import sentence
from components.reports.words import facts
from components.reports.workbook import standard_sheet
from components.wording import speaking
from db.engine import reading
from db.errors import Refused
from db.queries.meetings.meetings import sitting
from db.queries.meetings.papers import MeetingRecord, paper_record
from db.rules.papers.word_file import TEMPLATE_KINDS
from db.rules.reports.fields import LEDGERS, Period
from db.rules.voting.ballot_account import BallotAccount
from db.terms import Language, LedgerKind, VoteMethod
from tests.builders.meetings import in_session
from tests.builders.voting import vote_by_hands
from tests.builders.world import NOW, World
from tests.support.optional import needs
from tests.support.pdf_files import to_pdf
from tests.support.proof import proof
from tests.support.word_files import text_of

SITTING = sample_sitting()
FACTS = facts(
    Period(date(2026, 3, 1), date(2026, 3, 31)), community="柳林社区", subdistrict="澄湖街道", total=0,
    on=date(2026, 4, 1), filled_by="测试社工",
)  # fmt: skip


def written(field: Field, language: int) -> list[str]:
    """A field as one writes it: in English with 0, in Chinese with 1."""
    if field.several:
        return loop(field, language)
    if field.inner:
        return [line for part in field.inner for line in written(part, language)]
    return [f"{{{{ {(field.english, field.chinese)[language]} }}}}"]


def specimen(kind: str) -> Paper:
    return KINDS[kind].make()


# --- every kind ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
@pytest.mark.parametrize("language", Language)
def test_every_document_is_whole_in_both_languages(kind: str, language: Language) -> None:
    with speaking(language):
        made = specimen(kind)
        text = text_of(made())

    assert made.kind == kind
    assert text.strip()
    assert not {"{{", "}}", "{%", "%}", "['"} & {text[n : n + 2] for n in range(len(text))}


@pytest.mark.parametrize("kind", MEETING)
@pytest.mark.parametrize("language", Language)
def test_a_paper_of_a_meeting_bears_its_name(kind: str, language: Language) -> None:
    with speaking(language):
        text, title = text_of(specimen(kind)()), paper_name(kind)

    assert title in text or kind in ("cards", "slips", "public")


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_every_field_of_a_document_is_explained_and_has_a_chinese_name_of_its_own(kind: str) -> None:
    waiting = [tree_of(kind)]
    assert waiting[0]
    while waiting:
        beside = waiting.pop()
        names = [last_name(field.chinese) for field in beside]
        assert len(names) == len(set(names))
        for field, name in zip(beside, names, strict=True):
            assert field.words, field.path
            assert name.isidentifier(), field.path
            assert not name.isascii(), field.path
            waiting.append(field.inner)
    assert {field.words for field in fields_of(kind)}


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_our_own_template_and_the_examples_of_the_help_are_taken(kind: str) -> None:
    for file in (KINDS[kind].built_in(), example_document(kind)):
        assert ZipFile(BytesIO(try_template(kind, file))).testzip() is None


@pytest.mark.parametrize("kind", TEMPLATE_KINDS)
def test_every_field_prints_its_value_under_both_names_and_every_list_as_it_is_copied_from_the_page(kind: str) -> None:
    values = with_names(kind, specimen(kind).values)
    english, chinese = ([line for one in tree_of(kind) for line in written(one, language)] for language in (0, 1))
    assert english != chinese
    assert set(examples(kind).splitlines()) <= {*chinese, ""}

    printed = text_of(fill(own_template(*chinese), values))

    assert text_of(fill(own_template(*english), values)) == printed
    assert not {"{", "}", "['"} & {printed[n : n + size] for size in (1, 2) for n in range(len(printed))}
    for one in tree_of(kind):
        first = next((part.sample for part in (*one.inner, one) if part.sample), "")
        assert first.splitlines()[:1] == [] or first.splitlines()[0] in printed, one.path


def test_table_rows_copied_from_the_help_print_a_row_for_each_entry() -> None:
    seats = next(one for one in lists_of("sheet") if one.path == "seats")
    made, rows = Document(), table_rows(seats)
    grid = made.add_table(rows=len(rows), cols=len(rows[0]))
    for place, texts in enumerate(rows):
        for column, text in enumerate(texts):
            grid.cell(place, column).text = text
    kept = BytesIO()
    made.save(kept)

    printed = Document(BytesIO(fill(kept.getvalue(), with_names("sheet", specimen("sheet").values))))

    assert len(printed.tables[0].rows) == 1 + 16
    assert [cell.text for cell in printed.tables[0].rows[1].cells][:2] == ["1", "成员01"]


def test_a_form_has_a_field_for_every_answer_in_whatever_language_it_is_printed() -> None:
    own = own_template("单位：{{ 单位 }}；{{ 项目名称 }}")
    with speaking(Language.ENGLISH):
        made = specimen("project")
        with own_templates({"project": own}.get):
            text = text_of(made())

    assert made.values["sheet"][0][1] in text  # type: ignore[index]


@pytest.mark.parametrize("kind", ["notice", "results", "minutes", "public", "ballot"])
def test_an_owners_matter_is_advice_in_every_paper(kind: str) -> None:
    assert "供业主大会参考" in text_of(specimen(kind)())


@needs("office")
def test_an_office_opens_every_document_in_our_template_and_in_an_own_one_and_a_workbook(tmp_path: Path) -> None:
    for kind in TEMPLATE_KINDS:
        (tmp_path / f"{kind}.docx").write_bytes(specimen(kind)())
        (tmp_path / f"{kind}-own.docx").write_bytes(try_template(kind, example_document(kind)))
    ledger, _rows = standard_sheet(LedgerKind.VISITS, LEDGERS[LedgerKind.VISITS], [], FACTS)
    (tmp_path / "ledger.xlsx").write_bytes(ledger)

    to_pdf(tmp_path, tmp_path.glob("*.*x"))

    proofs = {
        kind: proof(tmp_path / f"{kind}.pdf")
        for kind in (*TEMPLATE_KINDS, *(f"{kind}-own" for kind in TEMPLATE_KINDS), "ledger")
    }
    assert {name: one.faults[1:] for name, one in proofs.items() if any(one.faults[1:])} == {}
    assert proofs["ledger"].smallest >= 9
    # The examples of the help end where their last table ends, which may be the end of a page.
    assert [name for name, one in proofs.items() if one.empty_pages and not name.endswith("-own")] == []
    # Sixteen voters who rank need three sheets of six; a fourth page would be an empty one. Thirteen slips are eight
    # a sheet, sixteen cards ten.
    for kind, pages in {"ballot": 3, "slips": 2, "cards": 2, "sheet": 1}.items():
        assert proofs[kind].pages == pages, kind


# --- what people type stays text ----------------------------------------------------------------------

EVIL = "{{ 7*7 }}{% for x in items %}<w:p/>&amp;<b>粗</b>]]>=SUM(A1)"


def test_what_people_type_is_text_and_no_markup() -> None:
    item = replace(SITTING.items[0], title=EVIL, motion=EVIL)
    sitting = replace(SITTING, items=(item,), place=EVIL)

    for paper in (notice_document(sitting), result_sheet(sitting), minutes(sitting)):
        text = text_of(paper())
        assert EVIL in text
        assert "49" not in text


def test_a_title_that_is_code_is_not_run_in_a_plain_sheet_either() -> None:
    made = plain_paper(EVIL, [EVIL], ["第一行\n第二行"], [], rows=([EVIL, "B"], [[EVIL, "1"]]))()

    assert text_of(made).count(EVIL) == 4


# --- the result sheet and its accounts -------------------------------------------------------------------


def accounts(**more: int) -> MeetingRecord:
    """Books of the sample motion (8 for, 4 against, 2 abstain), with the numbers that a test changes."""
    choices = {"for": more.pop("votes_for", 8), "against": 4, "abstain": 2}
    numbers = {"issued": 14, "returned": 14, "valid": 14} | more
    return MeetingRecord(accounts={1: [BallotAccount(VoteMethod.PAPER, **numbers, choices=choices)]})


def test_the_result_sheet_proves_its_books_way_by_way() -> None:
    text = text_of(result_sheet(SITTING, sample_record())())

    assert "举手表决：发出6 = 收回6 + 未投0；收回6 = 有效6 + 空白0 + 废票0；有效6 = 赞成3 + 反对2 + 弃权1" in text
    assert "8票超过实到14人的半数（需8票）：通过。" in text
    assert "第1轮 1号 6、2号 5、3号 2；淘汰 3" in text
    assert "a0" * 32 in text
    assert "python -m db recount" in text
    assert "原为“更换 8 号楼楼道感应灯”，更正为“更换 3 号楼楼道感应灯”" in text


@pytest.mark.parametrize(
    ("wrong", "rule", "said"),
    [
        (accounts(issued=13), "books_issued", "收回 14 张，多于发出的 13 张"),
        (accounts(returned=13), "books_returned", "收回 13 张，不等于有效 14 张加空白和废票 0 张"),
        (accounts(valid=13, spoilt=1), "books_valid", "有效 13 张，各种填法合计却是 14 张"),
        (accounts(issued=15, returned=15, valid=15, votes_for=9), "books_result", "与宣布的结果不一致"),
        (accounts(returned=13, spoilt=-1), "books_negative", "小于零"),
    ],
)
@pytest.mark.parametrize("make", [result_sheet, minutes])
def test_nothing_prints_when_the_books_do_not_balance(make: object, wrong: MeetingRecord, rule: str, said: str) -> None:
    with pytest.raises(Refused) as refused:
        make(SITTING, wrong)  # type: ignore[operator]

    assert refused.value.rule == rule
    assert said in sentence(refused.value)
    assert "楼道灯更换" in sentence(refused.value)


def test_books_that_balance_print() -> None:
    assert "发出14 = 收回14 + 未投0" in text_of(result_sheet(SITTING, accounts())())


def test_a_refused_recount_of_options_stops_the_sheet_too() -> None:
    ranked = BallotAccount(VoteMethod.PAPER, 13, 13, 12, blank=1, choices={"1>2>3": 12})

    with pytest.raises(Refused, match="books_result"):
        result_sheet(SITTING, MeetingRecord(accounts={2: [ranked]}))


def test_a_real_meeting_prints_its_books_and_the_hash_of_its_ballot_file(world: World) -> None:
    meeting, items = in_session(world)
    vote_by_hands(world, items[0], 8, 4, 2)
    with reading(world.secretary) as session:
        facts, record = sitting(session, meeting, now=NOW), paper_record(session, meeting)

    for what in ("results", "minutes"):
        text = text_of(document(what, facts, record)())
        assert "举手表决：发出14 = 收回14 + 未投0；收回14 = 有效14 + 空白0 + 废票0" in text
        assert record.hashes[items[0]] in text
        assert len(record.hashes[items[0]]) == 64


# --- minutes, notice ----------------------------------------------------------------------------------


def test_the_minutes_hold_tasks_hashes_and_a_line_for_everybody_present() -> None:
    text = text_of(minutes(SITTING, sample_record())())

    assert "联系施工单位报价" in text
    assert "2026年3月20日" in text
    assert "闭会时审计日志末条：第 20431 条，校验码 " + "c4" * 32 in text
    assert "5f" * 32 in text
    assert [line for line in text.splitlines() if line[:2].isdigit() and line[3:] == f"成员{line[:2]}"] == [
        f"{n:02d} 成员{n:02d}" for n in range(1, 15)
    ]


def test_the_public_notice_is_signed_and_dated() -> None:
    text = text_of(public_notice(sample_notice())())

    assert "示例社区居民委员会" in text
    assert "公示期：2026年3月6日至2026年3月13日（5个工作日）。" in text


def test_a_document_has_a_name_that_sorts() -> None:
    assert file_name(SITTING, "results") == "第3届第2次-表决结果报告单-2026-03-05.docx"


@pytest.mark.parametrize("what", ["notice", "sheet", "results", "minutes"])
def test_the_template_of_the_subdistrict_is_used_and_ours_when_it_breaks(what: str) -> None:
    own = own_template("街道专用：{{ meeting }}")
    broken = own_template("{{ meeting.nothing() }}")

    made = document(what, SITTING, sample_record())

    with own_templates({what: own}.get):
        assert text_of(made()).startswith("街道专用：示例社区居民议事会")
    with own_templates({what: broken}.get):
        assert paper_name(what) in text_of(made())


def own_template(*lines: str) -> bytes:
    """A small Word file with these paragraphs."""
    made, kept = Document(), BytesIO()
    for line in lines:
        made.add_paragraph(line)
    made.save(kept)
    return kept.getvalue()


def test_a_field_without_a_value_stays_empty_at_use() -> None:
    made = fill(own_template("A{{ nothing.at.all }}B"), {})

    assert text_of(made).startswith("AB")
