"""China has one time zone and no summer time: what a day or an hour of the office means, everywhere in the app."""

from datetime import timedelta, timezone

CHINA = timezone(timedelta(hours=8))
