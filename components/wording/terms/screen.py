"""Words of `db.terms.screen`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ScreenMode: {
        t.ScreenMode.ROTATION: N_("进度轮播"),
        t.ScreenMode.MEETING: N_("跟随会议"),
    },
    t.ScreenPart: {
        t.ScreenPart.STAGES: N_("需求办到哪一步"),
        t.ScreenPart.PROJECTS: N_("项目进度"),
        t.ScreenPart.MONTH: N_("本月数字"),
        t.ScreenPart.STATIONS: N_("班次缺口"),
        t.ScreenPart.WALL: N_("党员承诺墙"),
        t.ScreenPart.FIGURES: N_("成效数字"),
        t.ScreenPart.ACTIVITIES: N_("本月活动"),
    },
}

TABLES: dict[str, str] = {
    "display_link": N_("显示链接"),
    "screen_choice": N_("大屏轮播内容"),
}

PERMISSIONS: dict[str, str] = {
    "steer_screen": N_("操作大屏"),
    "show_screen": N_("大屏显示"),
    "manage_displays": N_("管理显示链接"),
}
