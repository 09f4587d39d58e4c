"""The statement of service: confirmed hours only, numbered, posted for seven working days, handed out or void."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from components.volunteers.certificate_paper import certificate_sheet
from db.actions.admin.settings import set_day
from db.actions.volunteers.certificates import (
    accept_certificate,
    ask_certificate,
    hand_out_certificate,
    issue_certificate,
    post_certificate,
    void_certificate,
)
from db.actions.volunteers.hours import correct_service
from db.actions.volunteers.merges import merge_volunteers
from db.actions.volunteers.volunteers import rename_volunteer
from db.engine import as_system, reading
from db.errors import BadInput, Conflict, Refused
from db.models import HoursClaim, MovedPeriod, RotaPost, ServiceRecord, Slot, Volunteer, VolunteerCertificate
from db.models import Rota as RotaPlan
from db.queries.volunteers.records import certificate_paper, served_between
from db.terms import CertificateState, HoursDoubt, Role
from tests.builders.volunteers import a_volunteer, served_hours
from tests.builders.world import NOW, TODAY, World, do, row
from tests.support.word_files import text_of

S = CertificateState


def asked(world: World, volunteer: int, **more: Any) -> int:
    values = {"purpose": "积分申请", "since": TODAY - timedelta(days=30), "until": TODAY, "now": NOW} | more
    done: int = do(world.worker, ask_certificate, volunteer_id=volunteer, **values)
    return done


def issued(world: World, volunteer: int) -> int:
    one = asked(world, volunteer)
    do(world.worker, accept_certificate, certificate_id=one, now=NOW)
    do(world.worker, issue_certificate, certificate_id=one, now=NOW)
    return one


def posted(world: World, volunteer: int) -> int:
    one = issued(world, volunteer)
    do(world.worker, post_certificate, certificate_id=one, working_days=7, now=NOW)
    return one


def test_it_goes_from_the_wish_to_the_hand_after_the_notice(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer)
    one = posted(world, volunteer)
    ends = row(world, VolunteerCertificate, one).ends_on
    assert ends
    assert ends >= TODAY + timedelta(days=7)

    with pytest.raises(Refused) as no:
        do(world.worker, hand_out_certificate, certificate_id=one, now=NOW + (ends - TODAY))
    assert no.value.rule == "certificate_notice"
    do(world.worker, hand_out_certificate, certificate_id=one, now=NOW + (ends - TODAY) + timedelta(days=1))

    assert row(world, VolunteerCertificate, one).state is S.HANDED_OUT


def test_numbers_run_without_a_gap_and_two_who_issue_make_one(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer)
    first = issued(world, volunteer)
    second = asked(world, volunteer)
    do(world.worker, accept_certificate, certificate_id=second, now=NOW)

    def issue(_n: int) -> bool:
        try:
            do(world.worker, issue_certificate, certificate_id=second, now=NOW)
        except (Refused, Conflict):
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(issue, range(2))) == [False, True]
    third = issued(world, volunteer)
    numbers = [row(world, VolunteerCertificate, one).number for one in (first, second, third)]
    assert numbers == [f"LL-ZM{TODAY.year}-{n:04d}" for n in (1, 2, 3)]


def test_only_confirmed_hours_count_those_of_a_slot_too(world: World) -> None:
    volunteer = a_volunteer(world)
    record = served_hours(world, volunteer, 120)
    with as_system("test") as session:
        activity = session.get_one(ServiceRecord, record).activity_id
        rota = RotaPlan(community_id=world.here, title="春运", place="车站", starts_on=TODAY, ends_on=TODAY,
                        made_by=world.worker.id, made_at=NOW)  # fmt: skip
        session.add(rota)
        session.flush()
        post = RotaPost(community_id=world.here, rota_id=rota.id, name="候车室")
        session.add(post)
        session.flush()
        slot = Slot(community_id=world.here, rota_id=rota.id, post_id=post.id, on=TODAY, starts_at=NOW,
                    ends_at=NOW + timedelta(hours=1), places=1)  # fmt: skip
        session.add(slot)
        session.flush()
        session.add(ServiceRecord(community_id=world.here, slot_id=slot.id, volunteer_id=volunteer, on=TODAY,
                                  minutes=60, recorded_at=NOW, recorded_by=world.worker.id))  # fmt: skip
        session.add(HoursClaim(community_id=world.here, volunteer_id=volunteer, activity_id=activity, on=TODAY,
                               minutes=240, doubt=HoursDoubt.LONG_AGO, reason="x", claimed_by=world.worker.id,
                               claimed_at=NOW))  # fmt: skip

    with reading(world.worker) as session:
        lines = served_between(session, volunteer, TODAY, TODAY)

    assert [(line.what, line.minutes) for line in lines] == [("春运 候车室", 60), ("滨河植树", 120)]


def test_without_confirmed_service_there_is_nothing_to_issue(world: World) -> None:
    one = asked(world, a_volunteer(world))
    do(world.worker, accept_certificate, certificate_id=one, now=NOW)

    with pytest.raises(Refused) as no:
        do(world.worker, issue_certificate, certificate_id=one, now=NOW)

    assert no.value.rule == "no_service"
    assert row(world, VolunteerCertificate, one).number is None


def test_hours_that_were_corrected_since_are_not_handed_out(world: World) -> None:
    volunteer = a_volunteer(world)
    record = served_hours(world, volunteer)
    with as_system("test") as session:
        session.get_one(Volunteer, volunteer).minutes = 120
    one = posted(world, volunteer)
    do(world.worker, correct_service, record_id=record, minutes=60, reason="签退早", now=NOW)

    with pytest.raises(Refused) as no:
        do(world.worker, hand_out_certificate, certificate_id=one, now=NOW + timedelta(days=40))
    assert no.value.rule == "certificate_hours"

    do(world.worker, void_certificate, certificate_id=one, reason="时长更正", now=NOW)
    with reading(world.worker) as session:
        assert certificate_paper(session, one) is None


def test_the_paper_keeps_the_name_of_its_day_and_prints_what_was_confirmed(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer, 90)
    one = issued(world, volunteer)
    version = row(world, Volunteer, volunteer).version
    do(world.worker, rename_volunteer, volunteer_id=volunteer, version=version, name="钱改名", now=NOW)

    with reading(world.worker) as session:
        paper = certificate_paper(session, one)
    assert paper
    text = text_of(certificate_sheet(paper)())

    assert "志愿服务情况说明（内部）" in text
    for word in ("志愿者V001", "滨河植树", "1.5", f"LL-ZM{TODAY.year}-0001", "柳林社区"):
        assert word in text
    assert "钱改名" not in text


def test_a_day_off_that_is_set_later_moves_the_end_and_never_earlier(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer)
    one = posted(world, volunteer)
    ends = row(world, VolunteerCertificate, one).ends_on
    assert ends

    admin = world[Role.SUBDISTRICT_ADMIN]
    do(admin, set_day, on=ends, workday=False, note="停电", now=NOW)
    later = row(world, VolunteerCertificate, one).ends_on
    assert later
    assert later > ends
    with as_system("test") as session:
        moved = session.scalars(select(MovedPeriod.certificate_id)).all()
    assert moved == [one]


def test_steps_out_of_turn_and_short_notices_are_refused(world: World) -> None:
    volunteer = a_volunteer(world)
    served_hours(world, volunteer)
    one = asked(world, volunteer)

    for act in (issue_certificate, hand_out_certificate):
        with pytest.raises(Refused):
            do(world.worker, act, certificate_id=one, now=NOW)
    with pytest.raises(BadInput):
        do(world.worker, post_certificate, certificate_id=one, working_days=6, now=NOW)


def test_papers_go_along_with_a_merge_and_who_ended_can_still_have_one(world: World) -> None:
    kept, other = a_volunteer(world), a_volunteer(world, "V002", ended_on=TODAY)
    one = asked(world, other)

    do(world.secretary, merge_volunteers, kept_id=kept, other_id=other, now=NOW)

    assert row(world, VolunteerCertificate, one).volunteer_id == kept
    with pytest.raises(Refused):
        asked(world, other)
