"""Words and looks of `db.terms.doors`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.VisitOutcome: {
        t.VisitOutcome.MET: N_("见到"),
        t.VisitOutcome.NOT_IN: N_("未遇"),
        t.VisitOutcome.PHONE: N_("电话"),
    },
    t.HouseholdKind: {
        t.HouseholdKind.ORDINARY: N_("普通户"),
        t.HouseholdKind.KEY: N_("重点户"),
        t.HouseholdKind.HIGH_RISK: N_("高风险户"),
    },
    t.PlaceKind: {
        t.PlaceKind.ESTATE: N_("小区"),
        t.PlaceKind.STREET: N_("街巷"),
        t.PlaceKind.PUBLIC: N_("公共场所"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.VisitOutcome: {
        t.VisitOutcome.MET: ("how_to_reg", "green"),
        t.VisitOutcome.NOT_IN: ("door_front", "gray"),
        t.VisitOutcome.PHONE: ("call", "blue"),
    },
}

TABLES: dict[str, str] = {
    "patch": N_("片区"),
    "visit_rhythm": N_("走访频次"),
    "visit": N_("走访"),
}

PERMISSIONS: dict[str, str] = {
    "log_visit": N_("登记走访"),
    "plan_visits": N_("安排走访"),
    "walk_own_patch": N_("走访自己的片区"),
    "settle_patches": N_("划分片区"),
    "set_rhythms": N_("定走访频次"),
}
