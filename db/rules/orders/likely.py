"""Which service of the catalogue the words of a need most likely ask for; a proposal, which a person confirms."""

from collections.abc import Mapping


def likely_service(words: str, services: Mapping[int, str]) -> int | None:
    """The id of the service whose name shares most pairs of characters with `words`; None for none, or for a draw."""
    asked = _pairs(words)
    shared = {one: len(asked & _pairs(name)) for one, name in services.items()}
    most = max(shared.values(), default=0)
    best = [one for one, many in shared.items() if many == most]
    return best[0] if most and len(best) == 1 else None


def _pairs(words: str) -> set[str]:
    plain = "".join(words.split())
    return {plain[at : at + 2] for at in range(len(plain) - 1)}
