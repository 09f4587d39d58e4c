"""What leaves the house shows no name, number or door; conventions of docs/domain.md 12.3."""

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.masking import (
    COMPOUND_SURNAMES,
    PersonalKind,
    find_personal,
    masked_id_card,
    masked_name,
    masked_phone,
    masked_room,
    redact,
)

FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

mobiles = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
identities = st.builds(
    lambda province, area, day, order, check: f"{province}{area:04}{day:%Y%m%d}{order:03}{check}",
    st.sampled_from(["11", "33", "44", "51"]),
    st.integers(0, 9999),
    st.dates(date(1920, 1, 1), date(2025, 1, 1)),
    st.integers(0, 999),
    st.sampled_from("0123456789X"),
)
around = st.text(alphabet="联系人张阿姨住在,。 :()\n电话abc", max_size=12)


# --- fields ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("张王小明", "张**"),
        ("欧阳锋", "欧阳*"),
        ("欧阳娜娜", "欧阳**"),
        ("司马光", "司马*"),
        ("诸葛亮", "诸葛*"),
        ("单于明", "单于*"),
        ("欧阳", "欧*"),
        ("王", "王*"),
        (" 李四 ", "李*"),
        ("买买提·艾力", "买**"),
        ("𠮷田喆", "𠮷**"),
        ("Anna Li", "A**"),
        ("", ""),
        ("  ", ""),
    ],
)
def test_of_a_name_only_the_surname_is_shown(name: str, masked: str) -> None:
    assert masked_name(name) == masked


@given(st.text(alphabet="张王李欧阳司马建国秀英·", min_size=1, max_size=8))
def test_a_masked_name_shows_a_surname_and_stars_and_hides_its_length(name: str) -> None:
    masked = masked_name(name)

    kept = masked.rstrip("*")
    assert name.startswith(kept)
    assert len(kept) == 1 or kept in COMPOUND_SURNAMES
    assert 1 <= len(masked) - len(kept) <= 2


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("13812341234", "138****1234"),
        ("138 1234 1234", "138****1234"),
        ("138-1234-1234", "138****1234"),
        ("+86 13812341234", "138****1234"),
        ("008613812341234", "138****1234"),
        ("１３８１２３４１２３４", "138****1234"),
        ("0574-87651234", "0574-****1234"),
        ("(0574) 87651234", "0574-****1234"),
        ("010-87651234", "010-****1234"),
        ("02187651234", "021-****1234"),
        ("87651234", "****1234"),
        ("8765123", "****5123"),
        ("12345", "*****"),
        ("1381234123", "**********"),
        ("", ""),
    ],
)
def test_a_telephone_shows_its_ends(phone: str, masked: str) -> None:
    assert masked_phone(phone) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("330203199001011234", "330***********1234"),
        ("33020319900101123x", "330***********123X"),
        ("330203 19900101 1234", "330***********1234"),
        ("３３０２０３１９９００１０１１２３４", "330***********1234"),
        ("330203900101123", "330********1123"),
        ("3302031990010112", "*" * 16),
        ("", ""),
    ],
)
def test_an_identity_number_shows_three_and_four(number: str, masked: str) -> None:
    assert masked_id_card(number) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("南塘小区3幢2单元501室", "南塘小区3幢***"),
        ("南塘小区 3 幢 501", "南塘小区 3 幢***"),
        ("南塘小区３幢５０１室", "南塘小区3幢***"),
        ("南塘小区12号楼501", "南塘小区12号楼***"),
        ("南塘小区三幢二单元五零一室", "南塘小区三幢***"),
        ("南塘小区501室", "南塘小区***"),
        ("3幢", "3幢"),
        ("3-2-501", "3***"),
        ("3-501", "3***"),
        ("中山路12弄34号501室", "中山路12弄***"),
        ("中山路34号", "中山路***"),
        ("A座1203", "A座***"),
        ("B1203", "***"),
        ("二单元三楼", "***"),
        ("南塘老街", "南塘老街"),
        ("", ""),
    ],
)
def test_an_address_ends_at_its_building(address: str, masked: str) -> None:
    assert masked_room(address) == masked


@given(mobiles, st.sampled_from(["", " ", "-"]), st.booleans())
def test_no_run_of_the_original_digits_is_left_beyond_the_ends(phone: str, gap: str, wide: bool) -> None:
    written = gap.join((phone[:3], phone[3:7], phone[7:]))

    masked = masked_phone(written.translate(FULL_WIDTH) if wide else written)

    assert masked == f"{phone[:3]}****{phone[7:]}"


@given(st.text(alphabet="0123456789xX- ", max_size=24))
def test_whatever_is_typed_no_mask_shows_more_than_eight_digits(written: str) -> None:
    assert sum(character.isdigit() for character in masked_phone(written)) <= 8
    assert sum(character.isdigit() for character in masked_id_card(written)) <= 7


