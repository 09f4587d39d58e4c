"""One block of a volunteer's record with its forms: what was read for it is given, nothing is asked here."""

from collections.abc import Callable
from datetime import date

from components.acting import Request
from components.volunteers.card import service_block
from components.volunteers.records import (
    ask_form,
    certificate_list,
    certificate_steps,
    rating_list,
    record_forms,
    record_list,
)
from db.queries.volunteers.card import VolunteerCard
from db.queries.volunteers.records import BlockFacts, CertificatePaper
from db.rules.permissions import Actor


def draw_block(
    user: Actor,
    card: VolunteerCard,
    block: BlockFacts,
    today: date,
    read: Callable[[Actor, int], CertificatePaper | None],
    *,
    manages: bool,
) -> Request | None:
    """The block, with its forms for who manages the registry."""
    if block.name == "rating" and block.ratings is not None:
        rating_list(*block.ratings)
        return None
    if block.name in ("training", "award"):
        trained = block.name == "training"
        record_list(block.records, trained=trained)
        return record_forms(card, block.records, trained=trained, today=today) if manages else None
    if block.name == "paper":
        certificate_list(block.papers, of_one=True)
        if not manages:
            return None
        request = certificate_steps(user, block.papers, read)
        return ask_form(card, today) or request
    service_block(card)
    return None
