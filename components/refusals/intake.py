"""What the rules of photos, posters and messages from plain pages say when they say no."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "photo_too_big": N_("照片太大（最多 8 MB、4000 万像素）。请在手机里缩小后再选，或不加照片。"),
    "photo_unreadable": N_("这不是能读的照片（可用 JPEG、PNG、WebP），或文件已损坏。请换一张，或不加照片。"),
    "photo_heic": N_(
        "这是苹果手机的 HEIC 照片，这里读不了。请把它截一张图再选；"
        "或在“设置 › 相机 › 格式”里选“兼容性最佳”再拍。也可以不加照片。"
    ),
    "photos_full": N_("最多 {most} 张照片，请先删除一张。"),
    "photo_removed": N_("这张照片已经删除了。"),
    "poster_has_code": N_("{number} 已经有一张有效的专属码，请先作废原来的。"),
    "poster_revoked": N_("这个二维码已经作废。"),
    "poster_unknown": N_("没有这个二维码：请对照纸上的网址再输入一次。"),
    "intake_decided": N_("这件来件刚刚已由同事处理（{state}）。"),
    "intake_wiped": N_("来件的内容已按规定删除。"),
    "intake_too_many": N_("这个二维码一小时内收到的来件太多，请稍后再试，或直接打电话、到社区窗口。"),
}
