"""Why something was done, as the log quotes it: permissions and the occasions of the system, in people's words."""

from components.wording import N_, _
from components.wording.terms import PERMISSIONS

OCCASIONS = {
    "public page of progress": N_("公开进度页"),
    "a phone ends its pairing": N_("手机解除配对"),
    "a phone is being paired": N_("手机正在配对"),
    "a phone was seen": N_("手机上线"),
    "create-admin on the command line": N_("命令行新建管理员"),
    "doors in one form": N_("门牌统一写法"),
    "draft": N_("草稿"),
    "first run": N_("首次启用"),
    "health": N_("运行检查"),
    "keys of needs": N_("更新需求的查找读音"),
    "member card": N_("议事员卡"),
    "message from a plain page": N_("扫码来件"),
    "pair a phone": N_("配对手机"),
    "photo without a row": N_("清理照片"),
    "plain page of a poster": N_("打开海报页"),
    "receipt of a message": N_("来件回执"),
    "sign-in attempt": N_("尝试登录"),
    "sign-in page": N_("登录页"),
    "sign-in used": N_("使用登录"),
    "sign-in": N_("登录"),
    "sign-out": N_("退出"),
    "sign-out of another device": N_("结束别处的登录"),
    "second factor": N_("二次验证"),
    "slip": N_("扫码投票"),
    "telephone numbers in one form": N_("电话统一写法"),
    "demand by its present rule": N_("按现行口径重算需求分布"),
    "which phone asks": N_("核对手机"),
    "who signs in": N_("核对登录人"),
    "words of old messages": N_("清除旧来件内容"),
    "wrong code": N_("记下扫码页试错的码"),
    "a calendar": N_("打开手机日历"),
    "a calendar was read": N_("手机日历读取"),
    "a receipt of a sign-up": N_("活动报名回执"),
    "a sign-up page": N_("打开活动报名页"),
    "a stall of a market day asks": N_("打开摊位计数页"),
    "a stall of a market day counts": N_("摊位手机计数"),
    "cancelling a sign-up on a plain page": N_("扫码取消报名"),
    "plain page of registration": N_("打开志愿者登记页"),
    "plain page of the wall": N_("打开承诺墙页"),
    "receipt of a registration": N_("志愿者登记回执"),
    "registration from a plain page": N_("扫码登记志愿者"),
    "scans of the wall": N_("承诺墙扫码数"),
    "plain page of a verdict": N_("打开评诺页"),
    "word on a promise on a plain page": N_("扫码评诺"),
    "sign-up on a plain page": N_("扫码报名活动"),
    "held words": N_("保留没填完的表单"),
    "hours that are asked about": N_("标出要核对的时长"),
    "invented subdistrict, written in bulk": N_("演示数据，成批写入"),
}
"""When the system itself acts; a test holds that every occasion has its words."""
REASONS = PERMISSIONS | OCCASIONS


def reason_words(reason: str) -> str:
    """The words for a permission or an occasion; what a person typed as a reason stays as it is."""
    return _(REASONS[reason]) if reason in REASONS else reason
