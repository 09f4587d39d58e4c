"""Codes of the second factor: those of an authenticator app (RFC 6238) and those on paper for a lost phone."""

import secrets
import unicodedata
from datetime import datetime, timedelta

import pyotp
from pyotp.utils import strings_equal

from db.rules.clock import CLOCK_DRIFT

DIGITS, STEP = 6, 30
"""What every authenticator app takes for granted: six digits, new every half minute."""
RECOVERY_CODES = 10
_AROUND = (0, -1, 1)
"""A clock that is half a minute off is no reason to be kept out."""
_LATEST = max(_AROUND) + CLOCK_DRIFT // timedelta(seconds=STEP)
"""A half minute further ahead was used while a clock was wrong: it keeps nobody out."""
# No letter that is mistaken for another one when it is read from paper.
_CLEAR = "abcdefghjkmnpqrstuvwxyz23456789"


def new_secret() -> str:
    """160 random bits in base 32."""
    return pyotp.random_base32()


def is_secret(text: str) -> bool:
    """Whether it has the form that `new_secret` gives."""
    return len(text) == 32 and set(text) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


def enrolment_address(secret: str, username: str) -> str:
    """What the QR for the app holds."""
    return pyotp.TOTP(secret, digits=DIGITS, interval=STEP).provisioning_uri(name=username, issuer_name="Yiqilai")


def plain(typed: str) -> str:
    """A code without what people put between its parts; full-width digits are digits."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", typed).lower() if letter.isalnum())[:40]


def step_of(secret: str, typed: str, *, after: int, now: datetime) -> int | None:
    """The half minute that this code is of, if it is one of now and later than `after`; otherwise None."""
    totp = pyotp.TOTP(secret, digits=DIGITS, interval=STEP)
    present = int(now.timestamp()) // STEP
    used = after if after <= present + _LATEST else 0
    code = plain(typed)
    steps = [present + offset for offset in _AROUND if present + offset > used]
    return next((step for step in steps if strings_equal(totp.generate_otp(step), code)), None)


def new_recovery_codes() -> list[str]:
    """Ten codes such as `k7mw2-hxe9r`; 49 bits each."""
    drawn = ["".join(secrets.choice(_CLEAR) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    return [f"{code[:5]}-{code[5:]}" for code in drawn]
