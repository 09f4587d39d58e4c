"""Words of `db.terms.reports`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.LedgerKind: {
        t.LedgerKind.VISITS: N_("走访台账"),
        t.LedgerKind.NEEDS: N_("需求台账"),
        t.LedgerKind.REGISTER: N_("一周一登"),
        t.LedgerKind.TOPICS: N_("议题表"),
        t.LedgerKind.ORDERS: N_("订单台账"),
        t.LedgerKind.COMPLAINTS: N_("投诉台账"),
    },
}

TABLES: dict[str, str] = {
    "report_form": N_("表样"),
}

PERMISSIONS: dict[str, str] = {
    "see_forms": N_("看交表"),
    "manage_forms": N_("管理表样"),
}
