"""Words and looks of `db.terms.offline`, and of the area's tables and permissions."""

from enum import StrEnum

from components.wording import N_
from db import terms as t

LABELS: dict[type[StrEnum], dict[StrEnum, str]] = {
    t.DoorEntryKind: {
        t.DoorEntryKind.VISIT: N_("走访"),
        t.DoorEntryKind.NEED: N_("需求"),
        t.DoorEntryKind.FACTS: N_("户情更新"),
    },
    t.DoorEntryState: {
        t.DoorEntryState.STORED: N_("已入库"),
        t.DoorEntryState.REFUSED: N_("未入库，见原因"),
        t.DoorEntryState.CONFLICT: N_("有冲突，待人工核对"),
    },
}

LOOKS: dict[type[StrEnum], dict[StrEnum, tuple[str, str]]] = {
    t.DoorEntryState: {
        t.DoorEntryState.STORED: ("check_circle", "green"),
        t.DoorEntryState.REFUSED: ("cancel", "red"),
        t.DoorEntryState.CONFLICT: ("call_split", "orange"),
    },
}

TABLES: dict[str, str] = {
    "door_phone": N_("已配对手机"),
    "door_conflict": N_("门户信息冲突"),
}

PERMISSIONS: dict[str, str] = {
    "pair_phone": N_("配对手机"),
    "see_every_phone": N_("看所有已配对手机"),
    "stop_every_phone": N_("停用任何已配对手机"),
}
