"""Hide personal information on its way out: masks for fields, and a scanner for free text.

Conventions: docs/domain.md 12.3 (name: surname kept; phone 3+4; identity number 3+4; address down to the building).
"""

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from db.rules.phone import read_phone

STAR = "*"

_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台 皇甫 宗政 濮阳 公冶
太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘 子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良
漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐 段干 百里 呼延 东郭 南门 羊舌 微生 左丘 东门 西门 南荣 第五
纳兰 完颜 叶赫 那拉 淳于 单于
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())
"""Surnames of two characters (复姓)."""


class PersonalKind(StrEnum):
    """What a finding in a text is."""

    MOBILE = "mobile"  # 手机号码
    ID_CARD = "id_card"  # 身份证号
    BANK_CARD = "bank_card"  # 银行卡号
    LANDLINE = "landline"  # 固定电话
    ROOM = "room"  # 门牌室号


@dataclass(frozen=True, slots=True)
class Finding:
    """Personal information at `text[start:end]`, and its mask, which is safe to show."""

    kind: PersonalKind
    start: int
    end: int
    masked: str


# --- fields -----------------------------------------------------------------------------------------

# Every character maps to exactly one, so that positions in the plain text are positions in the original.
_PLAIN = str.maketrans(
    "０１２３４５６７８９⓪①②③④⑤⑥⑦⑧⑨ｘＸ－‐‑–—―−（）＋＃，．／：；＊Ⅹ＿｜～•・∙\u3000\u00a0\u2002\u2003\u2009\u200b\ufeff\t",
    "01234567890123456789xX-------()+#,./:;*X_|~···        ",
)
_SPOKEN = str.maketrans(
    "零〇○洞一二三四五六七八九幺么两拐勾壹贰叁肆伍陆柒捌玖貳參陸", "0000" + "123456789" + "11279" + "123456789" + "236"
)
_NUMBER = "[0-9零〇一二三四五六七八九十百两]"

_UP_TO_BUILDING = re.compile(rf"^.*?(?:{_NUMBER}+|[A-Za-z]) ?(?:号楼|幢|栋|座|弄|#楼?)")
_DASHED_BUILDING = re.compile(r"^\D*\d+(?=(?:-\d+){1,2}\D*$)")
_FIRST_NUMBER = re.compile(
    r"(?:[A-Za-z]?[0-9])|(?:[零〇一二三四五六七八九十百两]+(?=单元|室|房|户|楼|层|号|门))|[顶底](?=楼|层)"
)


def masked_name(name: str) -> str:
    """Keep the surname: 张三丰 → 张**, 张三 → 张*, 欧阳锋 → 欧阳*, 买买提·艾力 → 买**; "" stays "".

    Never more than two stars, so that a long name does not stand out by its length.
    """
    plain = name.strip()
    if not plain:
        return ""
    kept = 2 if len(plain) > 2 and plain[:2] in COMPOUND_SURNAMES else 1
    return plain[:kept] + STAR * min(2, max(1, len(plain) - kept))


def surname_of(name: str) -> str:
    """The surname alone: 张三丰 → 张, 欧阳锋 → 欧阳."""
    return masked_name(name).rstrip(STAR)


def _digits(text: str) -> str:
    plain = text.translate(_PLAIN)
    return "".join(character for character in plain if character.isascii() and character.isalnum())


def masked_phone(phone: str) -> str:
    """138****1234 for a mobile, 0574-****1234 for a landline; anything else is all stars. A remark stays out."""
    found = read_phone(phone)
    digits = _digits(found.number if found else phone)
    if len(digits) in (13, 15) and digits.removeprefix("00").startswith("86"):
        digits = digits.removeprefix("00")[2:]
    if re.fullmatch(r"1\d{10}", digits):
        return f"{digits[:3]}****{digits[-4:]}"
    if re.fullmatch(r"0\d{9,11}", digits):
        area = digits[: 3 if digits[1] in "12" else 4]
        return f"{area}-****{digits[-4:]}"
    if re.fullmatch(r"[2-9]\d{6,7}", digits):
        return f"****{digits[-4:]}"
    return STAR * len(digits)


