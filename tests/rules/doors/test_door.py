"""One door, one form: typed, in columns, in one cell or pasted; and two doors never become one."""

from itertools import product

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from db.rules.doors.address import find_door, read_address
from db.rules.doors.door import Door, tidy_door, unread_fields

PLACE = "柳林小区"
CHINESE = "零一二三四五六七八九"


def read(text: str) -> tuple[str, str, str]:
    """The door of one text that is read whole."""
    found = read_address(text, [PLACE])
    assert found.unread == "", f"{text}: {found.unread} was not read"
    return found.building, found.stairwell, found.room


@pytest.mark.parametrize(
    ("text", "door"),
    [
        # numerals
        ("7号楼一单元502", ("7幢", "1单元", "502")),
        ("7号楼二单元502", ("7幢", "2单元", "502")),
        ("7号楼三单元502", ("7幢", "3单元", "502")),
        ("七号楼", ("7幢", "", "")),
        ("七号楼四〇一", ("7幢", "", "401")),
        ("十二幢二单元三百零二室", ("12幢", "2单元", "302")),
        ("二十三栋一零一", ("23幢", "", "101")),
        ("第七幢第二单元401", ("7幢", "2单元", "401")),
        ("叁号楼贰单元壹零壹室", ("3幢", "2单元", "101")),
        # lanes and roads
        ("88弄12号502室", ("88弄12号", "", "502")),
        ("88弄12号503室", ("88弄12号", "", "503")),
        ("88弄12号101", ("88弄12号", "", "101")),
        ("八十八弄十二号502室", ("88弄12号", "", "502")),
        ("88弄3支弄12号502室", ("88弄3支弄12号", "", "502")),
        ("88弄3幢502", ("88弄3幢", "", "502")),
        ("柳林路12号1单元502室", ("柳林路12号", "1单元", "502")),
        ("宁波市江北区柳林路12号1单元502室", ("柳林路12号", "1单元", "502")),
        ("镇海路12号502室", ("镇海路12号", "", "502")),
        ("柳林路88弄12号502室", ("柳林路88弄12号", "", "502")),
        ("柳林路12号", ("柳林路", "", "12")),
        ("柳林路12号院3号楼2单元502", ("柳林路12号院3幢", "2单元", "502")),
        ("12号502室", ("12号", "", "502")),
        ("12-1号502室", ("12-1号", "", "502")),
        # what would be lost
        ("7#楼2单元502", ("7幢", "2单元", "502")),
        ("8#2单元502", ("8幢", "2单元", "502")),
        ("7#502", ("7幢", "", "502")),
        ("7幢202-1", ("7幢", "", "202-1")),
        ("7幢202-2室", ("7幢", "", "202-2")),
        ("一期3幢502", ("1期3幢", "", "502")),
        ("二期3幢502", ("2期3幢", "", "502")),
        ("第Ⅱ期3幢502", ("2期3幢", "", "502")),
        ("柳林小区东区3幢502", ("东区3幢", "", "502")),
        ("柳林小区A区3幢502", ("A区3幢", "", "502")),
        ("柳林小区荷花苑3幢502", ("荷花苑3幢", "", "502")),
        ("3幢2梯401", ("3幢", "2梯", "401")),
        ("3幢401东户", ("3幢", "", "401东")),
        ("3幢2单元5楼东户", ("3幢", "2单元", "5楼东户")),
        ("3幢2单元5楼502室", ("3幢", "2单元", "502")),
        # as before
        ("柳林小区3幢2单元401室", ("3幢", "2单元", "401")),
        ("柳林小区 3-2-401", ("3幢", "2单元", "401")),
        ("3#2#401", ("3幢", "2单元", "401")),
        ("柳林小区3-401", ("3幢", "", "401")),
        ("7 1 401", ("7幢", "1单元", "401")),
        ("7幢2-502", ("7幢", "2单元", "502")),
        ("A座1201", ("A座", "", "1201")),
        ("3幢A401", ("3幢", "", "A401")),
        ("12a幢0401", ("12A幢", "", "401")),
        ("江北区柳林街道柳林小区３幢 ２单元 ４０１室 13800000000", ("3幢", "2单元", "401")),
        ("3幢401室（柳林小区）", ("3幢", "", "401")),
        ("3幢楼道", ("3幢", "", "")),
        # parted by a sign that is no dash
        *((f"7{sign}1{sign}401", ("7幢", "1单元", "401")) for sign in " ._~、．～"),
        ("柳林小区东门菜摊", ("", "", "")),
    ],
)
def test_an_address_is_taken_apart(text: str, door: tuple[str, str, str]) -> None:
    assert read(text) == door


