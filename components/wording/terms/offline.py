"""Words and looks of `db.terms.offline`."""

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
