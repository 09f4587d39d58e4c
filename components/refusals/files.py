"""Why something that several areas share is refused: files, photos, exports."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "pdf_busy": N_("正在生成另一套 PDF，请过半分钟再点一次。"),
    "pdf_failed": N_("没有生成 PDF：请下载 Word，用办公软件另存为 PDF。"),
    "pdf_no_office": N_("这台服务器没有安装 LibreOffice，不能生成 PDF：请下载 Word，用办公软件另存为 PDF。"),
    "codes_gone": N_("这些码已清除，不能再下载。纸件没有打印成，请作废后重新制作。"),
    "photo_too_big": N_("照片太大（最多 8 MB、4000 万像素）。请在手机里缩小后再选，或不加照片。"),
    "photo_unreadable": N_("这不是能读的照片（可用 JPEG、PNG、WebP），或文件已损坏。请换一张，或不加照片。"),
    "photo_heic": N_(
        "这是苹果手机的 HEIC 照片，这里读不了。请把它截一张图再选；"
        "或在“设置 › 相机 › 格式”里选“兼容性最佳”再拍。也可以不加照片。"
    ),
    "photos_full": N_("最多 {most} 张照片，请先删除一张。"),
    "photo_removed": N_("这张照片已经删除了。"),
    "nothing_to_export": N_("筛选结果为空，没有可导出的内容。"),
    "no_community_of_its_own": N_("您的账号不属于某个社区，请由社区的账号登记。"),
}
