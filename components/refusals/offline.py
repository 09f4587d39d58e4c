"""What the rules of paired phones and of entries from the door say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "phones_full": N_("一个账号最多同时配对 {most} 部手机。请先停用不用的手机。"),
    "phone_stopped": N_("这部手机已经停用。"),
    "phone_not_own": N_("只能停用自己的手机；别人的手机由书记停用。"),
    "door_earlier_missing": N_("前一条走访没有入库。请先更正那一条，再提交这一条。"),
}
