"""Find needs that may be the same need stated twice, so that a worker can merge their voices.

A suggestion only: a person decides. The score comes from the words (character bigrams, so no dictionary is
needed), their sound (homophones are the usual slip of Chinese input), and where, what and when.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from db.rules.needs.twin_words import IN_ONE_BUILDING, aspects, things

DAYS_CLOSE = 30
SAME_THING, OTHER_THING, SAME_TROUBLE, OTHER_TROUBLE, ELSEWHERE = 14, 14, 4, 8, 40
"""Points, chosen on the pairs of `tests/rules/needs/twin_pairs.py` that were not held back."""
ELSEWHERE_MOST = 75 - ELSEWHERE + 7 + 3
"""What needs of two places reach at most, however alike their words are, which then need not be compared."""


class TwinReason(StrEnum):
    """What speaks for two needs being one."""

    SAME_WORDS = "same_words"  # 用词相近
    SAME_SOUND = "same_sound"  # 读音相近（可能是同音字）
    SAME_BUILDING = "same_building"  # 同一楼栋
    SAME_PLACE = "same_place"  # 同一小区
    SAME_CATEGORY = "same_category"  # 同一类别
    CLOSE_IN_TIME = "close_in_time"  # 时间相近


@dataclass(frozen=True, slots=True)
class Sketch:
    """What is known of a need when it is compared: its words, where, what and when."""

    need_id: int
    text: str
    place_id: int | None
    building: str
    category_id: int | None
    """None while it is being typed and nothing was chosen yet."""
    logged_on: date


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two needs are: 0..100, with reasons, strongest first, and the share of common words in %."""

    score: int
    reasons: tuple[TwinReason, ...]
    word_overlap: int


@dataclass(frozen=True, slots=True)
class Twin:
    """Another need that may be the same, and why."""

    need_id: int
    score: int
    reasons: tuple[TwinReason, ...]
    word_overlap: int


# Words in which the same need is stated differently; the first of a row stands for all.
_SAME_MEANING = (
    ("坏", "坏脱了", "坏脱", "故障", "失灵", "损坏", "坏掉", "坏了", "不能用", "不亮", "不工作", "破损", "停运"),
    ("垃圾桶", "垃圾箱", "垃圾筒"),
    ("老人", "阿婆", "阿公", "老爷子", "老年人", "长者", "老头", "老太", "大爷", "大妈", "奶奶", "爷爷", "高龄老人"),
    ("停车位", "车位", "泊位", "停车场", "停车难", "停车"),
    ("电瓶车", "电动车", "电动自行车", "电驴"),
    ("孩子", "儿童", "小孩", "小朋友", "小囡", "囡囡", "娃"),
    ("漏水", "渗水", "渗漏", "漏雨"),
    ("堵", "堵塞", "不通", "堵住", "堵了"),
    ("吵", "噪音", "噪声", "扰民", "太响", "大声"),
    ("窨井盖", "井盖", "阴井盖"),
    ("健身器材", "健身器械", "锻炼器材", "运动器材"),
    ("增加", "加装", "增设", "安装", "新增", "加设", "添加", "装"),
    ("修", "维修", "修理", "修复", "修一修", "修好"),
    ("油烟", "烟味", "油烟味"),
    ("遛狗", "养狗", "狗"),
    ("教", "培训", "学习", "上课", "教学", "学"),
    ("手机", "智能手机"),
    ("照明", "灯光", "路灯", "灯"),
    ("楼道", "楼梯间", "楼梯", "过道"),
    ("清理", "清扫", "打扫", "清运", "保洁"),
    ("杂物", "废品", "旧家具", "杂物堆"),
    ("树枝", "树木", "树", "绿化带"),
    ("买菜", "代买", "采购"),
    ("晚上", "夜到", "夜里", "半夜", "晚间"),
    ("家里", "屋里", "屋里头"),
    ("下雨", "落雨", "雨天"),
    ("下水道", "阴沟"),
    ("做饭", "烧饭", "送餐", "吃饭", "助餐"),
)
# Polite and empty words around the matter.
_FILLERS = """
希望社区 希望能 希望 建议 能不能 可不可以 可否 能否 是否 请 帮忙 帮助 帮 居民反映
反映 有居民 居民 社区 小区里 小区 我们 我家 我 你们 他们 这里 那里 里面 经常 老是
总是 一直 天天 每天 好几天 几天 最近 已经 非常 很 太 有点 比较 特别 一下 一些 了
的 着 呢 吗 吧 啊 是 在 有 没有人 问题 现象 情况 需要 想要 想 要 应该 应 得
能 会 大家 都 也 还 就 又 给 把 被 让 到 上 下 里 严重 存在 出现 附近 旁边
门口 阿拉 侬 我讲句实话 上回也讲过 不急排着来就行 麻烦你们上上心 麻烦 多谢了 谢谢 交关 煞 脱了 讲句 实话
一个礼拜 一星期 一个月 半个月 好久 三天两头
"""
# Words that many different needs share: they frame the matter.
_FRAMES = """
老人 老年 孩子 独居 增加 办 开 晚上 楼道 楼上 楼顶 楼下 单元 门口 坏 修 多 少 不够 没人 没 有人 人 不 教 会
东门 西门 南门 北门 学 装 班 难 清理
"""
_MEANING = {word: row[0] for row in _SAME_MEANING for word in row[1:]}
_MEANING_PATTERN = re.compile("|".join(sorted(map(re.escape, _MEANING), key=len, reverse=True)))
_FILLER_PATTERN = re.compile("|".join(sorted(map(re.escape, _FILLERS.split()), key=len, reverse=True)))
_FRAME_PATTERN = re.compile("|".join(sorted(map(re.escape, _FRAMES.split()), key=len, reverse=True)))
_LEFT_OUT = re.compile(r"[\W_]+")


