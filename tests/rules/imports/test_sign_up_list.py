"""接龙: what a list from a chat says, and that nothing of it gets lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.imports.sign_up_list import read_sign_up_list

LIST = """#接龙
周六上午清理楼道 志愿者报名
例 张三 2幢301 手机号

1. 张三 2幢301 13800000000
2. 李四 +1 👍
3、王五🌹 柳林小区3幢2单元402 138 0000 0002 带工具
4. 陈小明
   晚到十分钟 13800000004
5 赵六(2人)
6. 张三 2幢301 13800000000 7. 钱七 8. 孙八 3-2-401
9.
---
"""
PIECES = st.sampled_from(
    [
        *(
            "#接龙",
            "1.",
            "2、",
            "③",
            "4️⃣",
            "🔟",
            "201",
            "一家三口",
            "例",
            "张三",
            "李 四",
            "欧阳明",
            "+1",
            "(2人)",
            "2幢301",
            "3-2-401",
            "柳林小区",
        ),
        *("13800000000", "138 0000 0001", "0574-88888888", "👍", "🌹🌹", " ", "\n", "\n\n", "\r\n", "\t"),
        *("4️⃣", "🔟", "201", "一家三口", "带工具", "----", "\u3000", "\ufeff", "Zhang Wei"),
    ]
)


def test_a_list_is_read_with_its_title_people_doors_and_words() -> None:
    found = read_sign_up_list(LIST, ["柳林小区"])

    assert found.title == "周六上午清理楼道 志愿者报名"
    people = {entry.name: entry for entry in found.entries}
    assert list(people) == ["张三", "李四", "王五", "陈小明", "赵六", "钱七", "孙八"]
    assert (people["张三"].building, people["张三"].room, people["张三"].phone) == ("2幢", "301", "13800000000")
    assert (people["王五"].place, people["王五"].stairwell, people["王五"].note) == ("柳林小区", "2单元", "带工具")
    assert people["王五"].phone == "13800000002"
    assert (people["陈小明"].phone, people["陈小明"].note) == ("13800000004", "晚到十分钟")
    assert people["赵六"].people == 2
    assert people["孙八"].building == "3幢"
    assert found.repeated == (5,)
    assert [one.line for one in found.skipped] == [3, 12, 13]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("张三 13800000000\n李四 2幢301", ["张三", "李四"]),
        ("1.张三\n2.李四\n\n3.王五", ["张三", "李四", "王五"]),
        ("1、张三,2幢301\n3、李四", ["张三", "李四"]),
        ("① 张三\n② 李四", ["张三", "李四"]),
        ("接龙报名\n1 张三\n2 李四", ["张三", "李四"]),
    ],
)
def test_lists_of_other_makes(text: str, names: list[str]) -> None:
    assert [entry.name for entry in read_sign_up_list(text).entries] == names


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("1️⃣ 张测🌸\n2️⃣ 李测试 13900000002 ✅\n🔟 赵测", ["张测", "李测试", "赵测"]),
        ("①张测②李测试③王测", ["张测", "李测试", "王测"]),
        ("1. 柳林-3-201张测试\n2. 201 李测试\n3. 5-2-301王测(2人)", ["张测试", "李测试", "王测"]),
    ],
)
def test_numbers_that_telephones_draw_and_doors_before_names_are_understood(text: str, people: list[str]) -> None:
    assert [entry.name for entry in read_sign_up_list(text).entries] == people


@pytest.mark.parametrize(
    ("line", "people"),
    [("1. 老张一家三口", 3), ("1. 王小测 两个人", 2), ("1. 王小测 我们三人", 3), ("1. 李测 第三人民医院", 1),
     ("1. 李测 找三位数的号", 1)],
)  # fmt: skip
def test_how_many_come_may_be_said_in_words(line: str, people: int) -> None:
    (entry,) = read_sign_up_list(line).entries

    assert entry.people == people
    assert entry.name


FAMILY = [
    ("2大1小", 3), ("一大一小", 2), ("两大两小", 4), ("2个大人1个小孩", 3), ("大人2个小孩1个", 3), ("2大人+1小孩", 3),
    ("两个大人，一个孩子", 3), ("1大2小", 3), ("3大1老1小", 5), ("1老2大1小", 4),
    ("2位大人和1位小朋友", 3), ("十二大三小", 15), ("2个大人", 2), ("两个小孩", 2),
    ("2大1小1婴", 4), ("两个大人一个宝宝", 3), ("十二人", 12), ("全家4口人", 4), ("我们一家三口", 3),
]  # fmt: skip


@pytest.mark.parametrize(("said", "people"), FAMILY)
@pytest.mark.parametrize(
    "line", ["1. 张测 {said}", "1. 张测（{said}）", "1. 张测 2幢301 13800000000 {said} 带扫帚", "1. {said} 张测"]
)
def test_a_family_is_counted_as_its_people_and_the_words_go(line: str, said: str, people: int) -> None:
    (entry,) = read_sign_up_list(line.format(said=said)).entries

    assert (entry.name, entry.people) == ("张测", people)
    assert entry.note in ("", "带扫帚")


@pytest.mark.parametrize(
    "said",
    [
        "带2大袋垃圾",
        "家里有老人",
        "大人小孩都来",
        "3大件家具要搬",
        "2小时后到",
        "要1小瓶漆",
        "12大街集合",
        "家里2个老人没人照顾",
    ],
)
def test_what_is_no_family_counts_as_one_and_stays_a_note(said: str) -> None:
    (entry,) = read_sign_up_list(f"1. 张测 {said}").entries

    assert (entry.people, entry.note) == (1, said)


LONG_NAMES = ["阿卜杜热合曼·买买提明", "阿依古丽·买买提", "古丽米热·阿不都克热木·艾力", "迪丽·艾力", "欧阳𠮷", "㛃测试"]


@pytest.mark.parametrize("name", LONG_NAMES)
@pytest.mark.parametrize(
    "line",
    ["1. {name}", "1. {name} 2幢301 13800000000", "1、{name}，带工具", "1.{name}(2人)",
     "1. 2幢301 {name}", "1. 201 {name}", "1. {name}2幢301", "{name} 13800000000", "1. {name} 2大1小"],
)  # fmt: skip
def test_a_name_with_a_dot_or_rare_characters_is_the_name(line: str, name: str) -> None:
    (entry,) = read_sign_up_list(line.format(name=name)).entries

    assert entry.name == name
    assert name[:2] not in entry.note


@pytest.mark.parametrize("dot", ["•", "‧", "・", "･", "∙", "⋅", "●", " · "])
def test_every_dot_of_a_name_is_the_one_dot(dot: str) -> None:
    (entry,) = read_sign_up_list(f"1. 阿依古丽{dot}买买提 +1").entries

    assert (entry.name, entry.people) == ("阿依古丽·买买提", 1)


def test_a_name_longer_than_twenty_characters_is_a_note() -> None:
    long = "阿" * 11 + "·" + "买" * 10
    (entry,) = read_sign_up_list(f"1. {long}").entries

    assert (entry.name, entry.note) == ("", long)


def test_a_second_number_in_the_next_line_stays_a_note() -> None:
    (entry,) = read_sign_up_list("1. 张测 13800000000\n   女儿 13900000001").entries

    assert (entry.phone, entry.note) == ("13800000000", "女儿 13900000001")
    (one,) = read_sign_up_list("1. 张测\n   13800000000 女儿 13900000001").entries
    assert (one.phone, one.note) == ("13800000000", "女儿 13900000001")


def test_a_full_stop_between_words_is_no_dot_of_a_name() -> None:
    (entry,) = read_sign_up_list("1. 张测.带工具").entries

    assert (entry.name, entry.note) == ("张测", "带工具")


def test_a_drawn_number_inside_a_sentence_begins_no_entry_and_the_word_telephone_goes_with_the_number() -> None:
    first, second = read_sign_up_list("1. 张测 要报书法①班\n2. 王测 想装充电桩,联系电话:13800000003").entries

    assert first.note == "要报书法1班"
    assert (second.phone, second.note) == ("13800000003", "想装充电桩")


@given(st.one_of(st.text(max_size=300), st.lists(PIECES, max_size=40).map("".join)))
def test_no_line_is_lost_and_nothing_raises(text: str) -> None:
    found = read_sign_up_list(text, ["柳林小区"])

    lines = {number for number, raw in enumerate(text.splitlines(), 1) if raw.strip()}
    kept = {entry.line for entry in found.entries} | {one.line for one in found.skipped} | set(found.title_lines)
    # A line that goes on with an entry above is in that entry's text.
    told = "\n".join(entry.text for entry in found.entries)
    for number in lines - kept:
        assert text.splitlines()[number - 1].strip() in told
    assert all(1 <= entry.people <= 99 for entry in found.entries)
    assert all(0 <= place < len(found.entries) for place in found.repeated)


@given(st.lists(PIECES, max_size=40).map("".join))
def test_every_telephone_of_an_entry_line_is_kept_once_or_stays_in_the_text(text: str) -> None:
    for entry in read_sign_up_list(text).entries:
        if entry.phone:
            digits = "".join(letter for letter in entry.text if letter.isdigit())
            assert "".join(letter for letter in entry.phone if letter.isdigit()) in digits


def test_doors_of_a_pasted_list_end_where_those_of_the_form_do() -> None:
    text = """1. 张三 三幢二单元四〇一
2. 李四 7#楼2单元502
3. 王五 88弄12号502室 带梯子
4. 赵六 二期3幢502
5. 钱七 7幢202-1
6. 孙八 12号上午有空"""

    found = read_sign_up_list(text).entries

    assert [(one.name, one.building, one.stairwell, one.room) for one in found] == [
        ("张三", "3幢", "2单元", "401"),
        ("李四", "7幢", "2单元", "502"),
        ("王五", "88弄12号", "", "502"),
        ("赵六", "2期3幢", "", "502"),
        ("钱七", "7幢", "", "202-1"),
        ("孙八", "", "", ""),
    ]
    again = read_sign_up_list("1. 张三 七幢一单元401 2. 李四 7-1-401 3. 王五 7-1-401 4. 赵六 7-2-401").same_doors
    assert [(one.first_text, one.second_text, one.door.room) for one in again] == [("七幢一单元401", "7-1-401", "401")]
    assert [found[2].note, found[5].note] == ["带梯子", "12号上午有空"]
