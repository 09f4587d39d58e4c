"""The one rule by which words become a door: 七号楼二单元四〇一, 88弄12号502室, 一期3幢502, 7#2单元502, 3-2-401.

A text is read from its first part that is of a door, part after part, each kind at most once. What comes before and
after is handed back: whoever calls says what becomes of it.
"""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from db.rules.doors.numerals import NUMBER, NUMERALS, number_of

_SAME = str.maketrans(
    dict(zip("號樓棟單層東區門〇○", "号楼栋单层东区门零零", strict=True))
    | dict.fromkeys("‐‑‒–—―−", "-")
    | dict.fromkeys("()（）【】[]《》<>", ",")
)  # fmt: skip
_SIGN = rf"[0-9A-Z{NUMERALS}甲乙丙丁戊己庚辛]"
_SPACE = re.compile(rf"(?<!{_SIGN})\s+|\s+(?!{_SIGN})")
_THREE = re.compile(r"(?<![\d._~、-])(\d{1,3})([ ._~、])(\d{1,2})\2(\d{3,4})(?![\d._~、-])")
"""7 1 401, 7.1.401, 7～1～401: three numbers parted by one sign are a door like 7-1-401."""
_BLANK = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
_LABEL = rf"(?:(?<![A-Z\d])[A-Z](?:{NUMBER})?|{NUMBER}[A-Z]?(?![A-Z])|[甲乙丙丁戊己庚辛])"
_HOUSE = rf"{NUMBER}(?:-\d{{1,2}}|[甲乙丙丁A-Z])?"
_WAY = "[东南西北中]"
_ROOM_NUMBER = rf"[A-Z]?{NUMBER}[A-Z]?(?:[-之]\d{{1,2}}(?!\d))?"
_SIDE = r"(?:[东南西北中左右](?=户|室|房|间|$|[^\u4e00-\u9fff])|[甲乙丙丁](?=室|房|间|$|[^\u4e00-\u9fff]))"
_THREE_DIGITS = r"\d{3,4}[A-Z]?(?:-\d{1,2})?(?!\d)"
_OFFICES = re.compile(r".{2,}?(?:省|市|[小园]?区|县|镇|乡|街道|社区|新村|[与和跟、,近])")
NOT_A_ROOM = r"(?! ?(?:年|月|日|元|人|位|个|次|天|块|米|路|平|万|%|\.|小时|分|点|时))"
_HARMLESS = re.compile(
    rf"(?<![\d{NUMERALS}])楼(?:道|梯|下|上|顶|前|后|旁|间|层|宇|房|栋|里|内|外)|单元(?:门|楼|口|内|里)|号(?:码|线|口)|(?:工|定|长|近|星|日|学|假|前|后|过|到|短|周)期"
)
_WORDS = re.compile(r"[楼幢栋弄号期]|单元|\d[室座]")
_FOLLOWS = re.compile(rf"之|地下|负| ?[,/~及和至、&+.#-]? ?(?:\d+{NOT_A_ROOM}|[{NUMERALS}]{{3,}})")


def plain(text: str) -> str:
    """In the form in which names are compared: full-width becomes half-width, spaces go, upper case."""
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def parted(text: str) -> str:
    """As `plain`, but a blank between two digits stays: 401 402 is not 401402."""
    return " ".join(_BLANK.sub("", unicodedata.normalize("NFKC", text).upper().strip()).split())


@lru_cache(maxsize=8192)
def written(text: str) -> str:
    """In the form that is read: half-width, upper case, one kind of dash; spaces stay only between two numbers."""
    plain = unicodedata.normalize("NFKC", text).upper().translate(_SAME).strip()
    return _THREE.sub(r"\1-\3-\4", " ".join(_SPACE.sub("", plain).split()))


def written_at(text: str) -> tuple[str, list[int]]:
    """As `written`, and where in the text each sign of it stands."""
    flat = "".join(sign if len(one := written(sign)) != 1 else one for sign in text)
    gone = {at for hit in _SPACE.finditer(flat) for at in range(*hit.span())}
    kept = [at for at in range(len(flat)) if at not in gone]
    return _THREE.sub(r"\1-\3-\4", "".join(flat[at] for at in kept)), kept


