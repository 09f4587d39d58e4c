"""Who stands beside the invented subdistrict, and what each can give."""

from dataclasses import dataclass
from pathlib import Path

from db.terms import ResourceKind, UnitKind

K, R = UnitKind, ResourceKind
WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
WEEKEND = ("sat", "sun")

HOME, NURSING, KINDERGARTEN, PROPERTY = "澄湖残疾人之家", "申丞护理院", "春芽幼儿园", "安居物业服务中心"
"""They hold activities with the communities."""
UNITS: tuple[tuple[str, UnitKind, int | None, int, int | None], ...] = (
    ("澄湖街道总工会", K.MASS, None, 420, 310),
    ("共青团澄湖街道工委", K.MASS, None, 400, 330),
    ("澄湖街道妇女联合会", K.MASS, None, 400, 330),
    ("澄湖街道残疾人联合会", K.MASS, None, 380, 350),
    ("澄湖街道关心下一代工作委员会", K.MASS, None, 300, None),
    ("澄湖市场监督管理所", K.OFFICE, None, 350, 380),
    ("澄湖派出所", K.OFFICE, 0, 350, 380),
    ("虚拟区图书馆澄湖分馆", K.INSTITUTION, None, 500, 230),
    ("澄湖文化站", K.INSTITUTION, None, 500, 40),
    ("澄湖供电服务站", K.ENTERPRISE, 0, 330, 35),
    ("澄湖自来水营业站", K.ENTERPRISE, 1, 330, 400),
    ("清芷商业银行澄湖支行", K.ENTERPRISE, 0, 200, 165),
    ("柳林小学", K.SCHOOL, 0, 600, 130),
    ("澄湖中学", K.SCHOOL, 2, 600, 130),
    ("虚拟职业技术学校", K.SCHOOL, None, 240, 490),
    ("澄湖社区卫生服务中心", K.HOSPITAL, None, 450, 280),
    ("虚拟区第三医院", K.HOSPITAL, None, 300, 65),
    ("柳林物业服务中心", K.PROPERTY, 0, 280, 85),
    ("望柳物业服务部", K.PROPERTY, 0, 390, -25),
    ("青禾理发店", K.SHOP, 0, 150, 215),
    ("枫叶商圈商户联盟", K.SHOP, 8, 260, 105),
    ("福满楼餐厅", K.SHOP, 0, 500, 20),
    ("暖阳社会工作站", K.SOCIAL, None, 320, 45),
    ("同心法律服务团", K.SOCIAL, None, 180, 185),
    (HOME, K.SOCIAL, None, 410, 320),
    (NURSING, K.HOSPITAL, None, 230, 500),
    (KINDERGARTEN, K.SCHOOL, 0, 370, 360),
    (PROPERTY, K.PROPERTY, 0, 260, 105),
)
"""Name, kind, which community looks after it, days since the agreement, days until its end (None: none is set)."""
ENDED = "福满楼餐厅"


@dataclass(frozen=True, slots=True)
class Offered:
    """One line of `resources.txt`."""

    unit: str
    kind: ResourceKind
    name: str
    amount: int
    measure: str
    category: str
    skill: str
    words: str
    weekdays: tuple[str, ...]
    parts: tuple[str, ...]
    conditions: str


def _days(code: str) -> tuple[str, ...]:
    named = {"workdays": WORKDAYS, "weekend": WEEKEND}
    return tuple(named[code] if code in named else filter(None, code.split(",")))


def offered() -> list[Offered]:
    """What the units give."""
    found = []
    for line in Path(__file__).with_name("resources.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        unit, kind, name, amount, measure, category, skill, words, weekdays, parts, conditions = (
            part.strip() for part in line.split("|")
        )
        found.append(
            Offered(
                *(unit, ResourceKind(kind), name, int(amount), measure, category, skill, words),
                *(_days(weekdays), _days(parts), conditions),
            )
        )
    return found


PURPOSES = {
    R.VENUE: ("居民议事会开会", "妇女节沙龙", "便民集市", "文艺演出", "敬老活动", "协调会"),
    R.SKILL: ("便民集市摆摊", "上门服务", "社区讲座", "专题咨询", "义务检修"),
    R.EQUIPMENT: ("便民集市用", "社区活动用", "老人临时借用", "义务检修用"),
    R.GOODS: ("慰问独居老人", "困难家庭帮扶", "便民集市发放"),
}
CAME_OF_IT = ("居民反映好", "来的人比预想多", "当天办完", "下次还想借", "老人很高兴")
THANKS = ("送了感谢信", "公众号致谢", "书记上门致谢", "年终座谈会上致谢")
DECLINED = ("那天自己要用", "人手排不开", "正在装修")
SERVED_BY = {
    "量血压": ("澄湖社区卫生服务中心",),
    "陪诊": ("虚拟区第三医院", "澄湖社区卫生服务中心"),
    "小家电维修": ("虚拟职业技术学校", "澄湖供电服务站"),
    "水管疏通": ("澄湖自来水营业站", "柳林物业服务中心"),
    "理发": ("青禾理发店",),
    "手机课": ("共青团澄湖街道工委",),
    "送餐": ("枫叶商圈商户联盟",),
    "助浴": ("暖阳社会工作站",),
}
"""Entries of the catalogue and the units that serve them."""
