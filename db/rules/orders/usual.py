"""The fifteen services that a community usually begins with (docs/domain.md 11.1); the subdistrict edits them later."""

from db.terms import FeeKind as F
from db.terms import ServiceGroup as G

FIRST_SERVICES: tuple[tuple[str, str, G, str, F, int, int, int], ...] = (
    ("介绍保姆", "Finding a home help", G.HOME, "", F.FREE, 24, 7, 60),
    ("代买菜", "Buying groceries", G.ERRAND, "", F.FREE, 4, 1, 60),
    ("洗衣", "Laundry", G.HOME, "", F.LOW, 24, 3, 90),
    ("打扫卫生", "Cleaning", G.HOME, "", F.LOW, 24, 5, 120),
    ("小家电维修", "Small repairs", G.REPAIR, "电工", F.LOW, 8, 3, 60),
    ("水管疏通", "Unblocking pipes", G.REPAIR, "水工", F.LOW, 4, 2, 60),
    ("搬运", "Carrying heavy things", G.CARRY, "", F.FREE, 24, 5, 60),
    ("送餐", "Meals brought home", G.MEAL, "", F.LOW, 4, 1, 30),
    ("助浴", "Help with bathing", G.HOME, "护理", F.LOW, 24, 7, 90),
    ("量血压", "Blood pressure", G.HEALTH, "护理", F.FREE, 24, 7, 30),
    ("陪诊", "Company to the doctor", G.HEALTH, "", F.FREE, 8, 5, 180),
    ("陪聊", "A talk and a visit", G.COMPANY, "", F.FREE, 24, 7, 60),
    ("代办缴费", "Paying bills", G.ERRAND, "", F.FREE, 24, 3, 30),
    ("理发", "Haircut at home", G.HOME, "理发", F.FREE, 24, 7, 60),
    ("手机课", "Learning the smartphone", G.LEARNING, "电脑", F.FREE, 24, 7, 90),
)
"""Name, English, group, skill, fee, hours to answer, days to finish, minutes."""
