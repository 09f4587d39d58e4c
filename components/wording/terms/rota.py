"""Words of rotas, slots and turns."""

from enum import StrEnum

from components.wording import N_
from db.terms import DaysOff, MonthEnd, RotaState, SlotRhythm, SwapState, TurnNews, TurnState

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
    SwapState: {
        SwapState.ASKED: N_("待答复"),
        SwapState.AGREED: N_("已换班"),
        SwapState.DECLINED: N_("未同意"),
        SwapState.WITHDRAWN: N_("已撤回换班"),
    },
    DaysOff: {
        DaysOff.ALSO: N_("节假日照常排"),
        DaysOff.NO_FESTIVALS: N_("法定节假日不排"),
        DaysOff.WORKDAYS: N_("只排工作日（含调休上班）"),
        DaysOff.OFF_ONLY: N_("只排休息日"),
    },
    MonthEnd: {MonthEnd.LAST_DAY: N_("排在当月最后一天"), MonthEnd.LEFT_OUT: N_("当月不排")},
    SlotRhythm: {
        SlotRhythm.ONCE: N_("只排一天"),
        SlotRhythm.DAILY: N_("每天"),
        SlotRhythm.WEEKLY: N_("每周"),
        SlotRhythm.MONTHLY: N_("每月"),
    },
    TurnNews: {
        TurnNews.PUT_IN: N_("给您排了班"),
        TurnNews.MOVED: N_("时间改了"),
        TurnNews.TAKEN_OUT: N_("已换人，不用来"),
        TurnNews.CALLED_OFF: N_("班次取消，不用来"),
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
    SwapState: {
        SwapState.ASKED: ("hourglass_empty", "orange"),
        SwapState.AGREED: ("swap_horiz", "green"),
        SwapState.DECLINED: ("block", "gray"),
        SwapState.WITHDRAWN: ("undo", "gray"),
    },
    DaysOff: dict.fromkeys(DaysOff, ("event", "gray")),
    MonthEnd: dict.fromkeys(MonthEnd, ("event", "gray")),
    SlotRhythm: dict.fromkeys(SlotRhythm, ("event_repeat", "gray")),
    TurnNews: {
        TurnNews.PUT_IN: ("event_available", "blue"),
        TurnNews.MOVED: ("update", "orange"),
        TurnNews.TAKEN_OUT: ("person_remove", "gray"),
        TurnNews.CALLED_OFF: ("event_busy", "red"),
    },
}

PERMISSIONS = {
    "see_rotas": N_("看排班"),
    "run_rota": N_("编排班次"),
    "take_slot": N_("认领班次"),
    "see_my_service": N_("看我的服务"),
    "share_calendar": N_("订阅我的日历"),
    "plan_roster": N_("拟排班建议"),
}

TABLES: dict[str, str] = {
    "rota": N_("排班"),
    "rota_post": N_("点位"),
    "slot_template": N_("班次模板"),
    "slot": N_("班次"),
    "turn": N_("值班"),
    "turn_swap": N_("换班"),
    "roster_proposal": N_("排班建议"),
    "calendar_feed": N_("日历订阅"),
}
