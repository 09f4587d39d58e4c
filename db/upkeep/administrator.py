"""An administrator from the command line: for a fresh database, or when nobody who could help can sign in."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.engine import as_system, utc_now
from db.models import Account, Subdistrict
from db.passwords import hashed, one_time_password
from db.rules.typed import clean_line
from db.terms import Role
from db.upkeep import CannotDo


def create_admin(*, username: str, name: str, subdistrict: str) -> str:
    """A subdistrict administrator with a one-time password, which is returned and must be changed at once.

    A subdistrict that does not exist is created only in a database that has none, so that a typing error cannot.
    """
    account_name = clean_line(username, 60)
    shown_name = clean_line(name, 60)
    place = clean_line(subdistrict, 200)
    for what, cleaned in (("user name", account_name), ("name", shown_name), ("subdistrict", place)):
        if cleaned.problem is not None:
            raise CannotDo(f"The {what} is {cleaned.problem.code.value.replace('_', ' ')}.")
    username = account_name.value.lower()
    if len(username) < 2 or any(letter.isspace() for letter in username):
        raise CannotDo("The user name must have at least two characters and no spaces.")
    password = one_time_password()
    password_hash = hashed(password, username=username)
    with as_system("create-admin on the command line") as session:
        if session.scalar(select(Account.id).where(Account.username == username)) is not None:
            raise CannotDo(f"There is an account {username} already.")
        session.add(
            Account(
                username=username,
                name=shown_name.value,
                role=Role.SUBDISTRICT_ADMIN,
                subdistrict_id=_subdistrict(session, place.value),
                password_hash=password_hash,
                must_change_password=True,
                created_at=utc_now(),
            )
        )
    return password


def _subdistrict(session: Session, name: str) -> int:
    known = {found.name: found.id for found in session.scalars(select(Subdistrict).order_by(Subdistrict.name))}
    if name in known:
        return known[name]
    if known:
        raise CannotDo(f"There is no subdistrict {name}; there is {', '.join(known)}.")
    created = Subdistrict(name=name, district="")
    session.add(created)
    session.flush()
    return created.id
