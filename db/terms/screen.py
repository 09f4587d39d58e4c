"""Words of the meeting-room screen; `db.terms` names them all."""

from enum import StrEnum


class ScreenMode(StrEnum):
    """What the meeting-room screen shows."""

    ROTATION = "rotation"  # 进度轮播
    MEETING = "meeting"  # 跟随会议


class ScreenPart(StrEnum):
    """A part of the rotation; the desk chooses which ones a community shows."""

    STAGES = "stages"  # 需求办到哪一步
    PROJECTS = "projects"  # 项目进度
    MONTH = "month"  # 本月数字
    STATIONS = "stations"  # 班次缺口
    WALL = "wall"  # 党员承诺墙
    FIGURES = "figures"  # 成效数字
    ACTIVITIES = "activities"  # 本月活动
