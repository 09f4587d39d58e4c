"""python -m db recount of other forms: each gives what the ballot file gives, and damage by hand is told."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.__main__ import main
from db.rules.typed import clean_line
from db.rules.voting.ballot_file import BallotFile, BallotLine, recount
from db.rules.voting.ballot_file import read as read_file
from db.rules.voting.ballot_file import write as write_file
from db.rules.voting.decision import PRESETS, Decision, Electorate, Preset
from db.rules.voting.forms import blt, pabulib, table
from db.rules.voting.forms.poll import Poll, poll_of
from db.rules.voting.house_rule import Threshold
from db.rules.voting.outcome_words import counted_parts, plain
from db.rules.voting.question import ABSTAIN, MOTION, MOTION_PATTERNS, Option, Question, pattern_of
from db.rules.voting.verdict import Verdict
from db.terms import BudgetRule, Completion, QuestionKind, RankRule, VoteMethod
from db.upkeep.recount import Told, recount_form

TITLES = st.text("东南西门ab1２;,|#'\"“=-+>（ ", min_size=1, max_size=9).map(lambda text: clean_line(text, 80).value)
SHARES = st.sampled_from(
    [None, Threshold(1, 2, strict=True), Threshold(1, 2, strict=False), Threshold(2, 3, strict=False)]
)
GIVINGS = {given: name for name, given in pabulib.RULES.items()}


@st.composite
def questions(draw: st.DrawFn) -> Question:
    kind = draw(st.sampled_from([one for one in QuestionKind if one is not QuestionKind.MOTION]))
    titles = draw(st.lists(TITLES.filter(bool), min_size=2, max_size=5, unique=True))
    places = st.integers(1, len(titles))
    if kind is QuestionKind.BUDGET:
        options = tuple(Option(place, title, draw(st.integers(1, 60))) for place, title in enumerate(titles, 1))
        giving, completion = draw(st.sampled_from(sorted(GIVINGS)))
        return Question(
            kind, options, budget=draw(st.integers(1, 150)), budget_rule=giving, completion=completion, named=True
        )
    options = tuple(Option(place, title) for place, title in enumerate(titles, 1))
    if kind is QuestionKind.RANK:
        return Question(kind, options, seats=draw(places), rank_rule=draw(st.sampled_from(RankRule)), named=True)
    if kind is QuestionKind.SCORE:
        return Question(kind, options, seats=draw(places))
    return Question(kind, options, seats=draw(places), most=draw(places), threshold=draw(SHARES))


@st.composite
def files(draw: st.DrawFn) -> BallotFile:
    """A ballot as it is exported: some of it on paper, some by slip, with blank papers."""
    asked = draw(questions() | st.just(MOTION))
    patterns = draw(st.lists(said(asked), max_size=12))
    papers = [BallotLine(VoteMethod.PAPER, "", pattern, draw(st.integers(1, 4))) for pattern in {*patterns[::2]}]
    slips = [BallotLine(VoteMethod.SLIP, f"K{place}", one, 1) for place, one in enumerate(patterns[1::2])]
    papers.append(BallotLine(VoteMethod.PAPER, "", "blank", 2))
    count = sum(line.count for line in papers) + len(slips)
    issued = ((VoteMethod.PAPER, 90), (VoteMethod.SLIP, 90))
    people = Electorate(due=count, recused=0, present=count)
    title = draw(TITLES)
    return BallotFile(
        title, "放哪里\n两处", 1, asked, PRESETS[Preset.COUNCIL], people, False, 0, issued, (*papers, *slips)
    )


def said(asked: Question) -> st.SearchStrategy[str]:
    if asked.kind is QuestionKind.MOTION:
        return st.sampled_from(MOTION_PATTERNS)
    size = len(asked.options)
    most = asked.most if asked.kind is QuestionKind.CHOOSE else size
    one = (
        st.lists(st.none() | st.integers(0, 10), min_size=size, max_size=size).filter(lambda scores: any(scores))
        if asked.kind is QuestionKind.SCORE
        else st.lists(st.integers(1, size), min_size=1, max_size=most, unique=True)
    )
    return one.map(lambda chosen: pattern_of(asked, chosen)) | st.just(ABSTAIN)


def forms_of(file: BallotFile) -> dict[str, tuple[str, Told]]:
    """As the page offers them, and what one says beside each."""
    poll, asked = poll_of(file), file.question
    rule = asked.rank_rule.value if asked.kind is QuestionKind.RANK else ""
    if asked.kind is QuestionKind.BUDGET:
        rule = GIVINGS[asked.budget_rule, asked.completion]
    seats = asked.seats if asked.kind not in (QuestionKind.BUDGET, QuestionKind.MOTION) else None
    most = asked.most if asked.kind is QuestionKind.CHOOSE else None
    told = Told(asked.kind, seats, most, asked.threshold, asked.budget or None, rule)
    found = {"ballots-table.csv": ("\ufeff" + table.write(poll), told)}
    if asked.kind is QuestionKind.RANK:
        found["ballots.blt"] = blt.write(poll), Told(rule=rule)
    if asked.kind is QuestionKind.BUDGET:
        found["ballots.pb"] = pabulib.write(poll, 2026), Told()
    return found


def counted(name: str, text: str | bytes, told: Told) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return recount_form(path, told)


@given(files())
def test_every_form_of_a_ballot_gives_the_sentence_of_its_ballot_file(file: BallotFile) -> None:
    text = write_file(file)
    result = recount(read_file(text), text).result

    for name, (form, told) in forms_of(file).items():
        again = counted(name, form, told)
        if isinstance(result, Decision):
            assert f"赞成{result.votes_for}票、反对{result.votes_against}票、弃权{result.votes_abstain}票" in again
        elif isinstance(result, Verdict):
            sentence = "；".join(counted_parts(result.tally, file.question, plain))
            sentence = sentence.replace('"', "”") if name.endswith(".blt") else sentence
            assert any(line.startswith(sentence) for line in again), (name, sentence, again)


def test_a_threshold_is_said_beside_a_table() -> None:
    """Without it the option that too few chose would win."""
    text = "count,东门,南门\n4,1,\n3,,1\n2,,\n"

    plain_count = counted("t.csv", text, Told(QuestionKind.CHOOSE))
    held = counted("t.csv", text, Told(QuestionKind.CHOOSE, threshold=Threshold(1, 2, strict=True)))

    assert "“东门”4票入选（名额1个）。" in plain_count
    assert "入选须超过有效票的半数（需5票）；没有一项入选。" in held


BLT = '3 2\n6 1 2 0\n1 1 3 0\n2 2 0\n4 3 0\n2 0\n0\n"东门"\n"南门"\n"广场"\n"放哪里"\n'
PB = (
    "META\nkey;value\nbudget;900\nvote_type;approval\nrule;equalshares\nnum_votes;3\nPROJECTS\n"
    "project_id;cost;votes;name;selected\n1;600;2;灯;1\n2;300;1;椅;1\n3;300;1;树;0\nVOTES\nvoter_id;vote\n1;1\n2;1\n3;2\n"
)
TABLE = "count,东门,南门,广场\n6,1,2,\n4,,1,2\n1,,,\n"
POINTS = PB.replace("approval", "scoring").replace("rule;equalshares", "rule;greedy").split("voter_id")[0] + (
    "voter_id;vote;points\n1;1,1,2;1,2,7\n2;1;10\n3;2;5\n"
)


@pytest.mark.parametrize(
    ("name", "text", "options", "line", "words"),
    [
        ("a.blt", BLT.encode("gbk"), [], 8, "UTF-8"),
        ("a.blt", BLT.replace("3 2\n", "3 2\n-9\n"), [], 2, "从 -1 到 -3"),
        ("a.blt", BLT.replace("6 1", "６ 1"), [], 2, "半角"),
        ("a.blt", BLT.replace("6 1", "6.5 1"), [], 2, "整数"),
        ("a.blt", BLT.replace("6 1 2", "6 1 1"), [], 2, "最多写一次"),
        ("a.blt", BLT.replace("哪里", "哪\n里"), [], 11, "引号"),
        ("a.blt", BLT.replace('\n0\n"', '\n"'), [], 7, "一行选票"),
        ("a.pb", PB.encode("gbk"), [], 9, "UTF-8"),
        ("a.pb", PB.replace("1;600", "1;6,000"), [], 9, "千位"),
        ("a.pb", PB.replace("1;600", "1;0"), [], 9, "大于零"),
        ("a.pb", PB.replace("budget;900", "budget;1e900"), [], 3, "金额"),
        ("a.pb", PB.replace("budget;900", "budget;0"), [], 3, "大于零"),
        ("a.pb", PB.replace("approval", "ordinal"), [], 4, "ordinal"),
        ("a.pb", PB.replace("灯;1", "灯; 亮;1"), [], 9, "分号"),
        ("a.pb", PB.replace("2;300", "1;300"), [], 10, "project_id“1”"),
        ("a.pb", PB.replace("2;300", " ;300"), [], 10, "project_id"),
        ("a.pb", PB.replace("voter_id;vote", "voter_id;votes"), [], 16, "vote"),
        ("a.pb", PB.replace("approval", "choose-1").replace("\n2;1\n", "\n2;1,2\n"), [], 15, "choose-1"),
        ("a.pb", POINTS.replace("10", "-10"), [], 15, "points"),
        ("a.csv", TABLE.encode("gbk"), ["--kind", "rank"], 1, "UTF-8"),
        ("a.csv", TABLE.encode("utf-16"), ["--kind", "rank"], 1, "UTF-8"),
        ("a.csv", TABLE, ["--kind", "choose"], 2, "选了的格子里是 1"),
        ("a.csv", TABLE.replace("6,1", "9" * 5000 + ",1"), ["--kind", "rank"], 2, "整数"),
        ("a.csv", TABLE.replace("东门", "东" * 140_000), ["--kind", "rank"], 1, "太长"),
        ("a.csv", TABLE.replace("东门", ""), ["--kind", "rank"], 1, "第2列"),
        ("a.csv", TABLE.replace(",", ";"), ["--kind", "rank"], 1, "半角逗号"),
        ("a.csv", "count,灯 | 1.5,椅 | 2\n", ["--kind", "budget", "--budget", "9"], 1, "整数元"),
        ("a.csv", "# yiqilai-ballots 1,,,,\n", [], 1, "电子表格"),
    ],
)
def test_what_a_hand_spoilt_is_told_in_chinese_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str | bytes, options: list[str], line: int,
    words: str,
) -> None:  # fmt: skip
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())

    ended = main(["recount", str(path), *options])

    told = capsys.readouterr()
    assert (ended, told.out) == (2, "")
    assert f"第{line}行：" in told.err
    assert words in told.err


@pytest.mark.parametrize(
    ("name", "options", "words"),
    [
        ("a.blt", ["--rule", "greedy"], "exact、scottish"),
        ("a.blt", ["--seats", "1"], "--seats 不能用于 BLT 文件"),
        ("a.pb", ["--rule", "scottish"], "equalshares/add1"),
        ("a.pb", ["--kind", "budget", "--budget", "5"], "--kind、--budget 不能用于"),
        ("a.csv", ["--kind", "rank", "--rule", "greedy"], "exact、scottish"),
        ("a.csv", ["--kind", "rank", "--budget", "5"], "--budget 不能用于 rank 的表格"),
        ("a.csv", ["--kind", "rank", "--at-least", "1/2"], "--at-least/--more-than 不能用于"),
        ("a.csv", ["--kind", "rank", "--seats", "9"], "从 1 到选项数 3"),
        ("a.csv", ["--kind", "budget"], "--budget 说明"),
    ],
)
def test_what_is_said_beside_a_file_and_does_not_go_with_it_is_not_passed_over(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, options: list[str], words: str
) -> None:
    """It would be counted by another rule than the one that was asked for."""
    path = tmp_path / name
    text = {"a.blt": BLT, "a.pb": PB, "a.csv": TABLE}[name]
    path.write_text(text.replace("门", "门 | 5").replace("广场", "广场 | 5") if "budget" in options else text)

    ended = main(["recount", str(path), *options])

    told = capsys.readouterr()
    assert (ended, told.out) == (2, "")
    assert words in told.err


def crlf(text: str) -> str:
    return "\ufeff" + text.replace("\n", "\r\n\r\n")


@pytest.mark.parametrize(
    "changed", [crlf, lambda text: text + "\n\n", lambda text: "\ufeff" + text.replace("\n", "\r\n")]
)
@pytest.mark.parametrize(
    ("name", "text", "told"),
    [("a.blt", BLT, Told()), ("a.pb", PB, Told()), ("a.csv", TABLE, Told(QuestionKind.RANK)), ("a.pb", POINTS, Told())],
)
def test_line_ends_blank_lines_and_a_mark_in_front_change_no_result(
    changed: Callable[[str], str], name: str, text: str, told: Told
) -> None:
    before, after = counted(name, text, told), counted(name, changed(text), told)

    assert after[:-1] == before[:-1]
    assert after[-1] != before[-1]


def test_columns_that_a_spreadsheet_adds_and_quotes_are_no_options() -> None:
    text = TABLE.replace("count", '"count"').replace("\n", ",,\n").replace("6,", "６,")

    assert counted("a.csv", text, Told(QuestionKind.RANK))[:-1] == counted("a.csv", TABLE, Told(QuestionKind.RANK))[:-1]


def test_notes_behind_the_numbers_of_a_blt_file_are_left_out() -> None:
    noted = (
        BLT.replace("3 2\n", "3 2 # two places\n").replace("6 1 2 0\n", "6 1 2 0 # six\n").replace('门"', '门" # gate')
    )

    assert counted("a.blt", noted, Told())[:-1] == counted("a.blt", BLT, Told())[:-1]


def test_who_withdrew_gets_nothing_and_the_ballots_go_on() -> None:
    again = counted("a.blt", BLT.replace("3 2\n", "3 2\n-1\n"), Told())

    assert "有效15张（其中弃权2张）" in again
    assert "各项计数：东门 0、南门 8、广场 5" in again


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.blt", BLT.replace("广场", "东门"), Told()),
        ("a.pb", PB.replace("椅", "灯"), Told()),
        ("a.csv", TABLE.replace("广场", "东门"), Told(QuestionKind.RANK, seats=2)),
    ],
)
def test_two_of_one_name_are_told_apart_by_their_number(name: str, text: str, told: Told) -> None:
    again = "".join(counted(name, text, told))

    assert "（1号）" in again
    assert "“东门”" not in again
    assert "“灯”" not in again


def test_a_file_with_cents_says_yuan() -> None:
    again = counted("a.pb", PB.replace("1;600", "1;600,50"), Told())

    assert "按等额份额法入选，余款不再分；“椅”1票（300元）入选；预算900元，用去300元，余600元。" in again
    assert any(
        "“灯”2票（600.5元）" in line for line in counted("a.pb", PB.replace("1;600", "1;600,50"), Told(rule="greedy"))
    )


def test_a_file_with_cents_raises_its_shares_by_whole_yuan() -> None:
    """The last project has no vote: whether it costs cents changes nothing. A raise of 3 yuan and some cents is enough
    for the lamps (`test_tally_budget`)."""
    head, rest = (
        PB.replace("budget;900", "budget;399").split("1;600")[0],
        "VOTES\nvoter_id;vote\n1;1,2\n2;1,2\n3;1,3\n4;4\n",
    )
    projects = "1;180;;灯;\n2;110;;椅;\n3;20;;树;\n4;89;;亭;\n5;{};;路;\n"
    told = Told(rule="equalshares/add1")

    whole = counted("a.pb", head + projects.format("2") + rest, told)
    cents = counted("a.pb", head + projects.format("1.50") + rest, told)

    assert any("每份提高4元" in line for line in whole)
    assert cents[:-1] == whole[:-1]


def test_a_file_that_lost_ballots_says_so() -> None:
    again = counted("a.pb", PB.removesuffix("3;2\n"), Told())

    assert "文件写明有3张选票（num_votes），读到2张：文件可能不全" in again
    assert not any("num_votes" in line for line in counted("a.pb", PB, Told()))


def test_points_that_stand_twice_are_added_and_it_is_said() -> None:
    again = counted("a.pb", POINTS, Told())

    assert "1张选票把同一项写了不止一次，分数相加" in again
    assert "各项计数：灯 13、椅 12、树 0" in again
    assert "按得分从高到低入选；“灯”13分（600元）、“椅”12分（300元）入选；预算900元，用去900元，余0元。" in again


def test_marks_of_a_city_that_drew_a_lot_are_not_called_wrong() -> None:
    tied = PB.replace("budget;900", "budget;600").replace("\n2;1\n", "\n2;3\n").replace("\n1;1\n", "\n1;2,3\n")

    drawn = counted("a.pb", tied.replace("budget;600", "budget;300").replace("灯;1", "灯;0"), Told(rule="greedy"))
    wrong = counted("a.pb", tied.replace("budget;600", "budget;300"), Told(rule="greedy"))

    assert "文件里的入选标记是这个平票的一种结果" in drawn
    assert "与文件里的入选标记不一致" in wrong


def test_a_title_with_a_line_end_keeps_a_blt_file_readable() -> None:
    again = blt.read(
        blt.write(Poll("会议\u2028动议\n第二行", Question(QuestionKind.RANK, (Option(1, "a"), Option(2, "b"))), {}))
    )

    assert again.title == "会议 动议 第二行"


def test_completions_without_a_winner_are_a_sentence() -> None:
    nobody = PB.split("voter_id;vote")[0].replace("num_votes;3", "num_votes;0") + "voter_id;vote\n"

    for rule in pabulib.RULES:
        assert any(line.endswith("没有一项入选。") for line in counted("a.pb", nobody, Told(rule=rule)))
    assert set(pabulib.RULES.values()) == {
        (BudgetRule.BY_VOTES, Completion.NONE), *((BudgetRule.EQUAL_SHARES, one) for one in Completion)
    }  # fmt: skip
