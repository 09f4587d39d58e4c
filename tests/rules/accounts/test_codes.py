"""Codes of the second factor: as RFC 6238 has them, each once, with a clock that is half a minute off."""

import base64
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from db.rules.accounts.codes import (
    DIGITS,
    STEP,
    enrolment_address,
    is_secret,
    new_recovery_codes,
    new_secret,
    plain,
    step_of,
)
from tests.builders.world import NOW

RFC = base64.b32encode(b"12345678901234567890").decode()
# RFC 6238, appendix B, SHA-1: seconds since 1970 and the code of eight digits, of which an app shows the last six.
VECTORS = [
    (59, "94287082"), (1111111109, "07081804"), (1111111111, "14050471"),
    (1234567890, "89005924"), (2000000000, "69279037"), (20000000000, "65353130"),
]  # fmt: skip


@pytest.mark.parametrize(("seconds", "code"), VECTORS)
def test_the_codes_of_the_standard_are_taken(seconds: int, code: str) -> None:
    assert pyotp.TOTP(RFC, digits=8).at(seconds) == code
    assert step_of(RFC, code[-DIGITS:], after=0, now=datetime.fromtimestamp(seconds, UTC)) == seconds // STEP


@pytest.mark.parametrize(("seconds", "taken"), [(-90, False), (-30, True), (0, True), (30, True), (90, False)])
def test_a_clock_may_be_half_a_minute_off_and_no_more(seconds: int, taken: bool) -> None:
    code = pyotp.TOTP(RFC).at(NOW + timedelta(seconds=seconds))

    assert (step_of(RFC, code, after=0, now=NOW) is not None) is taken


def test_a_code_and_those_before_it_open_no_second_time() -> None:
    step = step_of(RFC, pyotp.TOTP(RFC).at(NOW), after=0, now=NOW)
    assert step is not None

    assert step_of(RFC, pyotp.TOTP(RFC).at(NOW), after=step, now=NOW) is None
    assert step_of(RFC, pyotp.TOTP(RFC).at(NOW - timedelta(seconds=30)), after=step, now=NOW) is None
    assert step_of(RFC, pyotp.TOTP(RFC).at(NOW + timedelta(seconds=30)), after=step, now=NOW) == step + 1


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1" * 500, "\0", "\ud800", "不知道"])
def test_what_is_no_code_opens_nothing(typed: str) -> None:
    assert step_of(RFC, typed, after=0, now=NOW) is None


def test_a_code_may_be_typed_with_a_gap_or_in_full_width() -> None:
    code = pyotp.TOTP(RFC).at(NOW)
    wide = code.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    assert step_of(RFC, f" {code[:3]} {code[3:]}", after=0, now=NOW) is not None
    assert step_of(RFC, wide, after=0, now=NOW) is not None
    assert plain("K7MW2-hxe9r ") == "k7mw2hxe9r"


def test_secrets_and_codes_on_paper_are_drawn_anew_and_have_their_form() -> None:
    secrets, codes = {new_secret() for _ in range(20)}, new_recovery_codes()

    assert len(secrets) == 20
    assert all(is_secret(secret) for secret in secrets)
    assert not any(is_secret(text) for text in ("", "a" * 32, "A" * 31, "1" * 32))
    assert len(set(codes)) == 10
    assert all(len(plain(code)) == 10 for code in codes)
    assert enrolment_address(RFC, "王书记").startswith("otpauth://totp/Yiqilai:")
