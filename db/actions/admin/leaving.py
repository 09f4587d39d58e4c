"""Somebody leaves, or changes role or community: what they have in hand is handed over or set free in the same step."""

from datetime import datetime

from sqlalchemy.orm import Session

from db.actions.accounts.accounts import community_for, must_change, role_for
from db.actions.accounts.sign_in import revoke_sign_ins
from db.actions.activities.crew import leave_crews
from db.actions.activities.market_staff import leave_stalls_of_account
from db.actions.activities.outing import drop_pairs_of_account
from db.actions.doors.rounds import give_patches
from db.actions.fields import line
from db.actions.loading import actor_of, load
from db.actions.members.branches import leave_branches
from db.actions.offline.phones import revoke_phones
from db.actions.orders.offers import give_back_orders
from db.actions.orders.series import leave_series
from db.actions.people.programmes import leave_programmes
from db.actions.projects.projects import give_projects
from db.actions.rota.feeds import revoke_feeds
from db.actions.rota.turns import leave_rotas
from db.actions.volunteers.placements import LEFT_WITH_ACCOUNT, leave_teams
from db.engine import action
from db.errors import Refused
from db.models import Account, ActivityHelper, Turn
from db.rules.admin.open_work import left_behind
from db.rules.permissions import Permission
from db.terms import OpenWork, Role


@action(Permission.MANAGE_ACCOUNTS)
def change_account(
    session: Session,
    *,
    account_id: int,
    version: int,
    name: str,
    role: Role | None,
    community_id: int | None,
    sees_restricted: bool,
    now: datetime,
    patches_to: int | None = None,
    projects_to: int | None = None,
) -> None:
    """Change name, role, community or access to restricted cases; takes effect on the next interaction.

    Another role or community ends the paired phones, and work that the account cannot go on with is handed over.
    Nobody changes the own role: so one administrator always remains.
    """
    account = load(session, Account, account_id, version=version)
    if account.id == actor_of(session).id and role is not account.role:
        raise Refused("own_account")
    if role is not account.role:
        role = role_for(session, role)
    # Everything is checked before anything is changed: a question in between would write half of it.
    called, home = line("name", name, most=60), community_for(session, role, community_id)
    stays = home == account.community_id
    moves = not stays or (role is not None and role is not account.role)
    left = left_behind(role or account.role, stays=stays, sees_restricted=sees_restricted)
    _leave(session, account, left, patches_to, projects_to, now=now)
    account.name, account.role, account.community_id = called, role or account.role, home
    account.sees_restricted = sees_restricted
    account.must_change_password = account.must_change_password and must_change(account.role)
    session.flush()
    if moves:
        revoke_phones(session, account.id, now=now)
        revoke_feeds(session, account.id, now=now)


@action(Permission.MANAGE_ACCOUNTS)
def disable_account(
    session: Session, *, account_id: int, now: datetime, patches_to: int | None = None, projects_to: int | None = None
) -> None:
    """Nobody gets in with it any more, and whoever is in is out; nothing that it did is lost.

    Patches and projects go to whom the administrator names; without anybody they wait where the secretary sees them.
    Places, orders, series and programmes are set free, a party branch waits for another secretary.
    """
    account = load(session, Account, account_id)
    if account.id == actor_of(session).id:
        raise Refused("own_account")
    if account.disabled_at is None:
        _leave(session, account, tuple(OpenWork), patches_to, projects_to, now=now)
        account.disabled_at = now
    revoke_sign_ins(session, account.id, now=now)
    revoke_phones(session, account.id, now=now)
    revoke_feeds(session, account.id, now=now)


def _leave(
    session: Session,
    account: Account,
    left: tuple[OpenWork, ...],
    patches_to: int | None,
    projects_to: int | None,
    *,
    now: datetime,
) -> None:
    if OpenWork.PATCHES in left:
        give_patches(session, account, patches_to, "patches_to")
    if OpenWork.PROJECTS in left:
        give_projects(session, account, projects_to, "projects_to", now=now)
    if OpenWork.PROGRAMMES in left:
        leave_programmes(session, account.id, now=now)
    if OpenWork.PLACES in left:
        leave_teams(session, account.id, now=now)
        leave_stalls_of_account(session, account.id, LEFT_WITH_ACCOUNT, now=now)
        drop_pairs_of_account(session, account.id, LEFT_WITH_ACCOUNT, now=now)
        leave_crews(session, ActivityHelper.account_id == account.id, now=now)
    if OpenWork.ORDERS in left:
        give_back_orders(session, account.id, now=now)
    if OpenWork.SERIES in left:
        leave_series(session, account.id)
    if OpenWork.BRANCHES in left:
        leave_branches(session, account.id)
    if OpenWork.TURNS in left:
        leave_rotas(session, Turn.account_id == account.id, why=LEFT_WITH_ACCOUNT, now=now)
    session.flush()
