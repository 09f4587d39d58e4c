"""Words of doors and visits; `db.terms` names them all."""

from enum import StrEnum


class VisitOutcome(StrEnum):
    MET = "met"  # 见到
    NOT_IN = "not_in"  # 未遇
    PHONE = "phone"  # 电话


class HouseholdKind(StrEnum):
    ORDINARY = "ordinary"  # 普通户
    KEY = "key"  # 重点户
    HIGH_RISK = "high_risk"  # 高风险户


class PlaceKind(StrEnum):
    ESTATE = "estate"  # 小区
    STREET = "street"  # 街巷
    PUBLIC = "public"  # 公共场所
