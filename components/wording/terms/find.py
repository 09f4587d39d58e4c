"""Words of the area's permissions."""

from components.wording import N_

PERMISSIONS: dict[str, str] = {
    "see_search": N_("在一处查找全部"),
}
