"""Words of entries from a phone without a network; `db.terms` names them all."""

from enum import StrEnum


class DoorEntryKind(StrEnum):
    """What a paired phone sends (`/door`)."""

    VISIT = "visit"  # 走访
    NEED = "need"  # 需求
    FACTS = "facts"  # 户情更新


class DoorEntryState(StrEnum):
    """What the server answered to an entry of a phone."""

    STORED = "stored"  # 已入库
    REFUSED = "refused"  # 未入库，见原因
    CONFLICT = "conflict"  # 有冲突，待人工核对
