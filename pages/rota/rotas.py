"""Show who plans duty which rotas there are and where people lack, and make a new one in two minutes."""

from components.access import require
from components.acting import carried
from components.address import filter_by, go, id_in_address, pager
from components.detail import title_row
from components.rota.list import made, new_rota, rota_list
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.rota.choices import choices
from db.queries.rota.rotas import rotas
from db.rules.permissions import Permission
from db.terms import RotaState

user = require(Permission.SEE_ROTAS)
now = utc_now()
title = title_row(_("排班"))
if user.may(Permission.RUN_ROTA):
    with reading(user) as session:
        choice = choices(session, user)
    with title:
        request = new_rota(choice.places, choice.squads, choice.projects, today(now))
    if request and carried(user, request):
        go("rota", id=made(), view="lay")
state = filter_by("state", _("状态"), list(RotaState))
with reading(user) as session:
    page = rotas(session, now=now, state=state, before=id_in_address("before"))
rota_list(page.rows, several=user.community_id is None)
pager(page.rows, page.more)
