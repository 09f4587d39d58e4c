"""Words of `db.terms.imports`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ImportKind: {
        t.ImportKind.HOUSEHOLDS: N_("住户"),
        t.ImportKind.NEEDS: N_("需求"),
        t.ImportKind.VOLUNTEERS: N_("志愿者"),
        t.ImportKind.MEMBERS: N_("议事会成员"),
        t.ImportKind.PARTY_MEMBERS: N_("党员名册"),
        t.ImportKind.VISITS: N_("历史走访"),
        t.ImportKind.HOTLINE: N_("12345 转办单"),
        t.ImportKind.SIGN_UPS: N_("接龙名单"),
        t.ImportKind.UNITS: N_("共建单位"),
        t.ImportKind.VENUES: N_("党群服务阵地"),
    },
}

TABLES: dict[str, str] = {
    "import_batch": N_("导入批次"),
}

PERMISSIONS: dict[str, str] = {
    "import": N_("导入"),
    "undo_import": N_("撤销导入"),
}
