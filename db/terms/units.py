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
