"""Why the house says no, by area: a sentence for each code of `Refused`, joined once.

Each area has a plain table; `components.refusals.shown` puts the values in and shows the sentence where it belongs.
"""

from components.refusals import (
    accounts,
    complaints,
    council,
    doors,
    files,
    imports,
    intake,
    meetings,
    needs,
    offline,
    orders,
    papers,
    people,
    projects,
    reports,
    screen,
    volunteers,
    voting,
)

_TABLES = (
    accounts.SENTENCES,
    complaints.SENTENCES,
    council.SENTENCES,
    doors.SENTENCES,
    files.SENTENCES,
    imports.SENTENCES,
    intake.SENTENCES,
    meetings.SENTENCES,
    needs.SENTENCES,
    offline.SENTENCES,
    orders.SENTENCES,
    papers.SENTENCES,
    people.SENTENCES,
    projects.SENTENCES,
    reports.SENTENCES,
    screen.SENTENCES,
    volunteers.SENTENCES,
    voting.SENTENCES,
)
SENTENCES: dict[str, str] = {code: sentence for table in _TABLES for code, sentence in table.items()}
"""Code of `Refused` -> message id; placeholders are the values of the error."""
