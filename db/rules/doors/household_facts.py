"""Whose change of a fact of a household holds, when two people changed it without seeing each other."""


def merged(base: str, theirs: str, mine: str) -> str | None:
    """What a field holds after one side wrote `mine` and the record says `theirs`, both going by `base`.

    None when both changed it to different values: a person chooses.
    """
    if mine in (base, theirs):
        return theirs
    return mine if theirs == base else None
