"""Invented people. No name is taken from anywhere, and no telephone number can belong to anybody.

Residents and volunteers are personal data and are encrypted; those who hold an office or an account are not. The two
draw their given names from different syllables, so that a test can prove that no resident's name lies in the open.
"""

from random import Random

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱林何郭罗梁宋郑谢韩唐冯董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范石姚谭廖邹熊金陆郝孔崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
RESIDENTS = "秀兰桂芬玉英凤珍淑贞梅荣华福德庆燕丽娟雪琴菊霞萍翠莲巧银根祥贵寿昌裕"
STAFF = "思远子涵若溪景行知微承宇亦舟语桐嘉木星野云舒清和"
_STAFF_PAIRS = [STAFF[at : at + 2] for at in range(0, len(STAFF), 2)]


def resident(rng: Random) -> str:
    """A resident's or volunteer's name."""
    given = rng.choice(RESIDENTS)
    if rng.random() < 0.85:
        given += rng.choice(RESIDENTS)
    return rng.choice(SURNAMES) + given


def phone(rng: Random) -> str:
    """Eleven digits that begin with 100: no mobile number in China does."""
    return f"100{rng.randrange(10**8):08d}"


def office_holders(rng: Random) -> list[str]:
    """Names for accounts and council seats, each once, in an order of their own."""
    names = [surname + given for surname in SURNAMES for given in _STAFF_PAIRS]
    rng.shuffle(names)
    return names
