"""The twenty-one half days of a week in which somebody can come, as lists and rosters name them."""

HALVES = ("am", "pm", "eve")
"""上午、下午、晚上."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SLOTS = tuple(f"{weekday}-{half}" for weekday in WEEKDAYS for half in HALVES)
"""The half days of `Volunteer.free_slots` and `Member.free_slots`."""
