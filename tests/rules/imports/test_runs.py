"""Runs of ids, quick redaction of many rows, and search keys by run: the same as without the short way."""

from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from db.actions.imports.kinds import public
from db.models.types import Encrypted, encrypt_all
from db.rules.imports.runs import joined, runs_of
from db.rules.masking import redact

PIECES = st.sampled_from(
    ["3", "幢", "号楼", "2单元", "501", "室", "户", "-", "#", " ", "楼", "层", "十二", "甲", "A", "1380000", "1234",
     "0574", "灯坏了", ",", "号", "房", "百", "电话", "单元", "栋", "座", "弄", "－", "五"]
)  # fmt: skip


@given(st.lists(st.integers(1, 60)))
def test_runs_hold_every_id_once_and_nothing_else(ids: list[int]) -> None:
    runs = runs_of(ids)

    assert [number for first, last in runs for number in range(first, last + 1)] == sorted(set(ids))
    assert all(before[1] + 1 < after[0] for before, after in pairwise(runs))


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 9))))
def test_runs_that_touch_are_one(pairs: list[tuple[int, int]]) -> None:
    runs = [(first, first + more) for first, more in pairs]

    assert {n for first, last in joined(runs) for n in range(first, last + 1)} == {
        n for first, last in runs for n in range(first, last + 1)
    }


@given(st.lists(PIECES, max_size=14).map("".join) | st.text(max_size=40))
@example("3幢2单元501室漏水")
@example("一三八零零零零一二三四")
@example("三零一室")
@example("3-2-501")
def test_the_short_way_hides_what_the_long_way_hides(text: str) -> None:
    assert public(text) == redact(text)


def test_every_value_is_encrypted_under_its_own_nonce() -> None:
    made = encrypt_all(["张测试", None, "张测试"])

    read = [Encrypted().process_result_value(one, None) for one in made]  # type: ignore[arg-type]
    assert read == ["张测试", None, "张测试"]
    assert made[0] != made[2]