def masked_id_card(number: str) -> str:
    """First 3 and last 4 of an identity number of 15 or 18 places; anything else is all stars."""
    digits = _digits(number).upper()
    if len(digits) in (15, 18):
        return f"{digits[:3]}{STAR * (len(digits) - 7)}{digits[-4:]}"
    return STAR * len(digits)


def masked_room(address: str) -> str:
    """Down to the building: 南塘小区3幢2单元501室 → 南塘小区3幢***; else to the estate."""
    plain = address.strip().translate(_PLAIN)
    kept = _UP_TO_BUILDING.match(plain) or _DASHED_BUILDING.match(plain)
    if kept is not None:
        rest = plain[kept.end() :]
        return plain[: kept.end()] + (STAR * 3 if rest.strip() else "")
    number = _FIRST_NUMBER.search(plain)
    return plain if number is None else plain[: number.start()].rstrip() + STAR * 3


# --- free text --------------------------------------------------------------------------------------

_GAP = r"[-\s.·,、/_|~()\[\]:：;；。=*]{0,3}"
"""What people put between digits. Beside spaces and dashes it also parts the items of a list: see `_as_one_number`."""
_BEFORE = r"(?<![0-9])"
_AFTER = r"(?![0-9])"
_COUNTED = "[元角分户人名位个件份次条页台辆只棵盏处套笔项场期届天日月年周时点岁度斤吨米平㎡%‰万千余]|公里"
_UNIT = rf"(?!{_COUNTED})"
"""Not the number of something."""
_ID_18 = re.compile(rf"{_BEFORE}[1-9](?:{_GAP}\d){{16}}{_GAP}[\dXx]{_AFTER}")
_PROVINCE_CODES = (
    "11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83"
)
_PROVINCES = frozenset(_PROVINCE_CODES.split())
_ID_15 = re.compile(rf"{_BEFORE}[1-9](?:{_GAP}\d){{14}}{_AFTER}")
_BANK_CARD = re.compile(rf"{_BEFORE}[3-6](?:{_GAP}\d){{15,18}}{_AFTER}")
_MOBILE = re.compile(rf"{_BEFORE}(?:(?:\+|00)?86{_GAP})?1{_GAP}[3-9](?:{_GAP}\d){{9}}{_AFTER}")
_LANDLINE = re.compile(
    rf"(?<![0-9]\.){_BEFORE}(?:\(0\d{{2,3}}\)|0\d{{2,3}}){_GAP}[2-9]\d{{2,3}}{_GAP}\d{{4}}{_AFTER}"
    rf"|(?:电话|座机|固话|热线|致电|拨打)[是为:： ]{{0,2}}([2-9]\d{{2,3}}{_GAP}\d{{4}}){_AFTER}"
)
_BUILDING_PART = rf"(?:(?:{_NUMBER}{{1,6}}|[A-Za-z]) ?(?:号楼|幢|栋|座|号|弄)|{_BEFORE}\d{{1,3}} ?#楼?)[,，]? ?-?"
_UNIT_PART = rf"(?:{_NUMBER}{{1,6}}|[甲乙丙丁东西南北中A-Za-z]) ?(?:单元|梯)[,，]? ?-?"
_FLOOR_PART = rf"(?:{_NUMBER}{{1,6}}|[顶底]) ?(?:楼|层) ?"
_SIDE = r"[东西南北中左右]{1,2}边?(?:户|套|室|首|(?<!中)间)|中间(?:户|套|室|那户)|[左右]手边?那?(?:户|家)"
_SPOKEN_ROOM = r"[零〇一二三四五六七八九两]{3,4}(?![零〇一二三四五六七八九十百千万年月日号])"
_DOOR_NUMBER = rf"\d{{1,2}}(?:0[1-9]|1\d|20){_AFTER}{_UNIT}"
_FLAT = rf"(?:\d{{1,2}}0[1-6]|{_SPOKEN_ROOM})户"
"""501户 is a door, 36户 and 120户 are numbers of them."""
_ROOM_PART = (
    rf"(?:[A-Za-z]?{_NUMBER}{{1,6}}[A-Za-z]? ?(?:号房|室|房)|{_FLAT}|{_SIDE}|{_SPOKEN_ROOM}|\d{{3,4}}{_AFTER}{_UNIT})"
)
_ROOM = re.compile(
    rf"{_BUILDING_PART}(?:{_UNIT_PART})?(?:{_FLOOR_PART})?{_ROOM_PART}"
    rf"|{_UNIT_PART}(?:{_FLOOR_PART})?{_ROOM_PART}"
    rf"|(?:{_BUILDING_PART}(?:{_UNIT_PART})?|{_UNIT_PART}){_FLOOR_PART}[左右]手边?"
    rf"|{_FLOOR_PART}(?:{_SIDE}|{_DOOR_NUMBER})"
    rf"|(?<![0-9-])\d{{1,3}}[-#]\d{{1,2}}[-#]\d{{1,2}}(?:0[1-9]|1\d|20)(?![0-9-])"
    rf"|(?<![0-9A-Za-z.#/-])(?<![第表图款条])(?<![A-Za-z] )\d{{1,3}} ?[-#] ?{_DOOR_NUMBER}(?!-)"
    rf"|{_BEFORE}[A-Za-z]?\d{{3,4}} ?(?:室|号?房(?![间屋源产价租型地]))"
    rf"|[一二三四五六七八九][零〇一二三四五六七八九]{{2,3}}室"
)


