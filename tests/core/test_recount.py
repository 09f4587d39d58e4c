"""python -m db recount: a ballot file is counted again by anybody, without the database and without any setting."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from db.__main__ import main
from db.rules.voting.ballot_file import SPOILT, BallotFile, BallotLine, read, recount, write
from db.rules.voting.decision import PRESETS, Decision, Electorate, Preset, decide
from db.rules.voting.outcome_words import motion_sentence, plain
from db.rules.voting.question import MOTION, Option, Question
from db.terms import QuestionKind, VoteMethod

ROOT = Path(__file__).resolve().parents[2]
COUNCIL = PRESETS[Preset.COUNCIL]


def a_file(votes: tuple[int, int, int] = (7, 5, 2), *, issued: int = 14, title: str = "第三届第2次会议") -> BallotFile:
    choices = [choice for choice, count in zip(("for", "against", "abstain"), votes, strict=True) for _ in range(count)]
    lines = tuple(BallotLine(VoteMethod.SLIP, f"K{n:02d}", choice, 1) for n, choice in enumerate(choices))
    people = Electorate(due=16, recused=0, present=14)
    ways = ((VoteMethod.SLIP, issued),)
    return BallotFile(title, "在1幢楼道加装感应灯", 1, MOTION, COUNCIL, people, False, 0, ways, lines)


@pytest.fixture
def exported(tmp_path: Path) -> Path:
    path = tmp_path / "ballots.csv"
    path.write_bytes(write(a_file()).encode())
    return path


def test_the_recount_says_the_same_sentence_as_the_screen(exported: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decision = decide(COUNCIL, due=16, present=14, votes_for=7, votes_against=5, votes_abstain=2)

    assert main(["recount", str(exported)]) == 0

    said = capsys.readouterr().out.splitlines()
    assert said == [
        "第三届第2次会议",
        "动议：在1幢楼道加装感应灯（第1轮表决）",
        "票码表决（无记名）：",
        "  发出14 = 收回14 + 未投0",
        "  收回14 = 有效14 + 空白0 + 废票0",
        "  有效14 = 赞成7 + 反对5 + 弃权2",
        motion_sentence(decision, COUNCIL, plain),
        f"SHA-256:{hashlib.sha256(exported.read_bytes()).hexdigest()}",
    ]


def test_it_needs_no_database_no_key_and_no_directory_of_its_own(exported: Path, tmp_path: Path) -> None:
    nowhere = {
        "PYTHONPATH": str(ROOT),
        "YIQILAI_DATABASE_URL": "postgresql://nobody@localhost:1/nothing",
        "YIQILAI_DATA_DIR": str(tmp_path / "none"),
        "YIQILAI_SECRET_KEY": "not a key",
    }

    command = [sys.executable, "-m", "db", "recount", exported.name]
    ran = subprocess.run(command, cwd=tmp_path, env=nowhere, capture_output=True, timeout=60)

    assert (ran.returncode, ran.stderr.decode()) == (0, "")
    assert "7票未超过实到14人的半数" in ran.stdout.decode()
    assert not (tmp_path / "none").exists()


def test_books_that_do_not_balance_give_no_result_and_exit_1(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "ballots.csv"
    path.write_bytes(write(a_file(issued=13)).encode())

    assert main(["recount", str(path)]) == 1

    said = capsys.readouterr().out
    assert "账目不平，没有结果：\n  票码表决（无记名）：收回的票多于发出的票" in said
    assert "实到" not in said


def test_more_ballots_than_people_there_exit_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ballots.csv"
    path.write_bytes(write(a_file((10, 5, 0), issued=16)).encode())

    assert main(["recount", str(path)]) == 1

    assert "收回的票比在场可表决的14人多1张" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("damage", "line"),
    [
        (lambda kept: kept.replace(b",for,", b",yes,", 1), 12),
        (lambda kept: kept.replace("感应灯".encode(), b"\xff\xfe", 1), 3),
        (lambda kept: b"way;code\r\n", 1),
        (lambda kept: b"", 1),
        (lambda kept: kept[: kept.index(b"# rule") + 20], 6),
    ],
)
def test_a_file_that_cannot_be_read_is_told_with_its_line_and_exits_2(
    exported: Path, capsys: pytest.CaptureFixture[str], damage: object, line: int
) -> None:
    exported.write_bytes(damage(exported.read_bytes()))  # type: ignore[operator]

    assert main(["recount", str(exported)]) == 2

    told = capsys.readouterr()
    assert told.out == ""
    assert f"第{line}行：" in told.err


FORMS = {
    "ranking.blt": '3 2\n6 1 2 0\n1 1 3 0\n2 2 0\n4 3 0\n2 0\n0\n"东门"\n"南门"\n"广场"\n"放哪里"\n',
    "budget.pb": "META\nkey;value\nbudget;900\nvote_type;approval\nrule;equalshares\nPROJECTS\n"
    "project_id;cost;votes;name;selected\n1;600;2;灯;1\n2;300;1;椅;1\n3;300;1;树;2\nVOTES\nvoter_id;vote\n"
    "1;1,1\n2;1\n3;2\n",
    "table.csv": "\ufeffcount,东门,南门\n6,1,\n4,,1\n1,,\n",
}


@pytest.mark.parametrize(
    ("name", "options", "lines"),
    [
        ("ranking.blt", ["--rule", "scottish"],
         ["放哪里", "有效15张（其中弃权2张）", "各项计数：东门 7、南门 2、广场 4",
          "第1轮 1号 7、2号 2、3号 4；当选 1；转移余票 1", "第2轮 1号 5、2号 3.71426、3号 4.28571；淘汰 2",
          "第3轮 1号 5、3号 4.28571；当选 3",
          "按可转移单票（苏格兰计票法）计票；“东门”第1轮7票、“广场”第3轮约4.29票入选（名额2个）。"]),
        ("ranking.blt", [],
         ["按可转移单票（精确分数）计票；“东门”第1轮7票、“广场”第2轮约4.38票入选（名额2个）。"]),
        ("budget.pb", [],
         ["1张选票把同一项写了不止一次，只算一次", "各项计数：灯 2、椅 1、树 0",
          "按等额份额法入选，余款不再分；“灯”2票（600元）、“椅”1票（300元）入选；预算900元，用去900元，余0元。",
          "与文件里的入选标记不一致（文件里还有标记2）"]),
        ("table.csv", ["--kind", "choose"],
         ["table.csv", "有效11张（其中弃权1张）", "“东门”6票入选（名额1个）。"]),
        ("table.csv", ["--kind", "motion"], ["动议的各列应为"]),
    ],
)  # fmt: skip
def test_forms_of_other_programs_are_counted_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, options: list[str], lines: list[str]
) -> None:
    path = tmp_path / name
    path.write_text(FORMS[name], encoding="utf-8")

    ended = main(["recount", str(path), *options])

    told = capsys.readouterr()
    assert ended in (0, 2)
    for line in lines:
        assert line in told.out + told.err


def test_a_table_says_what_is_missing_and_a_ballot_file_lets_nobody_choose_its_rule(
    tmp_path: Path, exported: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "table.csv"
    path.write_text(FORMS["table.csv"], encoding="utf-8")

    assert main(["recount", str(path)]) == 2
    assert "请用 --kind 说明" in capsys.readouterr().err
    assert main(["recount", str(exported), "--rule", "scottish"]) == 2
    assert "它自己写明了怎样计票" in capsys.readouterr().err


def test_a_missing_file_exits_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["recount", str(tmp_path / "none.csv")]) == 2
    assert "读不了" in capsys.readouterr().err


def test_a_title_cannot_steer_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ballots.csv"
    path.write_bytes(write(a_file(title="\x1b[2J会议\r第二行\ud800")).encode())

    assert main(["recount", str(path)]) == 0

    assert capsys.readouterr().out.startswith("\ufffd[2J会议\ufffd第二行\ufffd\n")


def test_a_changed_ballot_changes_the_hash_and_the_count() -> None:
    text = write(a_file((8, 4, 2)))
    changed = text.replace(",for,", ",against,", 1)

    before, after = recount(read(text), text), recount(read(changed), changed)

    assert before.digest != after.digest
    assert isinstance(before.result, Decision)
    assert isinstance(after.result, Decision)
    assert (before.result.votes_for, after.result.votes_for) == (8, 7)


def test_the_example_of_the_documentation_is_a_ballot_file_once_its_dots_are_filled_in() -> None:
    example = (ROOT / "docs/ballot-file.md").read_text(encoding="utf-8").split("```")[1].lstrip("\n")
    choose = Question(
        QuestionKind.CHOOSE, tuple(Option(n, t) for n, t in enumerate(("健身角", "长廊", "花坛"), 1)), most=2
    )
    whole = write(replace(a_file(), question=choose, ballots=())).splitlines()
    dotted = {line.split(":")[0]: line for line in whole if line.startswith(("# question", "# rule"))}
    lines = [dotted.get(line.split(":")[0], line) for line in example.splitlines()]

    text = "\n".join(lines) + "\n"

    assert write(read(text)) == text
    assert SPOILT not in text
