"""What the invented residents order, and what is said about it."""

from db.rules.orders.dispatch import SLOTS, WEEKDAYS
from db.rules.orders.usual import FIRST_SERVICES
from db.terms import FeeKind, ServiceGroup

OFTEN = (3, 9, 4, 7, 7, 4, 4, 6, 2, 8, 6, 6, 4, 5, 4)
CATALOGUE: tuple[tuple[str, str, ServiceGroup, str, FeeKind, int, int, int, int], ...] = tuple(
    (*one, often) for one, often in zip(FIRST_SERVICES, OFTEN, strict=True)
)
"""Name, English, group, skill, fee, hours to answer, days to finish, minutes, how often it is asked for."""
TOLD: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...] = (
    (("照顾半失能的老人，白天", "每天做一顿午饭"), ("介绍了两位，已见面", "和家政公司说好，下周试工")),
    (("青菜两斤、鸡蛋一板", "降压药一盒、牛奶一箱", "米一袋，要小包装"), ("送到家里，当面点清", "菜和小票都交给老人")),
    (("被套两床", "冬天的棉衣，要晾干"), ("洗好晾干送回", "洗净叠好，当面点清")),
    (("厨房油烟机和窗户", "客厅和卫生间"), ("做完并收拾干净", "厨房卫生间都擦过了")),
    (("客厅灯不亮", "电饭煲跳闸", "阳台插座没电"), ("换了启辉器，灯亮了", "修好了，试过没问题")),
    (("厨房下水慢", "卫生间地漏堵了"), ("疏通了，水下得快", "清出油垢，不再返水")),
    (("旧沙发搬到楼下", "一箱书从二楼搬到五楼"), ("搬好放稳", "搬到指定的地方")),
    (("中午一份，少盐", "中午两份，软一点"), ("中午送到，还是热的", "饭菜送到手上")),
    (("每次要两个人", "浴室有扶手"), ("洗好换了衣服，没有着凉", "两人一起，平安洗好")),
    (("早饭前量，老伴也想一起量", "量完请说给女儿听"), ("量了两次，都记在本子上", "血压平稳，已记录")),
    (("市三医院，骨科复查", "社区医院配药，轮椅有"), ("陪着看完，送回家", "取好药，讲清怎么吃")),
    (("想听听老戏", "一个人住，爱说从前的事"), ("聊了一小时，老人很高兴", "下了两盘棋，约好下次")),
    (("水费和电费", "电信宽带续费"), ("缴清，收据交给老人", "手机上缴好，截图给女儿")),
    (("剪短就好", "卧床，要在床边剪"), ("剪好，地也扫干净了", "剪短刮脸，老人很满意")),
    (("学视频通话", "学网上挂号"), ("教了两遍，能自己用了", "写了大字步骤贴在墙上")),
)
"""For each service of the catalogue in its order: what is asked for, and what was done."""
NOTES = ("", "", "上午在家", "请先打个电话再来")
"""Asked of any service."""
CAUTIONS = ("耳背，敲门重一点", "家里有小狗", "走路慢，请等一等", "", "", "", "")
GOOD = ("随叫随到，很贴心", "手脚麻利", "说话和气，放心", "谢谢社区", "", "")
DECLINED = ("那天要带孙子", "身体不舒服", "临时加班", "这项不太会做")
CANCELLED = ("女儿回来了，不用了", "住院了，出院再说", "已请亲戚帮忙")
FREE = {
    "工作日上午": [f"{one}-am" for one in WEEKDAYS[:5]],
    "工作日晚上": [f"{one}-eve" for one in WEEKDAYS[:5]],
    "周末全天": [slot for slot in SLOTS if slot[:3] in ("sat", "sun")],
    "周六上午": ["sat-am"],
    "随叫随到": list(SLOTS),
}
SERVICE_OF_NEED = {"代买菜送上门": 1, "高温天送药": 1, "陪同看病": 10, "独居老人定期敲门": 11}
"""Which service of the catalogue answers a need of this title."""
