"""Words of rotas, slots and turns."""

from enum import StrEnum

from components.wording import N_
from db.terms import RotaState, TurnState

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    RotaState: {
        RotaState.DRAFT: N_("编排中"),
        RotaState.OPEN: N_("招募中"),
        RotaState.CLOSED: N_("已结束"),
    },
    TurnState: {
        TurnState.TAKEN: N_("已认领"),
        TurnState.GIVEN_BACK: N_("已退回"),
        TurnState.REPLACED: N_("已替换"),
        TurnState.SWAPPED: N_("已换班"),
        TurnState.SERVED: N_("已到岗"),
        TurnState.MISSED: N_("未到岗"),
        TurnState.CALLED_OFF: N_("班次取消"),
    },
}
LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    RotaState: {
        RotaState.DRAFT: ("edit", "gray"),
        RotaState.OPEN: ("campaign", "blue"),
        RotaState.CLOSED: ("check", "gray"),
    },
    TurnState: {
        TurnState.TAKEN: ("event_available", "blue"),
        TurnState.GIVEN_BACK: ("undo", "gray"),
        TurnState.REPLACED: ("swap_horiz", "gray"),
        TurnState.SWAPPED: ("swap_horiz", "gray"),
        TurnState.SERVED: ("check_circle", "green"),
        TurnState.MISSED: ("person_off", "orange"),
        TurnState.CALLED_OFF: ("event_busy", "gray"),
    },
}

TABLES: dict[str, str] = {
    "rota": N_("排班"),
    "rota_post": N_("点位"),
    "slot": N_("班次"),
    "turn": N_("值班"),
    "roster_proposal": N_("排班建议"),
    "calendar_feed": N_("日历订阅"),
}
PERMISSIONS: dict[str, str] = {
    "see_my_service": N_("看我的服务"),
    "share_calendar": N_("订阅我的日历"),
    "plan_roster": N_("拟排班建议"),
}