# --- free text ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("联系张阿姨13812345678", [PersonalKind.MOBILE]),
        ("联系张阿姨１３８１２３４５６７８。", [PersonalKind.MOBILE]),
        ("138-1234-5678或139 1234 5678", [PersonalKind.MOBILE, PersonalKind.MOBILE]),
        ("13812345678 13912345678", [PersonalKind.MOBILE, PersonalKind.MOBILE]),
        ("+86 13812345678", [PersonalKind.MOBILE]),
        ("电话一三八一二三四五六七八", [PersonalKind.MOBILE]),
        ("幺三八幺二三四五六七八", [PersonalKind.MOBILE]),
        ("身份证330203199001011234", [PersonalKind.ID_CARD]),
        ("身份证33020319900101123x,", [PersonalKind.ID_CARD]),
        ("330203 19900101 1234", [PersonalKind.ID_CARD]),
        ("33020319900101123Xabc", [PersonalKind.ID_CARD]),
        ("330203199013011234", [PersonalKind.ID_CARD]),
        ("330203900101123", [PersonalKind.ID_CARD]),
        ("座机0574-87654321", [PersonalKind.LANDLINE]),
        ("(0574)87654321", [PersonalKind.LANDLINE]),
        ("电话:87654321", [PersonalKind.LANDLINE]),
        ("卡号6222021234567890128", [PersonalKind.BANK_CARD]),
        ("家住3幢2单元501室", [PersonalKind.ROOM]),
        ("家住３幢５０１室", [PersonalKind.ROOM]),
        ("3幢501的老人", [PersonalKind.ROOM]),
        ("12号楼1203", [PersonalKind.ROOM]),
        ("2单元501", [PersonalKind.ROOM]),
        ("住3-2-501", [PersonalKind.ROOM]),
        ("501室漏水", [PersonalKind.ROOM]),
        ("三幢二单元五零一室", [PersonalKind.ROOM]),
        ("五零一室", [PersonalKind.ROOM]),
        ("3幢2单元5楼501室,13812345678", [PersonalKind.ROOM, PersonalKind.MOBILE]),
    ],
)
def test_personal_information_is_found_however_it_is_written(text: str, kinds: list[PersonalKind]) -> None:
    assert [finding.kind for finding in find_personal(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "3幢楼下路灯坏了",
        "5幢2单元3楼漏水",
        "2026-01-05 10:00 开会",
        "会议时间2026年1月5日14:30",
        "共20260105件",
        "拨打12345",
        "预算138000元,受益1200户",
        "编号 NT-2026-0012",
        "12345678901234567890",
        "23812345678",
        "第3届第12次会议",
        "70余个泊位",
        "一二三四五六七",
        "二楼活动室",
        "居委会会议室",
        "调解室3间",
    ],
)
def test_ordinary_numbers_are_left_alone(text: str) -> None:
    assert find_personal(text) == []
    assert redact(text) == text


def test_a_finding_says_where_it_is_and_how_to_show_it() -> None:
    text = "请联系 １３８１２３４５６７８ 张阿姨"

    (finding,) = find_personal(text)

    assert text[finding.start : finding.end] == "１３８１２３４５６７８"
    assert finding.masked == "138****5678"


def test_only_the_personal_part_of_a_text_is_replaced() -> None:
    text = "张阿姨(13812345678)住3幢2单元501室,身份证33020319900101123X,请关心。"

    assert redact(text) == "张阿姨(138****5678)住3幢***,身份证330***********123X,请关心。"


@pytest.mark.parametrize("written", ["0574-87654321", "057487654321", "0574 87654321"])
def test_the_telephone_of_the_office_may_be_printed(written: str) -> None:
    text = "异议请致电0574-87654321,个人电话13812345678"

    assert redact(text, allowed={written}) == "异议请致电0574-87654321,个人电话138****5678"


def test_of_two_readings_the_more_sensitive_one_wins() -> None:
    (finding,) = find_personal("110 13812345678 2026")

    assert finding.kind is PersonalKind.ID_CARD


@given(around, st.one_of(mobiles, identities), around, st.booleans())
def test_no_number_survives_redaction(before: str, number: str, after: str, wide: bool) -> None:
    written = number.translate(FULL_WIDTH) if wide else number

    cleaned = redact(f"{before}{written}{after}")

    assert number not in cleaned
    assert written not in cleaned
    assert not re.search(r"[0-9０-９]{5,}", cleaned)


@given(st.text(alphabet="0123456789０１８－-. 幢单元室号楼一三八X电话", max_size=40))
def test_findings_never_overlap_and_cleaned_text_needs_no_second_cleaning_of_numbers(text: str) -> None:
    found = find_personal(text)

    assert all(one.end <= following.start for one, following in pairwise(found))
    assert all(0 <= finding.start < finding.end <= len(text) for finding in found)
    assert not {finding.kind for finding in find_personal(redact(text))} & {PersonalKind.MOBILE}
