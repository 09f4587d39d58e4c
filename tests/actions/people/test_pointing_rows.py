"""Every table that points at a person: a merge and its undoing move all of it, an erasure leaves nobody in it."""

from sqlalchemy import func, select

from db.actions.people.erasure import erase_person
from db.actions.people.merges import merge_persons, undo_person_merge
from db.engine import as_system
from db.models import ActivityParticipant, Erasure, EscortPair, Person, PersonMerge, blind_index
from db.models.privacy import ProgrammeMember
from tests.builders.people import NAME, PHONE, a_person
from tests.builders.world import World, do
from tests.canary.marks import whole_table
from tests.support.any_row import MODELS, any_row, pointing_at

STAYS = {(Person, "merged_into_id"), (Erasure, "person_id"), (PersonMerge, "kept_id"), (PersonMerge, "other_id"),
         (ProgrammeMember, "person_id")}  # fmt: skip
"""What is about the record itself, and the membership that is found through the merged record."""
GOES = sorted((one for one in pointing_at("person") if one not in STAYS), key=lambda one: (str(one[0]), one[1]))


def counts(person_id: int) -> dict[str, int]:
    with as_system("test") as session:
        return {
            model.__tablename__: session.scalar(
                select(func.count()).select_from(model).where(getattr(model, column) == person_id)
            )
            or 0
            for model, column in GOES
        }


def a_row_everywhere(world: World, person_id: int) -> None:
    with as_system("test") as session:
        for model, column in GOES:
            more = {"volunteer_id": None} if model.__tablename__ == "consent" else {}
            hidden = {"restricted": True} if model is ActivityParticipant else {}
            any_row(session, world, model, **{column: person_id}, **more, **hidden)


def test_a_merge_of_persons_leaves_nothing_behind_and_an_undo_gives_it_back(small_world: World) -> None:
    kept, other = a_person(small_world), a_person(small_world, name="甄另一", phone="13900007777", room="102")
    a_row_everywhere(small_world, other)
    all_of_it = counts(other)
    assert min(all_of_it.values()) >= 1

    merge = do(small_world.secretary, merge_persons, kept_id=kept, other_id=other)
    there = counts(other), counts(kept)
    do(small_world.secretary, undo_person_merge, merge_id=merge)

    assert there == (dict.fromkeys(all_of_it, 0), all_of_it)
    assert (counts(other), counts(kept)) == (all_of_it, dict.fromkeys(all_of_it, 0))


def test_an_erased_person_stands_in_no_sign_up_and_on_no_outing(small_world: World) -> None:
    person = a_person(small_world, name=NAME, phone=PHONE)
    with as_system("test") as session:
        for seat in ({"person_id": person, "name": NAME}, {"name": "老王", "phone": PHONE}):
            any_row(session, small_world, ActivityParticipant, name_index=blind_index(NAME), restricted=True,
                    guardian="王母", **seat)  # fmt: skip
        any_row(session, small_world, EscortPair, person_id=person, elder_name=NAME, contact_name="王女儿",
                contact_phone="13900008888", alias="王阿婆")  # fmt: skip

    do(small_world.secretary, erase_person, person_id=person, reason="本人要求")

    left = "".join(whole_table(MODELS[table]) for table in ("activity_participant", "escort_pair"))
    words = (NAME, PHONE, "老王", "王母", "王女儿", "13900008888", "王阿婆", blind_index(NAME))
    assert [word for word in words if word in left] == []
