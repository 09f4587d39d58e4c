"""Words of `db.terms.screen`."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.ScreenMode: {
        t.ScreenMode.ROTATION: N_("进度轮播"),
        t.ScreenMode.MEETING: N_("跟随会议"),
    },
}
