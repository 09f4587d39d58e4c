"""What the rules of photos, posters and messages from plain pages say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "poster_has_code": N_("{number} 已经有一张有效的专属码，请先作废原来的。"),
    "poster_revoked": N_("这个二维码已经作废。"),
    "poster_unknown": N_("没有这个二维码：请对照纸上的网址再输入一次。"),
    "intake_decided": N_("这件来件刚刚已由同事处理（{state}）。"),
    "intake_wiped": N_("来件的内容已按规定删除。"),
    "intake_too_many": N_("这个二维码一小时内收到的来件太多，请稍后再试，或直接打电话、到社区窗口。"),
}
