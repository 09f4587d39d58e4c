"""What residents of the invented subdistrict say, and the search keys of every sentence, made once."""

from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from random import Random

from db.rules.search import search_keys
from db.terms import Reach

REACH = {
    "H": Reach.HOUSEHOLD,
    "S": Reach.STAIRWELL,
    "B": Reach.BUILDING,
    "E": Reach.ESTATE,
    "C": Reach.COMMUNITY,
}
OPENINGS = ("", "", "", "跟你们反映个事：", "上回也讲过，", "不好意思又来麻烦，", "楼里几家都在说，", "我讲句实话，")
ENDINGS = ("", "", "", "，麻烦你们上上心", "。不急，排着来就行", "，多谢了", "，大家都盼着", "。有消息告诉我一声")

PAIR = ("东门进来第三个单元楼道灯坏了，老人晚上下楼看不见", "第三单元的楼道灯坏了好几天，晚上老人下楼看不清")
"""Two tellings of one broken lamp, which wait for somebody to merge them."""
OFTEN = (1.0, 1.1, 0.6, 0.8, 0.7, 1.6)
"""How much of each category is asked for."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One kind of need: its title, how far it reaches, and the ways in which it is told."""

    category: int
    """Position of the category, from 0."""
    title: str
    reach: Reach
    people: tuple[int, int]
    marks: str
    months: frozenset[int]
    sentences: tuple[str, ...]


@cache
def topics() -> tuple[tuple[str, ...], tuple[Topic, ...]]:
    """Names of the six categories, and every topic, from `needs.txt`."""
    categories: list[str] = []
    found: list[Topic] = []
    heading, told = "", list[str]()

    def finish() -> None:
        if heading:
            title, reach, people, marks, months = (part.strip() for part in heading.split("|"))
            least, most = (int(part) for part in people.split("-"))
            when = frozenset(int(part) for part in months.split()) or frozenset(range(1, 13))
            found.append(Topic(len(categories) - 1, title, REACH[reach], (least, most), marks, when, tuple(told)))

    for line in Path(__file__).with_name("needs.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            finish()
            heading, told = "", []
            if line.startswith("## "):
                categories.append(line[3:])
            else:
                heading = line[2:]
        elif line and not line.startswith(";"):
            told.append(line)
    finish()
    return tuple(categories), tuple(found)


@cache
def topic(title: str) -> Topic:
    """The topic of that title."""
    return next(one for one in topics()[1] if one.title == title)


def chances(month: int) -> tuple[list[Topic], list[float]]:
    """Topics and summed chances of a month; what restricted cases tell is told by nobody else."""
    found = [topic for topic in topics()[1] if "r" not in topic.marks]
    weights = [
        OFTEN[topic.category]
        * (1.0 if month in topic.months else 0.06)
        * (2.2 if len(topic.months) < 12 and month in topic.months else 1.0)
        * (0.6 if "a" in topic.marks else 1.0)
        for topic in found
    ]
    return found, list(accumulate(weights))


@cache
def _keys(part: str) -> tuple[str, str]:
    keys = search_keys(part)
    return keys.pinyin, keys.initials


@dataclass(frozen=True, slots=True)
class Told:
    """A need in words, with the keys under which it is found."""

    title: str
    description: str
    pinyin: str
    initials: str


def tell_of(rng: Random, chosen: Topic, building: str, *, sentence: str = "", bare: bool = False) -> Told:
    """One way of telling a topic; the keys of its parts are made once and put together."""
    parts = (
        chosen.title,
        "" if bare else rng.choice(OPENINGS),
        (sentence or rng.choice(chosen.sentences)).replace("{b}", building or "我们楼"),
        "" if bare else rng.choice(ENDINGS),
    )
    keys = [_keys(part) for part in parts]
    return Told(
        title=chosen.title,
        description="".join(parts[1:]),
        pinyin="".join(key[0] for key in keys)[:2000],
        initials="".join(key[1] for key in keys)[:400],
    )
