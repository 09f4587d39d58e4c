"""What the rules of the display links say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "displays_full": N_("这个社区已有 {most} 个显示链接：请先停用不用的，再新建。"),
    "display_revoked": N_("这个显示链接已经停用。"),
}
