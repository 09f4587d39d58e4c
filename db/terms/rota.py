"""Words of rotas, slots and turns; `db.terms` names them all."""

from enum import StrEnum


class RotaState(StrEnum):
    DRAFT = "draft"  # 编排中
    OPEN = "open"  # 招募中
    CLOSED = "closed"  # 已结束


class TurnState(StrEnum):
    """A volunteer in a slot."""

    TAKEN = "taken"  # 已认领
    GIVEN_BACK = "given_back"  # 已退回
    REPLACED = "replaced"  # 已替换
    SWAPPED = "swapped"  # 已换班
    SERVED = "served"  # 已到岗
    MISSED = "missed"  # 未到岗
    CALLED_OFF = "called_off"  # 班次取消


HOLDS_A_PLACE = (TurnState.TAKEN, TurnState.SERVED, TurnState.MISSED)
"""A turn in one of these states takes up a place of its slot."""
