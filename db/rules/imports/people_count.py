"""How many people a line of a list stands for: +1, 2人, 一家三口, 2大1小, 两个大人一个小孩."""

import re

from db.rules.numerals import NUMERALS, number_of

MOST = 99
_N = rf"(?:\d{{1,2}}|[{NUMERALS}]{{1,3}})"
_NOT_BEHIND = rf"(?<![\d{NUMERALS}第每几])"
_OLD_OR_YOUNG = r"大人|成人|老人|小孩子?|孩子|小朋友|儿童|婴儿?|宝宝|娃|大|小|老"
_ONE_KIND = r"大人|成人|小孩子?|孩子|小朋友|儿童"
_GAP = r"[\s,，、+和加及带]{0,3}"
_FAMILY = re.compile(
    rf"{_NOT_BEHIND}{_N}\s*[个位名]?(?:{_OLD_OR_YOUNG})(?:{_GAP}{_N}\s*[个位名]?(?:{_OLD_OR_YOUNG}))+(?![\w])"
    rf"|(?:{_OLD_OR_YOUNG})\s*{_N}\s*[个位名]?(?:{_GAP}(?:{_OLD_OR_YOUNG})\s*{_N}\s*[个位名]?)+(?![\w])"
    rf"|(?:(?<=[\s,，(（、])|^){_N}\s*[个位名]?(?:{_ONE_KIND})(?![\w])"
)
"""Each kind with its number, at least two of them; one alone only where it stands apart from other words."""
_COUNT = re.compile(
    rf"(?<![\w+])\+\s*(\d{{1,2}})(?!\d)|(?<!\d)(\d{{1,2}})\s*(?:个?人|位)(?!\w*路)|[xX×*]\s*(\d{{1,2}})(?!\d)"
    rf"|{_NOT_BEHIND}(?<!百)([{NUMERALS}]{{1,3}})(?:个人|人(?=\W|$)|位(?=\W|$))"
    rf"|(?:我们?)?[一全我]家({_N})口人?"
)


def count_people(text: str) -> tuple[int, str]:
    """The number, 1 where nothing is said and 99 at most, and the text without the words that said it."""
    family = _FAMILY.search(text)
    if family is not None:
        numbers = [number_of(part) for part in re.findall(_N, family[0])]
        return _counted(sum(part or 0 for part in numbers), text, family)
    count = _COUNT.search(text)
    if count is None:
        return 1, text
    # "+1" is the writer, or the writer and one more? In a list it counts the writer.
    return _counted(number_of(next(part for part in count.groups() if part)) or 1, text, count)


def _counted(number: int, text: str, found: re.Match[str]) -> tuple[int, str]:
    return max(1, min(number, MOST)), f"{text[: found.start()]} {text[found.end() :]}"
