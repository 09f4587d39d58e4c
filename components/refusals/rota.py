"""What the rules of rotas say when they say no, and what to do next."""

from components.wording import N_

SENTENCES: dict[str, str] = {
    "rota_closed": N_("这次排班已经结束，不能再安排人。"),
    "roster_already_in": N_("这个人已经在这个班次里。"),
    "roster_slot_full": N_("这个班次的名额已经排满，请先移走一人，或另选班次。"),
    "roster_empty": N_("还没有可以采用的安排，请先生成建议。"),
}
