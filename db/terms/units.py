"""Words of partner units and what they give; `db.terms` names them all."""

from enum import StrEnum


class UnitKind(StrEnum):
    """共建单位 by kind; mass organisations are units of their own kind (docs/domain.md 2, A1-19)."""

    OFFICE = "office"  # 机关
    INSTITUTION = "institution"  # 事业单位
    ENTERPRISE = "enterprise"  # 企业
    SCHOOL = "school"  # 学校
    HOSPITAL = "hospital"  # 医疗机构
    PROPERTY = "property"  # 物业企业
    SHOP = "shop"  # 商户
    SOCIAL = "social"  # 社会组织
    MASS = "mass"  # 群团组织


class ResourceKind(StrEnum):
    """What a unit can give; how it is shared out follows from it (`db.rules.units.capacity`)."""

    VENUE = "venue"  # 场地
    SKILL = "skill"  # 人员技能
    EQUIPMENT = "equipment"  # 设备器材
    GOODS = "goods"  # 物资（实物折资）


class DayPart(StrEnum):
    """The half days in which a resource is given; the codes are those of a volunteer's free half days."""

    MORNING = "am"  # 上午
    AFTERNOON = "pm"  # 下午
    EVENING = "eve"  # 晚上


class Weekday(StrEnum):
    MONDAY = "mon"  # 周一
    TUESDAY = "tue"  # 周二
    WEDNESDAY = "wed"  # 周三
    THURSDAY = "thu"  # 周四
    FRIDAY = "fri"  # 周五
    SATURDAY = "sat"  # 周六
    SUNDAY = "sun"  # 周日


class RequestState(StrEnum):
    """The life of a request for a resource; `db.rules.units.life`."""

    ASKED = "asked"  # 已提出
    PROMISED = "promised"  # 已应允
    USED = "used"  # 已使用，待致谢
    THANKED = "thanked"  # 已致谢
    DECLINED = "declined"  # 单位婉拒
    WITHDRAWN = "withdrawn"  # 单位收回
    CANCELLED = "cancelled"  # 社区取消


class UnitHappening(StrEnum):
    """One line of a unit's history."""

    REGISTERED = "registered"  # 登记
    RENAMED = "renamed"  # 更名
    CHANGED = "changed"  # 修改
    AGREED = "agreed"  # 签订协议
    ENDED = "ended"  # 终止共建
    CAME_BACK = "came_back"  # 恢复共建
    UNMASKED = "unmasked"  # 查看原值
    OFFERED = "offered"  # 登记资源
    RESOURCE_CHANGED = "resource_changed"  # 修改资源
    RESOURCE_CLOSED = "resource_closed"  # 停用资源
    RESOURCE_OPENED = "resource_opened"  # 恢复资源
    ASKED = "asked"  # 提出使用
    PROMISED = "promised"  # 应允
    USED = "used"  # 使用
    THANKED = "thanked"  # 致谢
    DECLINED = "declined"  # 婉拒
    WITHDRAWN = "withdrawn"  # 收回应允
    CANCELLED = "cancelled"  # 取消


class MatchReason(StrEnum):
    """Why a resource fits what is needed; shown, never summed up in a number alone."""

    CATEGORY = "category"  # 类别相同
    SKILL = "skill"  # 特长相符
    WORDS = "words"  # 用语相近
    PLACE = "place"  # 就在本社区
