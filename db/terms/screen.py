"""Words of the meeting-room screen; `db.terms` names them all."""

from enum import StrEnum


class ScreenMode(StrEnum):
    """What the meeting-room screen shows."""

    ROTATION = "rotation"  # 进度轮播
    MEETING = "meeting"  # 跟随会议
