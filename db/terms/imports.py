"""Words of imports; `db.terms` names them all."""

from enum import StrEnum


class ImportKind(StrEnum):
    HOUSEHOLDS = "households"  # 住户
    NEEDS = "needs"  # 需求
    VOLUNTEERS = "volunteers"  # 志愿者
    MEMBERS = "members"  # 议事会成员
    VISITS = "visits"  # 历史走访
    HOTLINE = "hotline"  # 12345 转办单
    SIGN_UPS = "sign_ups"  # 接龙名单
    PARTY_MEMBERS = "party_members"  # 党员名册
    UNITS = "units"  # 共建单位
    VENUES = "venues"  # 党群服务阵地
