"""Words and looks of `db.terms.intake`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.PosterKind: {
        t.PosterKind.ORDER: N_("点单海报"),
        t.PosterKind.REPORT: N_("随手报（个人专属码）"),
    },
    t.IntakeState: {
        t.IntakeState.WAITING: N_("待确认"),
        t.IntakeState.TAKEN: N_("已受理"),
        t.IntakeState.REFUSED: N_("不受理"),
    },
    t.IntakeResult: {
        t.IntakeResult.NEED: N_("转需求"),
        t.IntakeResult.ORDER: N_("转订单"),
        t.IntakeResult.COMPLAINT: N_("转投诉"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.IntakeState: {
        t.IntakeState.WAITING: ("schedule", "orange"),
        t.IntakeState.TAKEN: ("check_circle", "green"),
        t.IntakeState.REFUSED: ("cancel", "gray"),
    },
}

TABLES: dict[str, str] = {
    "poster": N_("海报与专属码"),
    "intake": N_("扫码来件"),
}

PERMISSIONS: dict[str, str] = {
    "manage_posters": N_("管理海报"),
    "decide_intake": N_("处理扫码来件"),
}
