"""Words of `db.terms.screen`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ScreenMode: {
        t.ScreenMode.ROTATION: N_("进度轮播"),
        t.ScreenMode.MEETING: N_("跟随会议"),
    },
}

TABLES: dict[str, str] = {
    "display_link": N_("显示链接"),
}

PERMISSIONS: dict[str, str] = {
    "steer_screen": N_("操作大屏"),
    "show_screen": N_("大屏显示"),
    "manage_displays": N_("管理显示链接"),
}
