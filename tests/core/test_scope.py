"""Nobody reaches a row of another community, whatever the statement: generated over every model, not remembered."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import (
    delete,
    func,
    insert,
    select,
    text,
    update,
)
from sqlalchemy.exc import DBAPIError, StatementError

from db import audit
from db.audit import UNAUDITED, guarded
from db.engine import as_system, reading, reading_as_system, writing
from db.errors import NotPermitted, NotSignedIn
from db.models import (
    Account,
    AuditEntry,
    Category,
    Community,
    InCommunity,
    InSubdistrict,
    Need,
    OwnedByAccount,
    Place,
    Restricted,
    Subdistrict,
)
from db.rules.permissions import Actor
from db.scope import COMMUNITY, built_once
from db.terms import PlaceKind, Role
from tests.builders.needs import a_need
from tests.builders.volunteers import a_volunteer
from tests.builders.world import World, an_account, another_actor
from tests.support.every_model import BENEATH_THE_LOG, IN_COMMUNITY, MODELS, a_row, reads, taken_back

IN_SUBDISTRICT = sorted((m for m in MODELS if issubclass(m, InSubdistrict)), key=lambda m: m.__tablename__)
OWNED = sorted((m for m in MODELS if issubclass(m, OwnedByAccount)), key=lambda m: m.__tablename__)
RESTRICTED = sorted((m for m in MODELS if issubclass(m, Restricted)), key=lambda m: m.__tablename__)


# --- rows of every model, in both communities --------------------------------------------------------------


def test_a_community_actor_reads_no_row_of_another_community(everything: World) -> None:
    seen: dict[str, set[int]] = {}

    for model in IN_COMMUNITY:
        for way, read in reads(model):
            with reading(everything.secretary) as session:
                seen[f"{model.__tablename__} {way}"] = read(session)

    assert {what: where for what, where in seen.items() if where != {everything.here}} == {}
    assert len(seen) > 13 * 30


def test_a_community_actor_changes_no_row_of_another_community(everything: World) -> None:
    changed: dict[str, int] = {}

    for model in IN_COMMUNITY:
        statements: dict[str, Any] = {
            "update": update(model).values(community_id=everything.here),
            "delete": delete(model).where(model.id == 1002),
        }
        for how, statement in statements.items():
            with taken_back(everything.secretary) as session:
                result: Any = session.execute(
                    statement.where(model.community_id == everything.there),
                    execution_options=UNAUDITED | {"synchronize_session": False},
                )
                changed[f"{model.__tablename__} {how}"] = result.rowcount

    assert {what: rows for what, rows in changed.items() if rows} == {}


def test_nobody_writes_into_a_community_out_of_reach(everything: World) -> None:
    let_in = []

    for model in IN_COMMUNITY:
        values = a_row(model, 3, community_id=everything.there)
        try:
            with writing(everything.secretary) as session:
                session.add(model(**values))
            let_in.append(model.__tablename__)
        except NotPermitted:
            pass

    assert let_in == []


def test_nobody_moves_a_row_to_a_community_out_of_reach(everything: World) -> None:
    let_go = []

    for model in IN_COMMUNITY:
        try:
            with writing(everything.secretary) as session:
                session.get_one(model, 1001).community_id = everything.there
            let_go.append(model.__tablename__)
        except NotPermitted:
            pass

    assert let_go == []


# --- the subdistrict ---------------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(world: World) -> dict[str, Any]:
    """A second subdistrict with a community, a category, an administrator and a need."""
    with as_system("test") as session:
        subdistrict = Subdistrict(name="别处街道", district="虚拟区")
        session.add(subdistrict)
        session.flush()
        community = Community(subdistrict_id=subdistrict.id, name="远社区", code="YS", households=1, residents=1)
        category = Category(subdistrict_id=subdistrict.id, name="别类", name_en="Other", position=1)
        session.add_all([community, category])
        session.flush()
        place = Place(community_id=community.id, name="远小区", kind=PlaceKind.ESTATE)
        session.add(place)
        session.flush()
        account = an_account(session, subdistrict.id, Role.SUBDISTRICT_ADMIN, None, "admin_elsewhere")
        where = {"subdistrict": subdistrict.id, "community": community.id, "account": account.id}
        place_id = place.id
    need = a_need(world, community_id=where["community"], place_id=place_id)
    return where | {"need": need}


@pytest.mark.parametrize("role", [Role.SUBDISTRICT_ADMIN, Role.AUDITOR])
def test_a_subdistrict_actor_sees_all_communities_of_the_own_subdistrict_only(
    world: World, elsewhere: dict[str, Any], role: Role
) -> None:
    mine = [a_need(world), a_need(world, community_id=world.there)]

    with reading(world[role]) as session:
        needs = session.scalars(select(Need.id).order_by(Need.id)).all()
        subdistricts = {model: set(session.scalars(select(model.subdistrict_id))) for model in IN_SUBDISTRICT}

    assert needs == mine
    assert all(found <= {world.subdistrict} for found in subdistricts.values())


def test_a_subdistrict_administrator_writes_in_the_own_subdistrict_only(
    world: World, elsewhere: dict[str, Any]
) -> None:
    administrator = world[Role.SUBDISTRICT_ADMIN]

    with writing(administrator) as session:
        session.add(Place(community_id=world.there, name="新楼", kind=PlaceKind.ESTATE))
    with pytest.raises(NotPermitted), writing(administrator) as session:
        session.add(Place(community_id=elsewhere["community"], name="新楼", kind=PlaceKind.ESTATE))
    with pytest.raises(NotPermitted), writing(administrator) as session:
        session.add(Category(subdistrict_id=elsewhere["subdistrict"], name="新类", name_en="New", position=9))

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count()).select_from(Place).where(Place.name == "新楼")) == 1


def test_the_district_viewer_counts_every_subdistrict(world: World, elsewhere: dict[str, Any]) -> None:
    a_need(world)

    with reading(world[Role.DISTRICT_VIEWER]) as session:
        assert session.scalar(select(func.count(Need.id))) == 2


def test_the_audit_log_is_read_within_the_scope(world: World, elsewhere: dict[str, Any]) -> None:
    with reading(world[Role.AUDITOR]) as session:
        communities = set(session.scalars(select(AuditEntry.community_id)))
        accounts = set(session.scalars(select(AuditEntry.row_id).where(AuditEntry.table_name == "account")))
    with reading(world.secretary) as session:
        own = set(session.scalars(select(AuditEntry.community_id)))
        whole = audit.broken_at(session)

    assert elsewhere["community"] not in communities
    assert {world.here, world.there} <= communities
    assert elsewhere["account"] not in accounts
    assert own == {world.here}
    assert whole is None, "the chain is walked whole, whoever asks"


# --- own rows and restricted rows --------------------------------------------------------------------------


def test_a_volunteer_sees_only_the_own_rows(everything: World) -> None:
    me, other = everything[Role.VOLUNTEER], everything.secretary
    seen: dict[str, tuple[Any, Any]] = {}

    for model in OWNED:
        _change(model, account_id=other.id)
        with reading(me) as session:
            before = session.scalars(select(model.id)).all()
        _change(model, account_id=me.id)
        with reading(me) as session:
            seen[model.__tablename__] = before, session.scalars(select(model.id)).all()
        _change(model, account_id=other.id)

    assert {table: rows for table, rows in seen.items() if rows != ([], [1001])} == {}
    assert len(seen) > 25


def _change(model: Any, **values: Any) -> None:
    with as_system("test") as session:
        session.execute(update(model).where(model.id == 1001).values(**values), execution_options=BENEATH_THE_LOG)


def test_a_volunteer_writes_only_the_own_rows(world: World) -> None:
    me = world[Role.VOLUNTEER]
    mine = a_volunteer(world, "V1", account_id=me.id)

    with writing(me) as session:
        session.get_one(model_of("volunteer"), mine).free_times = "周末"
    with pytest.raises(NotPermitted), writing(me) as session:
        session.get_one(model_of("volunteer"), mine).account_id = world.secretary.id
    with pytest.raises(NotPermitted), writing(me) as session:
        session.add(model_of("volunteer")(**a_row(model_of("volunteer"), 5, community_id=world.here)))


def model_of(table: str) -> Any:
    return next(model for model in MODELS if model.__tablename__ == table)


def test_restricted_rows_are_seen_by_named_staff_only(everything: World) -> None:
    named = another_actor(everything, Role.SECRETARY, "named", sees_restricted=True)
    seen: dict[str, list[str]] = {}

    for model in RESTRICTED:
        _change(model, restricted=True)
        for actor in (*everything.actors.values(), named):
            with reading(actor) as session:
                if 1001 in session.scalars(select(model.id)).all():
                    seen.setdefault(model.__tablename__, []).append(actor.name)
        _change(model, restricted=False)

    assert seen == {model.__tablename__: [named.name] for model in RESTRICTED}
    assert len(seen) > 10


# --- what no session may do --------------------------------------------------------------------------------


def test_a_session_without_an_actor_has_to_say_why(world: World) -> None:
    with pytest.raises(NotSignedIn), reading(None) as session:
        session.scalars(select(Need.id)).all()
    with pytest.raises(NotSignedIn), writing(None) as session:
        session.scalars(select(Need.id)).all()

    with reading_as_system("test") as session:
        assert session.scalar(select(func.count(Account.id))) == len(Role) + 1


BULK: dict[str, Any] = {
    "insert": insert(Place).values(community_id=1, name="x", kind=PlaceKind.ESTATE, households=0),
    "update": update(Need).values(building="2幢"),
    "delete": delete(Need),
}


@pytest.mark.parametrize("statement", BULK)
def test_a_bulk_statement_that_passes_the_audit_log_by_is_refused(world: World, statement: str) -> None:
    with pytest.raises(RuntimeError, match="audit log"), writing(world.secretary) as session:
        session.execute(BULK[statement])
    with pytest.raises(RuntimeError, match="audit log"), as_system("test") as session:
        session.execute(BULK[statement])


@pytest.mark.parametrize("statement", BULK)
def test_a_reading_session_runs_no_bulk_statement(world: World, statement: str) -> None:
    for options in ({}, UNAUDITED, {"audited": True}):
        with pytest.raises(RuntimeError, match="must not write"), reading(world.secretary) as session:
            session.execute(BULK[statement], execution_options=options)


def test_a_reading_session_flushes_nothing(world: World) -> None:
    need = a_need(world)

    with reading(world.secretary) as session:
        session.get_one(Need, need).title = "改了"
        with pytest.raises(RuntimeError, match="must not write"):
            session.flush()


def test_the_database_itself_refuses_a_reader_that_writes(world: World) -> None:
    a_need(world)

    with pytest.raises(DBAPIError, match=r"(?i)read-?only"), reading(world.secretary) as session:
        session.execute(text("UPDATE need SET title = 'x'"))
    with writing(world.secretary) as session:  # and the same connection writes again afterwards
        session.scalars(select(Need)).one().title = "又能写"


def test_a_guarded_update_stays_in_scope(world: World) -> None:
    theirs = a_need(world, community_id=world.there)

    with writing(world.secretary) as session:
        row = Need(id=theirs, community_id=world.there)
        done = guarded(session, update(Need).where(Need.id == theirs).values(building="9幢"), row, {})

    assert done is False


def test_the_actor_of_one_session_is_not_the_actor_of_the_next(world: World) -> None:
    """Criteria are cached with the statement; the values in them must not be."""
    mine, theirs = a_need(world), a_need(world, community_id=world.there)
    actors: list[tuple[Actor, list[int]]] = [(world.secretary, [mine]), (world.other_secretary, [theirs])]

    for _ in range(3):
        for actor, expected in actors:
            with reading(actor) as session:
                assert session.scalars(select(Need.id)).all() == expected


def test_every_model_says_where_it_belongs() -> None:
    """A new table without a scope is a decision that somebody has to take here, with a reason."""
    without = {m.__tablename__ for m in MODELS if not issubclass(m, InCommunity | InSubdistrict)}

    assert without == {
        "audit_entry",  # scoped by its own criteria in db.scope
        "audit_head", "installation",  # one row, hashes only
        "request_key",  # asked for by its key only, and answered to its owner only
        "auth_session", "sign_in_ticket", "sign_in_failure", "draft",  # before anybody is somebody; hashes only
        "door_ticket",  # a hash that lives for minutes
        "second_factor", "recovery_code",  # asked for by the account that signs in, also by those above the communities
        "subdistrict",  # names of offices
    }  # fmt: skip


def test_times_are_utc_and_aware(small_world: World) -> None:
    need = a_need(small_world, logged_at=datetime(2026, 3, 5, 18, 30, tzinfo=UTC))

    with reading(small_world.secretary) as session:
        assert session.get_one(Need, need).logged_at == datetime(2026, 3, 5, 18, 30, tzinfo=UTC)
        assert session.get_one(Need, need).logged_at.tzinfo is not None


# --- statements that are kept ------------------------------------------------------------------------------


@built_once
def _all_needs() -> Any:
    return select(Need.id, Need.community_id)


def test_a_kept_statement_shows_each_what_is_theirs(world: World) -> None:
    here, there = a_need(world), a_need(world, community_id=world.there)
    neighbour = another_actor(world, Role.SECRETARY, "linju", community_id=world.there)
    seen = []

    for actor in (world.secretary, neighbour, world.secretary):
        with reading(actor) as session:
            seen.append(set(session.execute(_all_needs()).scalars()))

    assert seen == [{here}, {there}, {here}]


def test_a_statement_without_the_value_of_its_reader_fails(small_world: World) -> None:
    a_need(small_world)

    with reading_as_system("test") as session, pytest.raises(StatementError):
        session.execute(select(Need.id).where(Need.community_id == COMMUNITY)).all()
