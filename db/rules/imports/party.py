"""The fields of a list of party members, and the words of other people's lists."""

from db.rules.imports.cells import birth_year, entry, half_days, name, named, party_day, past_day, skills
from db.rules.imports.field import ImportField
from db.terms import MemberKind

MEMBERS = {
    "在职党员": MemberKind.EMPLOYED,
    "退休党员": MemberKind.RETIRED,
    "本地居民党员": MemberKind.LOCAL,
    "新居民党员": MemberKind.NEW_RESIDENT,
    "流动党员": MemberKind.FLOATING,
    "共建单位党员": MemberKind.PARTNER_UNIT,
    "在职": MemberKind.EMPLOYED,
    "双报到党员": MemberKind.EMPLOYED,
    "退休": MemberKind.RETIRED,
    "离退休": MemberKind.RETIRED,
    "离休": MemberKind.RETIRED,
    "本地": MemberKind.LOCAL,
    "本地党员": MemberKind.LOCAL,
    "居民": MemberKind.LOCAL,
    "居民党员": MemberKind.LOCAL,
    "新居民": MemberKind.NEW_RESIDENT,
    "流动": MemberKind.FLOATING,
    "共建单位": MemberKind.PARTNER_UNIT,
    "单位党员": MemberKind.PARTNER_UNIT,
}
PROBATION = {"正式党员": False, "预备党员": True, "正式": False, "预备": True}
"""人员类别 of the party's own lists: whether somebody is probationary."""


def party_fields(phone: ImportField) -> tuple[ImportField, ...]:
    """In the order of the template; `phone` is the field that every list of people has."""
    return (
        ImportField("name", "姓名", name, needed=True, also="党员姓名 党员 name", example="赵测试"),
        phone,
        ImportField(
            "branch",
            "党支部",
            entry("branches"),
            needed=True,
            also="所在党支部 支部 支部名称 所属支部 党组织 所在党组织",
            from_book="branches",
            start=None,
        ),
        ImportField(
            "member_kind",
            "党员类型",
            named(MEMBERS),
            needed=True,
            also="类型 党员身份 身份类型",
            options=tuple(MEMBERS)[:6],
            example="在职党员",
        ),
        ImportField(
            "joined_on",
            "入党日期",
            party_day,
            needed=True,
            also="入党时间 加入党组织日期 加入中共组织的时间 入党年月日",
            example="1998-07-01",
        ),
        ImportField(
            "full_on", "转正日期", party_day, also="转正时间 转为正式党员日期", start=None, example="1999-07-01"
        ),
        ImportField(
            "probation",
            "正式或预备",
            named(PROBATION),
            also="人员类别 党员类别 正式/预备 党籍状态",
            start=None,
            options=("正式党员", "预备党员"),
            example="正式党员",
        ),
        ImportField(
            "birth_year", "出生年份", birth_year, also="出生年 出生日期 出生年月 生日", start=None, example="1966"
        ),
        ImportField(
            "unit",
            "共建单位",
            entry("units"),
            also="所属单位 派出单位 单位名称",
            from_book="units",
            start=None,
        ),
        ImportField("skills", "特长", skills, also="技能 专长 服务特长", start=(), example="电工、理发"),
        ImportField(
            "free_slots",
            "可服务时间",
            half_days,
            also="服务时间 空闲时间",
            start=(),
            example="周六上午、工作日晚上",
        ),
        ImportField(
            "since",
            "转入日期",
            past_day,
            also="入册日期 组织关系转入时间 转入时间 进入支部日期",
            start=None,
            example="2020-03-05",
        ),
    )
