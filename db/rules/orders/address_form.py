"""How a helper speaks to the resident at the door: 张奶奶 where the form of address is on file, else the surname."""

from dataclasses import dataclass

from db.rules.masking import COMPOUND_SURNAMES, surname_of

FORMS = (
    "老太太", "老爷爷", "老奶奶", "先生", "女士", "小姐", "太太", "奶奶", "爷爷", "婆婆", "阿婆", "阿公", "公公",
    "阿姨", "叔叔", "伯伯", "大爷", "大妈", "大娘", "大伯", "大叔", "大姐", "大哥", "大嫂", "师傅", "老师", "医生",
)  # fmt: skip
"""Forms of address as callers give them with their name."""
FAMILIAR = ("老", "小", "阿")
"""Before a surname alone: 老张, 小李."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The surname with the form of address, or with "" where none is known; both are empty for an unknown caller.

    Of a name without a surname, as of 买买提·艾力, `surname` is the first part.
    """

    surname: str
    form: str


def addressed(name: str) -> Addressed:
    """The surname and the form of address in a name as it was taken down; a form is never guessed.

    A given name does not come back: what stands on paper beside a whole door is the surname alone.
    """
    plain = name.strip()
    form = next((one for one in FORMS if plain.endswith(one) and len(plain) > len(one)), "")
    rest = plain[: len(plain) - len(form)].strip()
    if len(rest) == 2 and rest[0] in FAMILIAR:
        rest = rest[1:]
    if "·" in rest or rest[:1].isascii():
        # Such a name has no surname in front; its first part is what its bearer is called by.
        return Addressed("".join(rest.replace("·", " ").split()[:1]), form)
    return Addressed(rest if rest in COMPOUND_SURNAMES else surname_of(rest), form)
