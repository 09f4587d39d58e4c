"""Let the subdistrict edit what residents can order and until when it is answered and done; at a desk, a minute each.

Orders that exist keep the times they were given.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import object_in_address, to_address
from components.orders.catalogue import catalogue_list, partner_form, service_form
from components.refusals.shown import sentence
from components.wording import _, safe
from components.wording.dates import today
from db.engine import reading, utc_now
from db.errors import NotFound
from db.queries.orders.orders import catalogue
from db.queries.units.partners import partners_of
from db.queries.units.units import units_to_choose
from db.rules.permissions import Permission

user = require(Permission.MANAGE_CATALOGUE)
st.title(_("服务目录"))
st.caption(_("接单时限从受理起按工作日算；居民指定了日子的，以那一天为完成时限。"))
with reading(user) as session:
    services = catalogue(session, active_only=False)
    partners = partners_of(session, [service.id for service in services], today=today(utc_now()))
    units = {unit.id: unit.name for unit in units_to_choose(session, today=today(utc_now()))}
catalogue_list(services, partners)
wanted = object_in_address()
one = next((service for service in services if service.id == wanted), None)
if wanted is not None and one is None:
    st.warning(sentence(NotFound(what="service", id=wanted)))
if one is None:
    st.header(_("添加服务"), anchor=False)
else:
    st.header(_("修改：{name}", name=safe(one.name)), anchor=False)
    if st.button(_("改为添加新服务"), icon=":material/add:", key="catalogue.new"):
        to_address("id", None)
        st.rerun()
request = service_form(one)
if one is not None:
    request = partner_form(one, partners, units) or request
run(user, request)
