"""The full set of a meeting: what is printed before it, what goes into the file after it, one name each."""

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

from components.admin.document_samples import sample_notice, sample_record, sample_sitting
from components.meetings.full_set import full_set, made_files, zipped
from db.rules.meetings.sitting import Seat
from db.terms import MeetingState, NoticeState
from tests.support.word_files import text_of

CLOSED = sample_sitting()
CONVENED = replace(CLOSED, state=MeetingState.CONVENED)


def names(papers: object) -> list[str]:
    return [name for name, _paper in papers]  # type: ignore[attr-defined]


def test_before_a_meeting_the_set_is_notice_sheet_ballots_and_seat_cards() -> None:
    assert names(full_set(CONVENED, sample_record())) == ["会议通知", "签到表", "表决票-1", "表决票-2", "席位卡"]


def test_after_it_the_set_is_results_minutes_notices_and_the_index() -> None:
    record = replace(sample_record(), notices=(replace(sample_notice(), state=NoticeState.FINISHED),))

    assert names(full_set(CLOSED, record)) == [
        *("表决结果报告单", "会议纪要", "公示-1-关于“楼道灯更换”的公示"),
        *("公示结果-1-关于“楼道灯更换”的公示", "档案目录"),
    ]


def test_the_index_says_which_notice_is_missing() -> None:
    record = replace(sample_record(), notices=(sample_notice(),))
    index = text_of(full_set(CLOSED, record)[-1][1]())

    assert "“休闲座椅选点”的公示" in index
    assert "“楼道灯更换”的公示\n" not in index.replace("关于“楼道灯更换”的公示", "")
    assert "还没有公示" in index


def test_a_title_cannot_break_the_name_of_a_file() -> None:
    record = replace(sample_record(), notices=(replace(sample_notice(), title="../关于 1/2 幢:" + "长" * 90),))
    with ZipFile(BytesIO(zipped(made_files(full_set(CLOSED, record))))) as archive:
        found = archive.namelist()

    assert len(found) == len(set(found))
    assert all("/" not in name and ":" not in name and len(name) < 50 for name in found)


def test_every_member_has_a_seat_card_and_a_long_name_a_smaller_one() -> None:
    long = Seat(99, 60, "欧阳阿依古丽买买提江", "居民代表", False)
    cards = text_of(full_set(replace(CONVENED, seats=(*CONVENED.seats, long)), sample_record())[-1][1]())

    assert [line for line in cards.splitlines() if line.startswith("席位 ")] == [
        *(f"席位 {n:02d}    居民代表" for n in range(1, 17)),
        "席位 60    居民代表",
    ]
    assert cards.splitlines().count(long.name) == 1
