"""Where the invented volunteers live and when they can come, so that dispatch has its reasons."""

from random import Random
from typing import Any

from db.demo.frame import Area, Demo
from db.demo.orders.words import FREE
from db.rules.orders.dispatch import SLOTS
from db.terms import PlaceKind


def homes(demo: Demo, area: Area, volunteers: list[dict[str, Any]]) -> None:
    """Where volunteers live and when they can come, for dispatch."""
    rng: Random = demo.rng("homes", area.code)
    estates = [place for place in area.places if place.kind is PlaceKind.ESTATE]
    for row in volunteers:
        row["free_slots"] = FREE.get(row["free_times"], [])
        row["place_id"] = rng.choice(estates).id
        row["building"] = f"{rng.randrange(1, 9)}幢"
    volunteers[0] |= {"free_slots": list(SLOTS), "free_times": "随叫随到"}
