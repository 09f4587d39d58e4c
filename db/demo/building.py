"""Build the invented subdistrict from its parts, in one transaction."""

import sys
import time
from datetime import date

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from db import audit, counters, hours_to_ask
from db.counters import day_of
from db.demo import frame
from db.demo.activities import activities, market, outing
from db.demo.bulk import Bulk
from db.demo.commitments import judged, promises, reviewed
from db.demo.complaints import complaints
from db.demo.council import council, deliberations
from db.demo.doors import doors
from db.demo.frame import Demo
from db.demo.imports import imports
from db.demo.intake import intake
from db.demo.members import roll
from db.demo.needs.needs import Year
from db.demo.offline import phones as door
from db.demo.orders.orders import Orders
from db.demo.people import privacy
from db.demo.projects import defence, led, projects
from db.demo.projects import stage as on_stage
from db.demo.reports import forms
from db.demo.results import circle, diary, reports
from db.demo.rota.rotas import Duties
from db.demo.units import units
from db.demo.volunteers import life as volunteers_life
from db.demo.volunteers import registry, squads
from db.demo.volunteers.volunteers import Corps
from db.engine import utc_now
from db.models import NeedFlow, Subdistrict
from db.passwords import hashed
from db.upkeep import CannotDo
from db.upkeep.key import check_key
from db.upkeep.schema import alone

SIGN_INS = (
    ("街道管理员", "jiedao"),
    ("社区书记（柳林社区）", "shuji"),
    ("包片社工", "shegong1"),
    ("议事会成员", "yishi1"),
    ("志愿队长", "duizhang1"),
    ("志愿者", "zhiyuan1"),
    ("审计员", "shenji"),
    ("区级查看", "quji"),
    ("会议室屏幕", "pingmu"),
)


def sign_ins() -> list[tuple[str, str, str]]:
    """Role, user name and password of one account for every role."""
    return [(role, username, frame.PASSWORD) for role, username in SIGN_INS]


def print_sign_ins() -> None:
    """One line for every role."""
    for role, username, password in sign_ins():
        print(f"{username:<12}{password:<22}{role}")


def build(*, scale: int = 1, progress: bool = True, today: date | None = None) -> None:
    """Fill the database of the settings; raises CannotDo when it holds a subdistrict already, KeyTrouble."""
    if scale < 1:
        raise CannotDo("The size must be 1 or more.")
    password_hash = hashed(frame.PASSWORD, username="demo")
    with alone() as connection:
        check_key(connection)
        if connection.execute(select(Subdistrict.id).limit(1)).first() is not None:
            raise CannotDo("There is a subdistrict in this database already; the demonstration needs an empty one.")
        demo = Demo(Bulk(connection), today or day_of(utc_now()), scale)
        _fill(demo, password_hash, _Bar(progress))
        _balance(connection, demo)


def _fill(demo: Demo, password_hash: str, bar: "_Bar") -> None:
    frame.lay(demo, password_hash)
    for area in demo.areas:
        doors.build(demo, area)
    corps = Corps(demo)
    years = [Year(demo, area) for area in demo.areas]
    chambers = council.convene(demo, years)
    for number, monday in enumerate(demo.weeks):
        for year in years:
            year.week(monday)
        bar.show(number + 1, len(demo.weeks), demo.bulk.rows)
    with demo.bulk.together():
        lives = [life for chamber in chambers for life in council.hold(demo, chamber)]
        works = projects.tell(demo, chambers, corps.pools())
        deliberations.tell(demo, chambers)
        for life in lives:
            life.release()
    for year in years:
        year.close()
    partners = units.register(demo)
    held = activities.plan(demo, corps.pools(), partners.units)
    booked = Orders(demo, corps.first)
    duties = Duties(demo, corps.first)
    corps.serve()
    booked.tell()
    duties.tell()
    for work in works:
        work.release()
    with demo.bulk.together():
        complaints.tell(demo, works)
    doors.close(demo)
    door.tell(demo)
    intake.tell(demo)
    forms.tell(demo)
    imports.tell(demo)
    privacy.tell(demo)
    registry.tell(demo)
    held.release()
    volunteers_life.tell(demo)
    squads.tell(demo)
    units.tell(demo, partners)
    on_stage.tell(demo)
    led.tell(demo)
    defence.tell(demo)
    roll.tell(demo)
    promises.tell(demo)
    judged.tell(demo)
    reviewed.tell(demo)
    market.tell(demo)
    outing.tell(demo)
    reports.tell(demo)
    circle.tell(demo)
    diary.tell(demo)
    frame.close(demo)
    for (community_id, day, stage), entered in sorted(demo.flow.items()):
        logged = demo.logged[community_id, day, stage]
        demo.bulk.add(NeedFlow, community_id=community_id, day=day, stage=stage, entered=entered, logged=logged)
    demo.bulk.finish()
    bar.end(demo.bulk.rows)


def _balance(connection: Connection, demo: Demo) -> None:
    """Counters from the facts, and the one audit entry that says where all of it came from."""
    with Session(connection, info={"actor": None, "reason": "demo"}) as session:
        counters.recount(session)
        hours_to_ask.renew(session)
        laid = Subdistrict(id=demo.subdistrict, name=frame.SUBDISTRICT, district=frame.DISTRICT)
        written = {"rows": (None, demo.bulk.rows), "scale": (None, demo.scale)}
        audit.note(session, laid, "insert", written, reason="invented subdistrict, written in bulk")
        audit.write(session, utc_now())


class _Bar:
    """Progress on the terminal, on one line."""

    def __init__(self, wanted: bool) -> None:
        self.wanted, self.began = wanted, time.monotonic()

    def show(self, done: int, total: int, rows: int) -> None:
        if self.wanted:
            full = 30 * done // total
            line = f"\r[{'█' * full}{'·' * (30 - full)}] {100 * done // total:3d} %  {rows:,} rows"
            print(line, end="", file=sys.stderr, flush=True)

    def end(self, rows: int) -> None:
        if self.wanted:
            print(f"\r{rows:,} rows in {time.monotonic() - self.began:.1f} s{' ' * 40}", file=sys.stderr)