@lru_cache(maxsize=16384)
def plain(text: str) -> str:
    """The text without full-width forms, case, punctuation and spaces."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", text).lower())


@lru_cache(maxsize=16384)
def _core(text: str) -> str:
    """The matter of a text: words of one meaning made one, fillers left out unless nothing would be left."""
    words = _MEANING_PATTERN.sub(lambda match: _MEANING[match[0]], plain(text))
    return _FILLER_PATTERN.sub("", words) or words


@lru_cache(maxsize=16384)
def _matter(core: str) -> str:
    """What a core is about, without the words that frame it, unless nothing would be left."""
    return _FRAME_PATTERN.sub("", core) or core


def bigrams(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters of the plain text; of a single character, itself."""
    return _pairs(plain(text))


@lru_cache(maxsize=16384)
def _pairs(text: str) -> frozenset[str]:
    if len(text) < 2:
        return frozenset({text} if text else ())
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


@lru_cache(maxsize=16384)
def _characters(text: str) -> frozenset[str]:
    return frozenset(text)


@lru_cache(maxsize=16384)
def _sounds(text: str) -> tuple[str, ...]:
    from pypinyin import Style, lazy_pinyin  # its dictionaries are not for a start to bring in

    return tuple(lazy_pinyin(text, style=Style.NORMAL))


