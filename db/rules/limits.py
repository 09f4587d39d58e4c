"""Numbers that several forms, actions and imports must agree on."""

from datetime import timedelta

PEOPLE_MOST = 100_000
"""The largest number of people or households that anything touches; `need.people` has the same bound in its table."""
HALF_HOUR = 30
"""Minutes: service is counted in half hours (docs/domain.md 9.2)."""
ORDER_MINUTES_MOST, ACTIVITY_MINUTES_MOST = 480, 720
"""Minutes of one order and of one activity, at most."""
DAY_MINUTES_MOST = 720
"""Minutes that one volunteer can have served on one day, from all sources together."""
BENEFICIARIES_MOST = 1_000_000
"""People whom one project may name as its beneficiaries."""
LONGEST_TOKEN = 128
"""Characters of a key that a browser shows; a longer one is nobody's."""
DRAFT_LIFE, DOOR_TICKET_LIFE, PHONE_LIFE = timedelta(days=1), timedelta(minutes=5), timedelta(days=30)
"""How long typed words wait for their writer, a code on the screen for a phone, and a phone's key holds."""
TOUCH_EVERY = timedelta(minutes=5)
"""How exactly it is known when a sign-in or a phone was last seen."""
USED_EVERY = timedelta(seconds=30)
"""How often the menu looks what its community uses, and whether a vote waits."""
SENSITIVE_KEPT_MOST = timedelta(days=3 * 365)
"""How long a sensitive fact or a place in a restricted programme is kept without a new look at it."""
