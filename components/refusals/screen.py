"""What the rules of the display links say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "displays_full": N_("这个社区已有 {most} 个显示链接：请先停用不用的，再新建。"),
    "display_revoked": N_("这个显示链接已经停用。"),
    "meeting_not_on_screen": N_("会议通知发出后，才能放到大屏上。"),
    "nothing_to_reveal": N_("这个议题还没有结果，宣布后才能放到大屏上。"),
    "no_screen_of_its_own": N_("您的账号不属于某个社区，没有自己的大屏。"),
}
