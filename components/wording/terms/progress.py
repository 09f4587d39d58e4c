"""Words of the area's permissions."""

from components.wording import N_

PERMISSIONS: dict[str, str] = {
    "see_progress": N_("看进度"),
    "compare_communities": N_("比较社区"),
    "compare_from_today": N_("从今日比较社区"),
}
