"""Tell a volunteer on a phone when and where to go next, what was done, and put it into the phone's own calendar.

Only what is the volunteer's own: turns, promised orders, activities; no door and no resident.
"""

import streamlit as st

from components.access import require
from components.acting import run
from components.public_address import own_address
from components.today.mine import agenda, done, feed_part, ways
from components.wording import _
from components.wording.dates import today
from db.engine import reading, utc_now
from db.queries.activities.outing import own_pairs
from db.queries.orders.mine import me
from db.queries.rota.feed import own_feed
from db.queries.today.my_service import coming, served_by
from db.rules.permissions import Permission

user = require(Permission.SEE_MY_SERVICE)
now = utc_now()
st.title(_("我的服务"))
with reading(user) as session:
    entry = me(session, user.id)
    dates = coming(session, user.id, now=now) if entry else ()
    served = served_by(session, user.id, now=now) if entry else None
    feed = own_feed(session, user.id) if entry else None
    pairs = own_pairs(session, user.id, now=now) if entry else ()
if entry is None or served is None:
    st.info(_("您的账号还没有关联志愿者登记。请联系社区，在“志愿者”里关联后再来。"), icon=":material/link:")
    st.stop()
agenda(dates, today(now), entry)
ways(escorts=bool(pairs), activities=user.may(Permission.SEE_ACTIVITIES))
done(served)
run(user, feed_part(feed, own_address(st.context.url or "")))