@dataclass(slots=True)
class Found:
    """What was read so far: parts of the building in their order, stairwell and room; where it begins and ends."""

    kinds: list[str] = field(default_factory=list)
    building: str = ""
    stairwell: str = ""
    room: str = ""
    start: int = 0
    end: int = 0

    def took(self, kind: str, text: str) -> bool:
        """Add a part of the building, each kind once."""
        if self.stairwell or self.room or kind in self.kinds:
            return False
        self.kinds.append(kind)
        self.building += text
        return True

    def took_stairwell(self, text: str) -> bool:
        """Set the stairwell, once and before the room."""
        if self.stairwell or self.room:
            return False
        self.kinds.append("stairwell")
        self.stairwell = text
        return True

    def took_room(self, text: str, kind: str = "room") -> bool:
        """Set the room, once; a bare number of a house is of the kind `number`."""
        if self.room:
            return False
        self.kinds.append(kind)
        self.room = text
        return True


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """A number with its letter in one form: `07` → `7`, `十二` → `12`, `12A`, `甲`; "" where the number is none."""
    parts = [number_of(part) if part[0] in NUMERALS or part.isdigit() else part for part in _pieces(text)]
    return "".join(parts) if all(parts) else ""


def _pieces(text: str) -> list[str]:
    return re.findall(rf"\d+|[{NUMERALS}]+|.", text)


Take = Callable[[re.Match[str], Found], bool]


def _phase(hit: re.Match[str], found: Found) -> bool:
    number = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5"}.get(hit["n"]) or label(hit["n"])
    return bool(number) and found.took("phase", f"{number}期")


