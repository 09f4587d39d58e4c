"""Accounts: create, change, disable, one-time passwords, the own password and language, and the very first account."""

import re
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.actions.accounts.sign_in import forget_failures, revoke_sign_ins
from db.actions.fields import chosen, line, row_id
from db.actions.loading import actor_of, load
from db.engine import action, as_system
from db.errors import BadInput, NotFound, Problem, Refused
from db.models import Account, AuditHead, Category, Community, Place, SquadTheme, Subdistrict
from db.passwords import PasswordHash
from db.rules.permissions import SCOPES, Permission, Scope
from db.scope import UNSCOPED
from db.terms import Language, PlaceKind, Role
from db.together import amiss

ABOVE_COMMUNITIES = frozenset({Role.SUBDISTRICT_ADMIN, Role.AUDITOR, Role.DISTRICT_VIEWER})
"""Roles that belong to no community."""

# Letters, digits and Chinese characters, and between them one of . _ - @
_USERNAME = re.compile(r"[0-9a-z\u4e00-\u9fff]+(?:[._@-][0-9a-z\u4e00-\u9fff]+)*")

FIRST_THEMES = (
    ("文化教育", "Culture and education"),
    ("医疗卫生", "Health"),
    ("法律结对", "Legal aid"),
    ("环保宣传", "Environment"),
    ("五水共治", "Water care"),
)
"""Themes with which a subdistrict begins (docs/domain.md A1-03); it changes them as it likes."""
FIRST_CATEGORIES = (
    ("助老扶幼", "Elderly and children"),
    ("环境整治", "Environment"),
    ("技能帮扶", "Skills and jobs"),
    ("医疗健康", "Health"),
    ("矛盾调解·法律服务", "Disputes and law"),
    ("设施维修·安全", "Repairs and safety"),
)
"""docs/domain.md 7.1; the subdistrict edits them later."""


@action(Permission.MANAGE_ACCOUNTS)
def create_account(
    session: Session,
    *,
    username: str,
    name: str,
    role: Role | None,
    community_id: int | None,
    password_hash: PasswordHash,
    sees_restricted: bool = False,
    now: datetime,
) -> int:
    """A new account with a one-time password that must be changed at the first sign-in; returns its id."""
    actor = actor_of(session)
    account = Account(
        username=_free_username(session, username),
        name=line("name", name, most=60),
        role=role_for(session, role),
        community_id=community_for(session, role, community_id),
        subdistrict_id=actor.subdistrict_id,
        password_hash=password_hash,
        must_change_password=must_change(role),
        sees_restricted=sees_restricted,
        created_at=now,
    )
    session.add(account)
    session.flush()
    return account.id


@action(Permission.MANAGE_ACCOUNTS)
def enable_account(session: Session, *, account_id: int) -> None:
    load(session, Account, account_id).disabled_at = None
    session.flush()


@action(Permission.MANAGE_ACCOUNTS)
def issue_password(session: Session, *, account_id: int, password_hash: PasswordHash, now: datetime) -> None:
    """Replace a forgotten password by a one-time password; ends every sign-in of the account and every lock."""
    account = load(session, Account, account_id)
    if account.id == actor_of(session).id:
        raise Refused("own_account")
    account.password_hash = password_hash
    account.must_change_password = must_change(account.role)
    forget_failures(session, account.username)
    revoke_sign_ins(session, account.id, now=now)
    session.flush()


@action(Permission.CHANGE_OWN_PASSWORD)
def change_own_password(session: Session, *, password_hash: PasswordHash, version: int, now: datetime) -> None:
    """A new password for oneself; every other sign-in of the account ends, this one goes on.

    The caller has checked the present password against the account in `version`.
    """
    actor = actor_of(session)
    account = load(session, Account, actor.id, version=version)
    account.password_hash = password_hash
    account.must_change_password = False
    revoke_sign_ins(session, account.id, now=now, except_id=actor.sign_in_id)
    session.flush()


