"""Words of partner units and what they give."""

from enum import StrEnum

from components.wording import N_
from db.terms import UnitKind

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    UnitKind: {
        UnitKind.OFFICE: N_("机关"),
        UnitKind.INSTITUTION: N_("事业单位"),
        UnitKind.ENTERPRISE: N_("企业"),
        UnitKind.SCHOOL: N_("学校"),
        UnitKind.HOSPITAL: N_("医疗机构"),
        UnitKind.PROPERTY: N_("物业企业"),
        UnitKind.SHOP: N_("商户"),
        UnitKind.SOCIAL: N_("社会组织"),
        UnitKind.MASS: N_("群团组织"),
    },
}

TABLES: dict[str, str] = {"unit": N_("共建单位")}