def _overlap(left: frozenset[str], right: frozenset[str]) -> int:
    """Common pairs in percent: mean of Jaccard and containment, so that a short text is not punished."""
    common = len(left & right)
    if not common:
        return 0
    either = len(left) + len(right) - common
    return (100 * common // either + 100 * common // min(len(left), len(right))) // 2


def _text_likeness(left: str, right: str) -> tuple[int, int]:
    """Likeness of words and of sounds, each 0..100: half of the whole text, half of the matter alone."""
    left_core, right_core = _core(left), _core(right)
    if not left_core or not right_core:
        return 0, 0
    words, sounds = _likeness_of_cores(left_core, right_core)
    matter_words, matter_sounds = _likeness_of_cores(_matter(left_core), _matter(right_core))
    return (words + matter_words) // 2, (sounds + matter_sounds) // 2


def _likeness_of_cores(left: str, right: str) -> tuple[int, int]:
    words = max(
        _overlap(_pairs(left), _pairs(right)),
        _overlap(_characters(left), _characters(right)) * 3 // 4,
    )
    return words, int(fuzz.ratio(_sounds(left), _sounds(right)))


@lru_cache(maxsize=16384)
def _about(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The things that a text speaks of, and what is the matter with them."""
    words = _MEANING_PATTERN.sub(lambda match: _MEANING[match[0]], plain(text))
    return things(plain(text), _sounds) | things(words, _sounds), aspects(words)


def _same_matter(left: str, right: str) -> int:
    """Points for speaking of the same things, and of the same trouble; points off for others."""
    (a_things, a_aspects), (b_things, b_aspects) = _about(left), _about(right)
    points = 0
    if a_things and b_things:
        own = bool(a_things - b_things) and bool(b_things - a_things)
        points += (0 if own else SAME_THING) if a_things & b_things else -OTHER_THING
    if a_aspects and b_aspects:
        points += SAME_TROUBLE if a_aspects & b_aspects else -OTHER_TROUBLE
    return points


def _in_two_buildings(a: Sketch, b: Sketch) -> bool:
    """Whether both speak of a thing that each building has for itself, and come from two of them."""
    if not a.building or not b.building or plain(a.building) == plain(b.building):
        return False
    both = _about(a.text)[0] & _about(b.text)[0]
    return bool(both) and both <= IN_ONE_BUILDING  # a pavilion that leaks is the estate's, although roofs leak as well


def _elsewhere(a: Sketch, b: Sketch) -> bool:
    return a.place_id is not None and b.place_id is not None and a.place_id != b.place_id


@lru_cache(maxsize=16384)
def likeness(a: Sketch, b: Sketch) -> Likeness:
    """How alike two needs are; the same either way round.

    Words and sound give up to 75 points, more of them when both speak of the same thing and trouble, fewer when not;
    the building 15 or else the place 10, the category 7, thirty days 3. Another place than the other's, or another
    building where the thing belongs to one, takes 40 away: the same lamp does not break in two estates.
    """
    words, sounds = _text_likeness(a.text, b.text)
    score = min(75, 75 * max(words, sounds) // 100 + _same_matter(a.text, b.text))
    reasons = []
    if words >= 35:
        reasons.append(TwinReason.SAME_WORDS)
    if sounds >= 50 and sounds > words:
        reasons.append(TwinReason.SAME_SOUND)
    same_place = a.place_id is not None and a.place_id == b.place_id
    if same_place and a.building and plain(a.building) == plain(b.building):
        score += 15
        reasons.append(TwinReason.SAME_BUILDING)
    elif same_place and _in_two_buildings(a, b):
        score -= ELSEWHERE
    elif same_place:
        score += 10
        reasons.append(TwinReason.SAME_PLACE)
    elif _elsewhere(a, b):
        score -= ELSEWHERE
    if a.category_id is not None and a.category_id == b.category_id:
        score += 7
        reasons.append(TwinReason.SAME_CATEGORY)
    if abs((a.logged_on - b.logged_on).days) <= DAYS_CLOSE:
        score += 3
        reasons.append(TwinReason.CLOSE_IN_TIME)
    return Likeness(max(0, min(100, score)), tuple(reasons), _overlap(bigrams(a.text), bigrams(b.text)))


def likely_twins(new: Sketch, others: Iterable[Sketch], *, least: int = 55, most: int = 5) -> list[Twin]:
    """The needs most like `new`, best first, at most `most`, none under `least`; never itself."""
    found = []
    for other in others:
        if other.need_id == new.need_id or (least > ELSEWHERE_MOST and _elsewhere(new, other)):
            continue
        alike = likeness(new, other)
        if alike.score >= least:
            found.append(Twin(other.need_id, alike.score, alike.reasons, alike.word_overlap))
    return sorted(found, key=lambda twin: (-twin.score, twin.need_id))[:most]
