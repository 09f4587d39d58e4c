"""What can go wrong, as codes with values; `components.refusals.shown` turns them into words that say what to do next.

YiqilaiError
├── NotSignedIn                    the sign-in ended, was revoked, or the account is disabled
├── NotPermitted                   this role may not do that, or not to this object
├── NotFound                       no such row in the actor's scope
├── WrongStage                     the object stands at a stage where this cannot be done
├── Conflict                       somebody else changed it in the meantime
├── BadInput                       a field holds something that cannot be kept (field, problem)
│   └── BadInputs                  several fields do
├── RequestRepeated                this submit was stored before; carries the first result
├── Busy                           the database did not answer in time; nothing was stored
│   └── StorageFull                there is no room left to write; nothing was stored
└── Refused                        a rule of the house says no; the code names the rule
"""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any


class YiqilaiError(Exception):
    """An error with a code and values; never a sentence."""

    code = "error"

    def __init__(self, **values: Any) -> None:
        self.values = values
        super().__init__(f"{self.code} {values}" if values else self.code)


class NotSignedIn(YiqilaiError):
    code = "not_signed_in"


class NotPermitted(YiqilaiError):
    """`permission=`, `role=`."""

    code = "not_permitted"


class NotFound(YiqilaiError):
    """`what=` name of the noun, `id=`."""

    code = "not_found"


class WrongStage(YiqilaiError):
    """`what=`, `stage=` where it stands, `permission=` what was tried."""

    code = "wrong_stage"


class Conflict(YiqilaiError):
    """`what=`, `id=`, `version=` the one now in the database, `current=` the columns now stored (masked)."""

    code = "conflict"


class Problem(StrEnum):
    """What is wrong with one field."""

    EMPTY = "empty"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    OUT_OF_RANGE = "out_of_range"
    BAD_DATE = "bad_date"
    TOO_EARLY = "too_early"
    TOO_LATE = "too_late"
    PAST = "past"
    UNKNOWN_CHOICE = "unknown_choice"
    TAKEN = "taken"
    TOO_SHORT = "too_short"
    TOO_MANY_BYTES = "too_many_bytes"
    WRONG = "wrong"
    WRONG_CODE = "wrong_code"
    LETTERS = "letters"
    GUESSABLE = "guessable"
    NO_PHONE = "no_phone"
    DAY_FULL = "day_full"
    DOUBTFUL = "doubtful"
    FAR_DAY = "far_day"
    UNCHANGED = "unchanged"
    PERSONAL = "personal"


class BadInput(YiqilaiError):
    """`field=` key of the form field, `problem=` a Problem, and what the message needs (`most=`, `least=`)."""

    code = "bad_input"

    def __init__(self, field: str, problem: Problem, **values: Any) -> None:
        self.field, self.problem = field, problem
        super().__init__(field=field, problem=problem, **values)

    @property
    def beside(self) -> dict[str, Any]:
        """What the message needs besides field and problem."""
        return {name: value for name, value in self.values.items() if name not in ("field", "problem")}

    @property
    def problems(self) -> "tuple[BadInput, ...]":
        """Each field with its problem, in the order in which they were found."""
        return (self,)


class BadInputs(BadInput):
    """Several fields at once (`db.together`); `field` and `problem` are those of the first."""

    def __init__(self, problems: Sequence[BadInput]) -> None:
        first = problems[0]
        self._problems = tuple(problems)
        super().__init__(first.field, first.problem, **first.beside)

    @property
    def problems(self) -> "tuple[BadInput, ...]":
        return self._problems


class RequestRepeated(YiqilaiError):
    """`result=` what the first submit returned."""

    code = "request_repeated"


class Busy(YiqilaiError):
    code = "busy"


class StorageFull(Busy):
    code = "storage_full"


class Refused(YiqilaiError):
    """A rule of the house says no: `Refused("quorum_missing", present=10, needed=11)`."""

    code = "refused"

    def __init__(self, rule: str, **values: Any) -> None:
        self.rule = rule
        super().__init__(rule=rule, **values)