@pytest.mark.parametrize(
    "text",
    [
        "柳林小区3幢4幢", "柳林小区综合楼", "柳林小区号楼401", "柳林小区3幢401、402", "柳林小区3幢401室402室",
        "柳林小区3幢5楼", "柳林小区1单元2单元", "柳林小区张三家3幢401", "3幢7楼502室", "3幢5", "柳林小区一百二号楼",
        "12345幢401", "柳林小区5幢西门302", "柳林小区12号后门502", "柳林小区12号之一", "柳林小区7幢2单元地下室",
        "柳林小区7幢2单元负一层",
    ],
)  # fmt: skip
def test_what_is_not_understood_is_named_and_never_dropped(text: str) -> None:
    assert read_address(text, [PLACE]).unread


@pytest.mark.parametrize(
    "typed",
    [
        *product(("7号楼", "7栋", "7幢", "7#", "07", "七幢", "７", "7 号楼", "第七幢", "7#楼", "柳林小区7幢"),
                 ("1单元", "一单元", "01", "1"), ("0401", "401室", "401房", "401", "四〇一", "401户")),
        ("7幢1单元", "", "401"), ("7幢1单元401室", "", ""), ("", "", "7幢1单元401"), ("7幢", "", "1-401"),
        ("7.1.401", "", ""), ("7 1 401", "", ""), ("7", "1", "4 01"),
        ("7", "", "1单元401室"), ("7幢", "1单元", "1单元401"), ("7幢", "1单元", "7幢1单元401室"), ("", "", "7-1-401"),
    ],
)  # fmt: skip
def test_columns_and_typed_fields_find_one_household(typed: tuple[str, str, str]) -> None:
    assert tidy_door(*typed, place=PLACE) == Door("7幢", "1单元", "401")


@pytest.mark.parametrize(
    ("typed", "door"),
    [
        (("", "", "401室"), ("", "", "401")),
        (("", "", "12号"), ("", "", "12")),
        (("88弄12号", "", "502室"), ("88弄12号", "", "502")),
        (("12号", "", "502"), ("12号", "", "502")),
        (("柳林路12号", "1", "502"), ("柳林路12号", "1单元", "502")),
        (("一期3幢", "", "502"), ("1期3幢", "", "502")),
        (("7", "", "202-1"), ("7幢", "", "202-1")),
        (("A座", "", "1201"), ("A座", "", "1201")),
        (("甲楼", "", "东户"), ("甲幢", "", "东户")),
        (("东1幢", "", "101"), ("东1幢", "", "101")),
        (("综合楼", "", "101"), ("综合楼", "", "101")),
        (("7幢", "东单元", "101"), ("7幢", "东单元", "101")),
        (("7幢", "2梯", "101"), ("7幢", "2梯", "101")),
    ],
)
def test_typed_parts_in_one_form(typed: tuple[str, str, str], door: tuple[str, str, str]) -> None:
    assert tidy_door(*typed) == Door(*door)
    assert tidy_door(*door) == Door(*door)


def test_parts_that_contradict_each_other_are_kept_as_they_stand() -> None:
    assert tidy_door("7幢2单元", "1", "401") == Door("7幢2单元", "1单元", "401")
    assert tidy_door("7幢", "1", "2-401") == Door("7幢", "1单元", "2-401")
    assert unread_fields("7幢2单元", "1", "401") == ("building",)
    assert unread_fields("7幢8幢", "", "401") == ("building",)
    assert unread_fields("综合楼", "", "401") == ()