@action(Permission.CHANGE_OWN_PASSWORD)
def choose_language(session: Session, *, language: Language) -> None:
    """The language of the screens, kept with the account."""
    load(session, Account, actor_of(session).id).language = chosen("language", language, list(Language))
    session.flush()


def found_subdistrict(
    *,
    subdistrict: str,
    district: str,
    community: str,
    code: str,
    place: str,
    username: str,
    name: str,
    password_hash: PasswordHash,
    now: datetime,
) -> int:
    """The first run: subdistrict, community, place, categories and the first administrator; returns the account's id.

    Raises Refused("already_founded") once any account exists.
    """
    with as_system("first run") as session:
        # The one row that every writer locks: of two people who found at once, the second sees the first's account.
        session.execute(select(AuditHead.id).with_for_update())
        if session.scalar(select(Account.id).limit(1)) is not None:
            raise Refused("already_founded")
        street = Subdistrict(
            name=line("subdistrict", subdistrict, most=200), district=line("district", district, most=200)
        )
        home = Community(name=line("community", community, most=60), code=_code(code), households=0, residents=0)
        estate = Place(name=line("place", place, most=60), kind=PlaceKind.ESTATE)
        called, username = line("name", name, most=60), _free_username(session, username)
        session.add(street)
        session.flush()
        home.subdistrict_id = street.id
        session.add(home)
        session.flush()
        estate.community_id = home.id
        session.add(estate)
        for position, (chinese, english) in enumerate(FIRST_CATEGORIES, start=1):
            session.add(Category(subdistrict_id=street.id, name=chinese, name_en=english, position=position))
        for position, (chinese, english) in enumerate(FIRST_THEMES, start=1):
            session.add(SquadTheme(subdistrict_id=street.id, name=chinese, name_en=english, position=position))
        account = Account(
            username=username,
            name=called,
            role=Role.SUBDISTRICT_ADMIN,
            subdistrict_id=street.id,
            password_hash=password_hash,
            created_at=now,
        )
        session.add(account)
        session.flush()
        return account.id


def _code(text: str) -> str:
    code = line("code", text, most=12).upper()
    return code if re.fullmatch(r"[A-Z0-9]*", code) else amiss(BadInput("code", Problem.LETTERS), "")


def _free_username(session: Session, text: str) -> str:
    username = line("username", text, most=60).lower()
    if len(username) < 2:
        raise BadInput("username", Problem.TOO_SHORT, least=2)
    if not _USERNAME.fullmatch(username):
        raise BadInput("username", Problem.WRONG)
    # User names are unique in the whole database, also outside the actor's scope.
    taken = session.scalar(select(Account.id).where(Account.username == username), execution_options=UNSCOPED)
    if taken is not None:
        raise BadInput("username", Problem.TAKEN)
    return username


def must_change(role: Role | None) -> bool:
    """Nobody sits at a meeting-room screen to choose another password."""
    return role != Role.DISPLAY


def role_for(session: Session, role: Role | None) -> Role:
    """The role, unless it would reach further than the one who gives it."""
    role = chosen("role", role, list(Role))
    if SCOPES[role] is Scope.EVERYTHING and actor_of(session).scope is not Scope.EVERYTHING:
        # In a database of one subdistrict both reach the same.
        count = session.scalar(select(func.count(Subdistrict.id)), execution_options=UNSCOPED)
        if count != 1:
            raise Refused("wider_than_own")
    return role


def community_for(session: Session, role: Role | None, community_id: int | None) -> int | None:
    if role in ABOVE_COMMUNITIES:
        return None
    community_id = row_id("community_id", community_id)
    # Read in the actor's scope: a community of another subdistrict is not found.
    if session.scalar(select(Community.id).where(Community.id == community_id)) is None:
        raise NotFound(what="community", id=community_id)
    return community_id
