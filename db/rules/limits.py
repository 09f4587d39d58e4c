"""Numbers that several forms, actions and imports must agree on."""

PEOPLE_MOST = 100_000
"""The largest number of people or households that anything touches; `need.people` has the same bound in its table."""
HALF_HOUR = 30
"""Minutes: service is counted in half hours (docs/domain.md 9.2)."""
