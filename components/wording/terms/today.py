"""Words of the area's permissions."""

from components.wording import N_

PERMISSIONS: dict[str, str] = {
    "see_today": N_("看今日"),
}
