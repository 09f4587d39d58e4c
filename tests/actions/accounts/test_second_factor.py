"""The second factor: a password alone opens nothing, a code opens once, a lost phone is helped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import func, select

from db.actions.accounts.second_factor import (
    code_index,
    prove,
    renew_recovery_codes,
    reset_second_factor,
    start_second_factor,
    stop_second_factor,
)
from db.actions.accounts.sign_in import enter, failures_of, grant, open_attempt
from db.actions.admin.leaving import change_account, disable_account
from db.engine import carry_out, reading, reading_as_system
from db.errors import BadInput, Problem, Refused
from db.models import Account, AuditEntry, RecoveryCode, SecondFactor
from db.queries.accounts.own import own_factor
from db.rules.accounts.codes import new_recovery_codes, new_secret
from db.rules.accounts.slowing import FREE
from db.rules.permissions import Actor
from db.terms import Role
from tests.builders.world import NOW, World, do, row

HOME, MARK = "10.0.0.7", "m" * 43


def enrolled(actor: Actor) -> tuple[str, list[str]]:
    """The secret and the codes on paper of somebody who has just switched it on."""
    secret, codes = new_secret(), new_recovery_codes()
    earlier = NOW - timedelta(minutes=5)
    code = pyotp.TOTP(secret).at(earlier)
    carry_out(actor, "", start_second_factor, secret=secret, code=code, recovery=[code_index(one) for one in codes],
              now=earlier)  # fmt: skip
    return secret, codes


def password_was_right(username: str = "secretary") -> str:
    ticket = grant(open_attempt(username, HOME, now=NOW), now=NOW)
    assert ticket is not None
    return ticket


def test_the_password_alone_opens_nothing_and_the_code_opens(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    ticket = password_was_right()

    alone = enter(ticket, device="test", now=NOW)
    proven = prove(ticket, pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW)

    assert alone is None
    assert proven.ticket is not None
    assert enter(proven.ticket, device="test", mark=MARK, now=NOW) is not None
    assert prove(ticket, pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW).over
    assert failures_of("secretary", now=NOW) == 0


def test_a_code_opens_once(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    code = pyotp.TOTP(secret).at(NOW)

    first = prove(password_was_right(), code, address=HOME, now=NOW)
    second = prove(password_was_right(), code, address=HOME, now=NOW)

    assert first.ticket is not None
    assert (second.ticket, second.over) == (None, False)


def test_of_two_uses_of_a_code_at_once_one_gets_in(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    code, tickets = pyotp.TOTP(secret).at(NOW), [password_was_right() for _ in range(4)]

    with ThreadPoolExecutor(4) as pool:
        proven = list(pool.map(lambda one: prove(one, code, address=HOME, now=NOW), tickets))

    assert sum(one.ticket is not None for one in proven) == 1


def test_a_code_on_paper_opens_once_and_is_in_the_log_without_itself(world: World) -> None:
    _secret, codes = enrolled(world.secretary)

    first = prove(password_was_right(), codes[3].upper().replace("-", " "), address=HOME, now=NOW)
    again = prove(password_was_right(), codes[3], address=HOME, now=NOW)
    another = prove(password_was_right(), codes[4], address=HOME, now=NOW)

    assert first.ticket is not None
    assert again.ticket is None
    assert another.ticket is not None
    with reading(world.secretary) as session:
        found = own_factor(session, world.secretary.id)
    assert found is not None
    assert found.codes_left == 8
    with reading_as_system("test") as session:
        logged = [str(changes) for changes in session.scalars(select(AuditEntry.changes))]
        of_codes = select(AuditEntry.operation).where(AuditEntry.table_name == "recovery_code")
        assert session.scalars(of_codes).all().count("update") == 2
    assert not any(code in text or code_index(code) in text for code in codes for text in logged)


def test_the_secret_is_in_no_log_and_not_in_clear(world: World) -> None:
    secret, _codes = enrolled(world.secretary)

    with reading_as_system("test") as session:
        assert all(secret not in str(changes) for changes in session.scalars(select(AuditEntry.changes)))
        assert session.scalar(select(SecondFactor.secret)) == secret
    assert SecondFactor.__table__.c.secret.info["personal"]


def test_wrong_codes_are_slowed_down_like_wrong_passwords(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    ticket = password_was_right()
    wrong = [prove(ticket, "000000", address=HOME, now=NOW) for _ in range(FREE)]

    right = prove(password_was_right_later(), pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW)

    assert all(one.ticket is None and one.wait is None for one in wrong)
    assert right.ticket is None
    assert right.wait is not None


def password_was_right_later() -> str:
    """The password from another place, where nothing was wrong."""
    ticket = grant(open_attempt("secretary", "10.0.0.99", now=NOW), now=NOW)
    assert ticket is not None
    return ticket


def test_a_right_password_alone_does_not_make_wrong_codes_cheap(world: World) -> None:
    enrolled(world.secretary)
    ticket = password_was_right()
    for _ in range(FREE - 1):
        prove(ticket, "000000", address=HOME, now=NOW)

    password_was_right()
    prove(ticket, "000000", address=HOME, now=NOW)

    assert open_attempt("secretary", HOME, now=NOW).wait is not None


@pytest.mark.parametrize("ticket", ["", "x", "\0", "y" * 500])
def test_a_forged_or_late_ticket_asks_for_the_password_again(world: World, ticket: str) -> None:
    secret, _codes = enrolled(world.secretary)
    old = password_was_right()
    later = NOW + timedelta(minutes=6)

    assert prove(ticket, pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW).over
    assert prove(old, pyotp.TOTP(secret).at(later), address=HOME, now=later).over


def test_who_is_disabled_between_the_two_steps_does_not_get_in(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    ticket = password_was_right()
    carry_out(world[Role.SUBDISTRICT_ADMIN], "", disable_account, account_id=world.secretary.id)

    assert prove(ticket, pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW).over


def test_without_a_right_code_it_is_not_switched_on(world: World) -> None:
    for secret, code in ((new_secret(), "000000"), (new_secret(), "abc"), ("not a secret", "123456")):
        with pytest.raises(BadInput) as refused:
            do(world.secretary, start_second_factor, secret=secret, code=code,
               recovery=[code_index(one) for one in new_recovery_codes()])  # fmt: skip
        assert (refused.value.field, refused.value.problem) == ("code", Problem.WRONG)
    enrolled(world.secretary)
    with pytest.raises(Refused) as there:
        enrolled(world.secretary)

    assert there.value.rule == "second_factor_there"


def test_whoever_changes_role_keeps_it_and_may_switch_it_off(world: World) -> None:
    enrolled(world.secretary)
    account = row(world, Account, world.secretary.id)
    carry_out(
        world[Role.SUBDISTRICT_ADMIN], "", change_account, account_id=account.id, version=account.version,
        name=account.name, role=Role.AREA_WORKER, community_id=account.community_id, sees_restricted=False,
    )  # fmt: skip
    worker = Actor(id=account.id, name=account.name, role=Role.AREA_WORKER, subdistrict_id=world.subdistrict,
                   community_id=world.here)  # fmt: skip

    assert open_attempt("secretary", HOME, now=NOW).second
    do(worker, stop_second_factor)

    assert not open_attempt("secretary", HOME, now=NOW).second
    assert enter(password_was_right(), device="test", now=NOW) is not None


def test_new_codes_on_paper_end_the_old_ones(world: World) -> None:
    with pytest.raises(Refused) as none_yet:
        do(world.secretary, renew_recovery_codes, recovery=[code_index(one) for one in new_recovery_codes()])
    _secret, old = enrolled(world.secretary)
    new = new_recovery_codes()
    do(world.secretary, renew_recovery_codes, recovery=[code_index(one) for one in new])

    assert none_yet.value.rule == "no_second_factor"
    assert prove(password_was_right(), old[0], address=HOME, now=NOW).ticket is None
    assert prove(password_was_right(), new[0], address=HOME, now=NOW).ticket is not None


def test_another_administrator_resets_it_and_nobody_the_own(world: World) -> None:
    enrolled(world.secretary)
    admin = world[Role.SUBDISTRICT_ADMIN]
    enrolled(admin)
    pending = password_was_right()

    do(admin, reset_second_factor, account_id=world.secretary.id)
    with pytest.raises(Refused) as own:
        do(admin, reset_second_factor, account_id=admin.id)
    with pytest.raises(Refused) as gone:
        do(admin, reset_second_factor, account_id=world.secretary.id)

    assert (own.value.rule, gone.value.rule) == ("own_account", "no_second_factor")
    assert prove(pending, "000000", address=HOME, now=NOW).over
    assert enter(password_was_right(), device="test", now=NOW) is not None
    with reading_as_system("test") as session:
        left = select(func.count()).where(RecoveryCode.account_id == world.secretary.id)
        assert session.scalar(left) == 0


def test_a_clock_that_ran_ahead_locks_nobody_out_of_the_second_factor(world: World) -> None:
    secret, _codes = enrolled(world.secretary)
    ahead = NOW + timedelta(days=400)
    early = grant(open_attempt("secretary", HOME, now=ahead), now=ahead)
    assert early is not None
    assert prove(early, pyotp.TOTP(secret).at(ahead), address=HOME, now=ahead).ticket is not None

    right = prove(password_was_right(), pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW)
    again = prove(password_was_right(), pyotp.TOTP(secret).at(NOW), address=HOME, now=NOW)

    assert right.ticket is not None
    assert again.ticket is None
