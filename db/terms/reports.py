"""Words of ledgers; `db.terms` names them all."""

from enum import StrEnum


class LedgerKind(StrEnum):
    """What a form of the subdistrict can be filled from."""

    VISITS = "visits"  # 走访台账
    NEEDS = "needs"  # 需求台账
    REGISTER = "register"  # 一周一登
    TOPICS = "topics"  # 议题表
    ORDERS = "orders"  # 订单台账
    COMPLAINTS = "complaints"  # 投诉台账
