"""Let the subdistrict edit what residents can order and until when it is answered and done; at a desk, a minute each.

Orders that exist keep the times they were given.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.address import id_in_address, open_row, to_address
from components.orders.catalogue import catalogue_list, service_form
from components.wording import _, safe
from db.engine import reading
from db.queries.orders.orders import catalogue
from db.rules.permissions import Permission

user = require(Permission.MANAGE_CATALOGUE)
st.title(_("服务目录"))
st.caption(_("接单时限从受理起按工作日算；居民指定了日子的，以那一天为完成时限。"))
with reading(user) as session:
    services = catalogue(session, active_only=False)
open_row(catalogue_list(services))
one = next((service for service in services if service.id == id_in_address()), None)
if one is None:
    st.subheader(_("添加服务"), anchor=False)
else:
    st.subheader(_("修改：{name}", name=safe(one.name)), anchor=False)
    if st.button(_("改为添加新服务"), icon=":material/add:", key="catalogue.new"):
        to_address("id", None)
        st.rerun()
run(user, service_form(one))
