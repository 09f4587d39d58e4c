"""What the invented residents order, and what is said about it."""

from db.rules.dispatch import SLOTS, WEEKDAYS
from db.terms_service import FeeKind, ServiceGroup

G, F = ServiceGroup, FeeKind
CATALOGUE: tuple[tuple[str, str, ServiceGroup, str, FeeKind, int, int, int, int], ...] = (
    ("介绍保姆", "Finding a home help", G.HOME, "", F.FREE, 24, 7, 60, 3),
    ("代买菜", "Buying groceries", G.ERRAND, "", F.FREE, 4, 1, 60, 9),
    ("洗衣", "Laundry", G.HOME, "", F.LOW, 24, 3, 90, 4),
    ("打扫卫生", "Cleaning", G.HOME, "", F.LOW, 24, 5, 120, 7),
    ("小家电维修", "Small repairs", G.REPAIR, "电工", F.LOW, 8, 3, 60, 7),
    ("水管疏通", "Unblocking pipes", G.REPAIR, "水工", F.LOW, 4, 2, 60, 4),
    ("搬运", "Carrying heavy things", G.CARRY, "", F.FREE, 24, 5, 60, 4),
    ("送餐", "Meals brought home", G.MEAL, "", F.LOW, 4, 1, 30, 6),
    ("助浴", "Help with bathing", G.HOME, "护理", F.LOW, 24, 7, 90, 2),
    ("量血压", "Blood pressure", G.HEALTH, "护理", F.FREE, 24, 7, 30, 8),
    ("陪诊", "Company to the doctor", G.HEALTH, "", F.FREE, 8, 5, 180, 6),
    ("陪聊", "A talk and a visit", G.COMPANY, "", F.FREE, 24, 7, 60, 6),
    ("代办缴费", "Paying bills", G.ERRAND, "", F.FREE, 24, 3, 30, 4),
    ("理发", "Haircut at home", G.HOME, "理发", F.FREE, 24, 7, 60, 5),
    ("手机课", "Learning the smartphone", G.LEARNING, "电脑", F.FREE, 24, 7, 90, 4),
)
"""Name, English, group, skill, fee, hours to answer, days to finish, minutes, how often it is asked for."""
NOTES = ("青菜两斤、鸡蛋一板", "上午在家", "请先打个电话再来", "", "", "家里有工具", "钥匙在邻居那里", "")
CAUTIONS = ("耳背,敲门重一点", "家里有小狗", "走路慢,请等一等", "", "", "", "")
DONE = ("按要求做完,老人很高兴", "做完并收拾干净", "送到家里,当面点清", "陪着办完,送回家", "教了两遍,能自己用了")
GOOD = ("随叫随到,很贴心", "手脚麻利", "说话和气,放心", "谢谢社区", "", "")
DECLINED = ("那天要带孙子", "身体不舒服", "临时加班", "这项不太会做")
CANCELLED = ("女儿回来了,不用了", "住院了,出院再说", "已请亲戚帮忙")
FREE = {
    "工作日上午": [f"{one}-am" for one in WEEKDAYS[:5]],
    "工作日晚上": [f"{one}-eve" for one in WEEKDAYS[:5]],
    "周末全天": [slot for slot in SLOTS if slot[:3] in ("sat", "sun")],
    "周六上午": ["sat-am"],
    "随叫随到": list(SLOTS),
}