def _as_one_number(match: re.Match[str], groupings: Collection[tuple[int, ...]]) -> bool:
    """Whether digits belong together: parted by spaces and dashes, by a line end, or as this kind of number is grouped.

    Full stops and commas part the amounts and dates of a list as well, so there the groups must be those of the kind,
    and no unit follows.
    """
    written = _COUNTRY.sub("", match[0]) if len(_digits(match[0])) in (13, 15) else match[0]
    parts, gaps = re.findall(r"[0-9Xx]+", written), re.findall(r"[^0-9Xx+]+", written)
    if all(set(gap) <= set(" -") for gap in gaps) or (len(gaps) == 1 and not gaps[0].strip()):
        return True
    return tuple(map(len, parts)) in groupings and not re.match(rf" ?(?:{_COUNTED})", match.string[match.end() :])


_COUNTRY = re.compile(rf"^(?:\+|00)?86{_GAP}(?=1)")
_MOBILE_GROUPS = frozenset({(3, 4, 4), (3, 3, 5), (4, 3, 4), (3, 8), (7, 4), (4, 7), (1, 2, 4, 4), (1,) * 11})
_ID_GROUPS = frozenset({(6, 8, 4), (6, 4, 4, 4), (6, 4, 2, 2, 4), (6, 12), (14, 4), (3, 3, 4, 4, 4), (1,) * 18})
_ID_15_GROUPS = frozenset({(6, 6, 3), (6, 9), (12, 3), (6, 2, 2, 2, 3), (1,) * 15})
_CARD_GROUPS = frozenset(
    {(4, 4, 4, 4), (4, 4, 4, 4, 1), (4, 4, 4, 4, 2), (4, 4, 4, 4, 3), (6, 13), (1,) * 16, (1,) * 19}
)


def _is_mobile(match: re.Match[str]) -> bool:
    return _as_one_number(match, _MOBILE_GROUPS)


def _is_day(digits: str) -> bool:
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:8])
    if not 1880 <= year <= 2099:
        return False
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _is_identity_18(match: re.Match[str]) -> bool:
    """A province in front or a birthday in the middle: one of the two survives most typing errors."""
    digits = _digits(match[0])
    return _as_one_number(match, _ID_GROUPS) and (digits[:2] in _PROVINCES or _is_day(digits[6:14]))


def _is_identity_15(match: re.Match[str]) -> bool:
    return _as_one_number(match, _ID_15_GROUPS) and _is_day("19" + _digits(match[0])[6:12])