def _zone(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    return bool(number) and _at_a_border(hit) and found.took("zone", number + hit["w"])


def _at_a_border(hit: re.Match[str]) -> bool:
    """Whether a word begins here: 东 of 江东3幢 belongs to the name before it."""
    before = hit.string[hit.start() - 1 : hit.start()]
    return not before or not "\u4e00" <= before <= "\u9fff" or before in "区村苑园城院里期幢弄号路街巷"


def _lane(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    return bool(number) and found.took(hit["w"], number + hit["w"])


def _road(hit: re.Match[str], found: Found) -> bool:
    number, name = _house_number(hit["n"]), hit["road"]
    offices = [one.end() for one in _OFFICES.finditer(name) if len(name) - one.end() >= 2]
    name = name[max(offices, default=0) :]
    if not number:
        return False
    if hit["w"] != "号":
        word = hit["w"].replace("大", "")
        return found.took("road", name) and found.took("yard" if "院" in word else word, number + word)
    behind = hit.string[hit.end() :]
    if _GOES_ON.match(behind):
        return found.took("road", name) and found.took("house", f"{number}号")
    return found.took("road", name) and found.took_room(number)


def _house_number(text: str) -> str:
    first, dash, second = text.partition("-")
    number = label(first)
    return f"{number}{dash}{second and int(second)}" if number else ""


def _dashed(hit: re.Match[str], found: Found) -> bool:
    building, room = label(hit["b"]), _room_number(hit["r"])
    between = hit["s"]
    if not (building and room and found.took("block", f"{building}幢")):
        return False
    if between:
        found.took_stairwell(f"{int(between)}单元")
    return found.took_room(room)


def _block(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    way = hit["way"] if hit["way"] and _at_a_border(hit) else ""
    return bool(number) and found.took("block", f"{way}{number}{'座' if '座' in hit['w'] else '幢'}")


def _yard(hit: re.Match[str], found: Found) -> bool:
    number = _house_number(hit["n"])
    return bool(number) and found.took("yard", f"{number}号院")


def _stairwell(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    return bool(number) and found.took_stairwell(number + hit["w"])


def _stair_by_dash(hit: re.Match[str], found: Found) -> bool:
    return "block" in found.kinds and found.took_stairwell(f"{int(hit['n'])}单元")


def _stair_by_word(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    return bool(found.building and number) and found.took_stairwell(number + hit["w"])


def _number(hit: re.Match[str], found: Found) -> bool:
    """12号: a house when a stairwell or a room comes behind, else what the household is found by."""
    number = _house_number(hit["n"])
    if not number:
        return False
    if not found.stairwell and _GOES_ON.match(hit.string[hit.end() :]) and "house" not in found.kinds:
        return found.took("house", f"{number}号")
    return found.took_room(number, "number")


def _floor_side(hit: re.Match[str], found: Found) -> bool:
    number = label(hit["n"])
    return bool(found.building and number) and found.took_room(f"{number}楼{hit['side']}户")


def _floor(hit: re.Match[str], found: Found) -> bool:
    """5楼502室: the floor says nothing more than the room does; another one contradicts it."""
    room = _room_number(hit["r"])
    if not found.building or not room[:-2].isdigit() or room[:-2] != label(hit["n"]):
        return False
    return found.took_room(room)


def _room_number(text: str) -> str:
    base, dash, more = text.replace("之", "-").partition("-")
    number = label(base)
    return f"{number}{dash}{more and int(more)}" if number else ""


def _room(hit: re.Match[str], found: Found) -> bool:
    number, side, word = _room_number(hit["r"]), (hit["side"] or "")[:1], hit["w"] or ""
    digits = len(re.sub(r"-.*|\D", "", number))
    known = bool(found.building or found.stairwell)
    if not number or (word in ("", "户") and (digits < 3 or not known) and not (side and known and digits >= 3)):
        return False
    return found.took_room(number + side)


def _side(hit: re.Match[str], found: Found) -> bool:
    return bool(found.building) and found.took_room(f"{hit['side']}户")


_ROOM_WORD = "号房|号室|房间|室|房"
_ROAD = r"(?P<road>[\u4e00-\u9fff]{1,20}?(?:大道|路|街|巷|胡同|弄堂))"
_FIRST = r"(?P<b>(?<!\d)(?<!\d-)\d{1,3}[A-Z]?|(?<![A-Z])[A-Z])#?[-#/]"
_LAST = rf"(?P<r>{_THREE_DIGITS})(?:{_ROOM_WORD})?"
_BLOCK = rf"第?(?P<way>{_WAY}?)(?P<n>{_LABEL})"
_BLOCK_WORD = r"(?P<w>号楼|号幢|号栋|号座|#楼|#幢|#栋|幢|栋|座(?!谈|椅|位))"
_NO_HOUSE = r"(?![楼幢栋线房室码院门口岗亭库车柜店铺桌])"
_NO_ROOM = rf"(?![幢栋弄层梯]|楼(?![道梯下上顶前后里内])|单元|号楼){NOT_A_ROOM}"
_PARTS: tuple[tuple[re.Pattern[str], Take, str], ...] = tuple(
    (re.compile(pattern), take, signs)
    for pattern, take, signs in (
        (rf"第?(?P<n>{NUMBER}|IV|I{{1,3}}|V)期(?!间|限|货|末)", _phase, "期"),
        (rf"第?(?P<n>(?<![A-Z])[A-Z]|{_WAY}|{NUMBER})(?P<w>区|组团|片)(?!域|别|间|政)", _zone, "区组片"),
        (rf"{_FIRST}(?P<s>\d{{1,2}})[-#/]{_LAST}", _dashed, "-#/"),
        (rf"{_FIRST}(?P<s>){_LAST}(?![-#/])", _dashed, "-#/"),
        (rf"{_ROAD}(?P<n>{_HOUSE})(?P<w>号大?院|号(?!楼|幢|栋|线|码)|弄|巷)", _road, "路街巷道胡堂"),
        (rf"(?P<n>{NUMBER})(?P<w>支弄|弄|巷)", _lane, "弄巷"),
        (rf"(?P<n>{_HOUSE})号大?院(?!内|里|门)", _yard, "院"),
        (rf"{_BLOCK}{_BLOCK_WORD}", _block, "幢栋座楼"),
        (rf"{_BLOCK}(?P<w>楼)(?=第?{NUMBER}(?:单元|梯|门))", _block, "楼"),
        (rf"{_BLOCK}(?P<w>#)", _block, "#"),
        (rf"第?(?P<n>{_LABEL}|{_WAY})(?P<w>单元)", _stairwell, "单"),
        (rf"(?P<n>{NUMBER})(?P<w>梯|门)(?![口面前卫外号诊楼店])", _stair_by_word, "梯门"),
        (rf"(?P<n>(?<![-\d])\d{{1,2}})[-#/](?={_THREE_DIGITS})", _stair_by_dash, "-#/"),
        (rf"(?P<n>{_HOUSE})号{_NO_HOUSE}", _number, "号"),
        (rf"(?P<n>{NUMBER})[楼层](?P<side>[东南西北中左右前后])(?:边|侧|面)?(?:户|室|套|间)", _floor_side, "楼层"),
        (rf"(?P<n>{NUMBER})[楼层](?P<r>{_ROOM_NUMBER})(?:{_ROOM_WORD}|户|号)?", _floor, "楼层"),
        (rf"第?(?P<r>{_ROOM_NUMBER})(?P<side>{_SIDE})?(?P<w>{_ROOM_WORD}|户)?{_NO_ROOM}", _room, ""),
        (r"(?P<side>[东南西北中左右])户(?![外型口籍])", _side, "户"),
    )
)
"""How each part is written, what becomes of it, and the signs without one of which it is in no text."""
_GOES_ON = re.compile(
    rf"[- ,]?(?:第?(?:{_LABEL}|{_WAY})单元|{_ROOM_NUMBER}{_SIDE}?(?:{_ROOM_WORD})"
    rf"|[A-Z]?(?:\d{{3,4}}|[{NUMERALS}]{{3,}})(?!\d))"
)
_BEGINS = re.compile(
    rf"[第0-9A-Z{NUMERALS}甲乙丙丁戊己庚辛东南西北中左右]|{_ROAD.replace('?P<road>', '?:')}(?=[0-9{NUMERALS}])"
)


def _next(text: str, at: int, found: Found, kinds: list[tuple[re.Pattern[str], Take, str]]) -> int:
    """Read one part at this place: where it ends, or `at` when there is none."""
    for pattern, take, _signs in kinds:
        hit = pattern.match(text, at)
        if hit is not None and take(hit, found):
            return hit.end()
    return at


def scan(text: str, begin: int = 0) -> Found | None:
    """The first door in a text that is `written`, from a place on, or None."""
    kinds = [kind for kind in _PARTS if not kind[2] or any(sign in text for sign in kind[2])]
    for hit in _BEGINS.finditer(text, begin):
        found = Found(start=hit.start())
        at = _next(text, hit.start(), found, kinds)
        while at > hit.start():
            found.end = at
            beyond = at + (1 if text[at : at + 1] in tuple(" ,-#") else 0)
            step = _next(text, beyond, found, kinds)
            if step == beyond:
                return found
            at = step
    return None


_ROOM_ALONE = re.compile(rf"(?P<r>{_ROOM_NUMBER})(?P<side>{_SIDE})?(?:{_ROOM_WORD}|户|号)?")


def room_alone(text: str) -> str | None:
    """The number of a field that holds a room and nothing else, "" for no number, None for something else."""
    hit = _ROOM_ALONE.fullmatch(text)
    if hit is None:
        return None
    number = _room_number(hit["r"])
    return number and number + (hit["side"] or "")[:1]


def left_over(head: str, tail: str) -> bool:
    """Whether something of a door stands before or behind what was read: 楼, 幢, 弄, 号 …, or one number more."""
    if _FOLLOWS.match(tail):
        return True
    return any(_WORDS.search(_HARMLESS.sub("", part)) for part in (head, tail))
