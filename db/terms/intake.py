"""Words of posters and what comes in by them; `db.terms` names them all."""

from enum import StrEnum


class PosterKind(StrEnum):
    ORDER = "order"  # 点单海报
    REPORT = "report"  # 随手报（个人专属码）


class IntakeState(StrEnum):
    WAITING = "waiting"  # 待确认
    TAKEN = "taken"  # 已受理
    REFUSED = "refused"  # 不受理


class IntakeResult(StrEnum):
    """What a worker made of it."""

    NEED = "need"  # 转需求
    ORDER = "order"  # 转订单
    COMPLAINT = "complaint"  # 转投诉