def test_two_numbers_with_a_blank_between_them_are_not_one() -> None:
    assert tidy_door("7", "1", "401 402") == Door("7幢", "1单元", "401 402")
    assert unread_fields("7", "1", "401 402") == ("room",)
    assert unread_fields("7 8", "1 2", "401") == ("building", "stairwell")


@pytest.mark.parametrize(
    ("said", "door", "rest"),
    [
        ("张三 三幢二单元四〇一 两个人", ("3幢", "2单元", "401"), "张三  两个人"),
        ("88弄 12号 502室，带梯子", ("88弄12号", "", "502"), "，带梯子"),
        ("一期3 幢 502", ("1期3幢", "", "502"), ""),
        ("7#楼2单元502 李四", ("7幢", "2单元", "502"), " 李四"),
        ("7幢202-1", ("7幢", "", "202-1"), ""),
        ("12号上午有空 3-2-401", ("3幢", "2单元", "401"), "12号上午有空 "),
        ("12号上午有空，二期再来", None, ""),
    ],
)
def test_a_door_is_found_within_a_sentence(said: str, door: tuple[str, str, str] | None, rest: str) -> None:
    found = find_door(said)

    assert (found and (_parts(found[0]), said[: found[1]] + said[found[2] :])) == (door and (door, rest))


# --- every spelling of a door, and every two doors -----------------------------------------------------------


def in_chinese(number: int) -> str:
    """12 as it is said: 十二."""
    if number >= 100:
        tail = number % 100
        return f"{CHINESE[number // 100]}百" + (f"零{CHINESE[tail]}" if 0 < tail < 10 else in_hundred(tail))
    return in_chinese_small(number)


def in_hundred(tail: int) -> str:
    """The tens and ones behind a hundred: 一百一十二."""
    return "" if not tail else f"{CHINESE[tail // 10]}十{CHINESE[tail % 10] if tail % 10 else ''}"


