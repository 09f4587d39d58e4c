"""What the rules of photos, posters and messages from plain pages say when they say no."""

from components.told import explain
from components.wording import N_

explain(
    photo_too_big=N_("照片太大(最多 8 MB、4000 万像素)。请在手机里缩小后再选,或不加照片。"),
    photo_unreadable=N_("这不是能读的照片(可用 JPEG、PNG、WebP),或文件已损坏。请换一张,或不加照片。"),
    photos_full=N_("最多 {most} 张照片,请先删除一张。"),
    photo_removed=N_("这张照片已经删除了。"),
)