def _is_bank_card(match: re.Match[str]) -> bool:
    return _as_one_number(match, _CARD_GROUPS) and _passes_luhn(_digits(match[0]))


def _passes_luhn(digits: str) -> bool:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled
    return total % 10 == 0


def _always(_match: re.Match[str]) -> bool:
    return True


def _masked_bank_card(number: str) -> str:
    digits = _digits(number)
    return STAR * (len(digits) - 4) + digits[-4:]


_Reading = tuple[PersonalKind, re.Pattern[str], Callable[[re.Match[str]], bool], Callable[[str], str]]
# The more sensitive reading first: it wins where two overlap.
_READINGS: tuple[_Reading, ...] = (
    (PersonalKind.ID_CARD, _ID_18, _is_identity_18, masked_id_card),
    (PersonalKind.BANK_CARD, _BANK_CARD, _is_bank_card, _masked_bank_card),
    (PersonalKind.ID_CARD, _ID_15, _is_identity_15, masked_id_card),
    (PersonalKind.MOBILE, _MOBILE, _is_mobile, masked_phone),
    (PersonalKind.LANDLINE, _LANDLINE, _always, masked_phone),
    (PersonalKind.ROOM, _ROOM, _always, masked_room),
)
_SPOKEN_READINGS = tuple(one for one in _READINGS if one[1] in (_ID_18, _MOBILE, _LANDLINE))


def find_personal(text: str, *, allowed: Collection[str] = frozenset()) -> list[Finding]:
    """Find what a publication must not carry: mobiles, identity and bank numbers, landlines, rooms.

    Digits are seen in full width, in Chinese, spoken (幺三八), and parted by what people put between them; a door also
    as 3#501, 3-501 or 3幢5楼东户.
    `allowed` lists numbers that are public (the office's own telephone), in any spelling. In order of
    position, never overlapping; where two kinds could be read, the more sensitive one is.
    """
    public = {_digits(number) for number in allowed}
    plain = text.translate(_PLAIN)
    found: list[Finding] = []
    for finding in _candidates(plain):
        taken = any(finding.start < other.end and other.start < finding.end for other in found)
        if not taken and _digits(plain[finding.start : finding.end]) not in public:
            found.append(finding)
    return sorted(found, key=lambda finding: finding.start)


def _candidates(plain: str) -> Iterator[Finding]:
    for kind, pattern, holds, mask in _READINGS:
        for match in _overlapping(pattern, plain, holds):
            yield _finding(kind, match, mask)
    spoken = plain.translate(_SPOKEN)
    for kind, pattern, holds, mask in _SPOKEN_READINGS:
        for match in _overlapping(pattern, spoken, holds):
            yield _finding(kind, match, mask)


def _overlapping(
    pattern: re.Pattern[str], text: str, holds: Callable[[re.Match[str]], bool]
) -> Iterator[re.Match[str]]:
    """Every match that holds; one that does not hides none that begins within it."""
    match = pattern.search(text)
    while match is not None:
        good = holds(match)
        if good:
            yield match
        match = pattern.search(text, match.end() if good else match.start() + 1)


def _finding(kind: PersonalKind, match: re.Match[str], mask: Callable[[str], str]) -> Finding:
    # Only the reading that needs a word before the number has a group: the number without the word.
    group = match.lastindex or 0
    return Finding(kind, match.start(group), match.end(group), mask(match[group]))


def redact(text: str, *, allowed: Collection[str] = frozenset()) -> str:
    """The text with every finding of `find_personal` replaced by its mask; nothing else is touched."""
    parts, end = [], 0
    for finding in find_personal(text, allowed=allowed):
        parts += [text[end : finding.start], finding.masked]
        end = finding.end
    return "".join([*parts, text[end:]])


def public_numbers(contact: str) -> list[str]:
    """The numbers of an office in its own line of contact, which a public text may print."""
    return [contact[finding.start : finding.end] for finding in find_personal(contact)]