def in_chinese_small(number: int) -> str:
    """Below a hundred: 七, 十二, 二十三."""
    if number < 10:
        return CHINESE[number]
    tens = "" if number < 20 else CHINESE[number // 10]
    return f"{tens}十{CHINESE[number % 10] if number % 10 else ''}"


def digit_by_digit(text: str) -> str:
    """401 as it is read from a door: 四零一."""
    return "".join(CHINESE[int(letter)] for letter in text)


FRONTS = ("", "1期", "2期", "东区", "88弄", "柳林路88弄")
doors = st.tuples(
    st.sampled_from(FRONTS),
    st.integers(1, 130),
    st.sampled_from(["幢", "号", "座"]),
    st.sampled_from(["", *range(1, 13)]),
    st.integers(101, 3999).filter(lambda room: room % 100 != 0),
    st.sampled_from(["", "-1", "-2", "东"]),
)


def stands(door: tuple[str, int, str, int | str, int, str]) -> Door:
    """The one form of a door."""
    front, number, word, stairwell, room, more = door
    return Door(f"{front}{number}{word}", f"{stairwell}单元" if stairwell else "", f"{room}{more}")


@st.composite
def spelled(draw: st.DrawFn, door: tuple[str, int, str, int | str, int, str]) -> str:
    """The door as one of the many people writes it."""
    front, number, word, stairwell, room, more = door
    fronts = {
        "1期": ["1期", "一期", "第一期", "I期"],
        "2期": ["二期", "2期", "第二期", "Ⅱ期"],
        "88弄": ["88弄", "八十八弄"],
    }
    said = draw(st.sampled_from(fronts.get(front, [front])))
    numbers = draw(st.sampled_from([str(number), f"{number:02}", in_chinese(number)]))
    words = {"幢": ["幢", "栋", "号楼", "#楼", "#", "号 楼"], "号": ["号"], "座": ["座", "号座"]}[word]
    said += numbers + draw(st.sampled_from(words))
    said += draw(st.sampled_from(["", " ", "，"]))
    if stairwell:
        how = [f"{stairwell}单元", f"{stairwell:02}单元", f"{in_chinese(int(stairwell))}单元", f"{stairwell} 单元"]
        said += draw(st.sampled_from(how)) + draw(st.sampled_from(["", " "]))
    plain = draw(st.sampled_from([str(room), f"{room:04}", digit_by_digit(str(room))]))
    if more:
        plain = str(room)
    said += plain + more + draw(st.sampled_from(["", "室", "房"] if more != "东" else ["", "户", "室"]))
    return draw(st.sampled_from(["", "柳林小区", "江北区柳林街道柳林小区", "柳林小区 "])) + said


@given(st.data(), doors)
def test_every_spelling_of_a_door_ends_in_one_form(
    data: st.DataObject, door: tuple[str, int, str, int | str, int, str]
) -> None:
    text = data.draw(spelled(door))

    found = read_address(text, [PLACE])

    assert (found.building, found.stairwell, found.room, found.unread) == (*_parts(stands(door)), "")


@given(st.data(), doors)
def test_the_fields_of_a_form_end_where_one_text_ends(
    data: st.DataObject, door: tuple[str, int, str, int | str, int, str]
) -> None:
    wanted = stands(door)
    split = data.draw(st.sampled_from(["three", "two", "room", "building"]))
    building, stairwell, room = _parts(wanted)
    typed = {
        "three": (building, stairwell, room),
        "two": (building + stairwell, "", room),
        "room": ("", "", building + stairwell + room),
        "building": (building + stairwell + room, "", ""),
    }[split]

    assert tidy_door(*typed) == wanted
    assert unread_fields(*typed) == ()


@given(doors, doors, st.data())
@example(("", 7, "幢", "", 202, "-1"), ("", 7, "幢", "", 202, "-2"), None)
@example(("1期", 3, "幢", "", 502, ""), ("2期", 3, "幢", "", 502, ""), None)
@example(("88弄", 12, "号", "", 502, ""), ("88弄", 12, "幢", "", 502, ""), None)
def test_two_doors_never_become_one(
    one: tuple[str, int, str, int | str, int, str],
    other: tuple[str, int, str, int | str, int, str],
    data: st.DataObject | None,
) -> None:
    assume(one != other)
    texts = ["".join(_parts(stands(door))) if data is None else data.draw(spelled(door)) for door in (one, other)]

    first, second = (read_address(text, [PLACE]) for text in texts)

    assert (first.building, first.stairwell, first.room) != (second.building, second.stairwell, second.room)


pieces = st.lists(
    st.sampled_from(
        ["3", "12", "401", "0", "七", "十", "百", "零", "幢", "号", "楼", "号楼", "单元", "弄", "期", "室", "-", "#",
         "/", " ", "东", "A", "路", "柳林", "区", "户", "、", "第", "层", "座", "院", "巷"]
    ),
    max_size=9,
)  # fmt: skip


@given(pieces, pieces, pieces)
def test_the_one_form_stays_as_it_is(building: list[str], stairwell: list[str], room: list[str]) -> None:
    once = tidy_door("".join(building), "".join(stairwell), "".join(room))

    assert tidy_door(*_parts(once)) == once


@given(pieces, st.data())
def test_another_number_is_another_door_or_not_understood(parts: list[str], data: st.DataObject) -> None:
    numbers = [at for at, part in enumerate(parts) if part.isdigit()]
    assume(numbers)
    at = data.draw(st.sampled_from(numbers))
    other = [*parts[:at], {"3": "4", "12": "13", "401": "402", "0": "5"}[parts[at]], *parts[at + 1 :]]

    one, another = (read_address("".join(text), []) for text in (parts, other))

    if one == another and any(one.building + one.stairwell + one.room):
        assert not any(word in "".join(parts[at : at + 2]) for word in ("幢", "楼", "弄", "号", "单元", "期"))


def _parts(door: Door) -> tuple[str, str, str]:
    return door.building, door.stairwell, door.room
