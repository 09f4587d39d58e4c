"""How a resident is addressed on the slip of a helper: a form that was told is kept, none is guessed."""

import pytest

from db.rules.orders.address_form import Addressed, addressed


@pytest.mark.parametrize(
    ("name", "surname", "form"),
    [
        ("张奶奶", "张", "奶奶"),
        ("王秀兰奶奶", "王", "奶奶"),
        ("李先生", "李", "先生"),
        ("欧阳阿姨", "欧阳", "阿姨"),
        ("欧阳锋", "欧阳", ""),
        ("欧阳", "欧阳", ""),
        ("刘老太太", "刘", "老太太"),
        ("王秀兰", "王", ""),
        ("老张", "张", ""),
        ("买买提·艾力", "买买提", ""),
        ("John Smith", "John", ""),
        ("奶奶", "奶", ""),
        ("", "", ""),
    ],
)
def test_a_form_of_address_is_taken_from_the_name_as_it_was_told(name: str, surname: str, form: str) -> None:
    assert addressed(name) == Addressed(surname, form)


@pytest.mark.parametrize("name", ["王秀兰", "王秀兰奶奶", "司马相如"])
def test_no_given_name_comes_back(name: str) -> None:
    found = addressed(name)
    given = name.removesuffix(found.form).removeprefix(found.surname)
    assert given
    assert given not in found.surname + found.form
