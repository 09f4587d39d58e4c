"""Run one meeting: the chair at a laptop, one hand free, the next step on top; members and staff read the same page."""

from collections.abc import Callable
from typing import TypeVar

from components.access import fragment, require
from components.acting import Request, run
from components.address import back_to_opener, object_in_address
from components.detail import columns, must_exist, nothing_here
from components.meetings.attendance import attendance
from components.meetings.console import Part, beside, choose_part, console_top, rare
from components.meetings.desk import Desk
from components.meetings.draft import draft_agenda
from components.meetings.head import meeting_head
from components.meetings.item import choose_item, show_item
from components.meetings.preparation import preparation
from components.meetings.printing import choose_paper, take_paper
from components.meetings.proof import choose_count, proof
from components.meetings.pulse import follow_others
from components.meetings.results import results_table
from components.meetings.slips import slips_part
from components.wording import _, heading
from db.engine import reading, utc_now
from db.queries.meetings import meetings as queries
from db.queries.meetings.papers import record_for
from db.queries.meetings.pulse import meeting_pulse
from db.queries.meetings.voters import voters_at_the_desk
from db.queries.voting.ballots import SlipStanding, ballot_file, ballot_proof, slip_standing
from db.rules.permissions import Actor, Permission
from db.terms import MeetingState

T = TypeVar("T")
desk = Desk(require(Permission.SEE_COUNCIL), utc_now())
meeting_id = object_in_address()
back_to_opener("meetings/meetings.py", heading("会议"))
if meeting_id is None:
    nothing_here(_("请先从会议列表中选择一次会议。"), "event")
with must_exist(), reading(desk.user) as session:
    seen, facts = meeting_pulse(session, meeting_id), queries.sitting(session, meeting_id, now=desk.now)
    home, steers = facts.community_id, desk.chair and facts.state is MeetingState.OPEN
    prepares = desk.may(Permission.PREPARE_MEETING) and facts.state is MeetingState.DRAFT
    screen = queries.screen_now(session, home) if steers else None
    needs = queries.waiting_needs(session, home) if prepares else ()


def later(query: Callable[..., T], *values: object) -> Callable[[Actor], T]:
    """What a query gives when it is read later, by the actor of that moment."""

    def read(actor: Actor) -> T:
        with reading(actor) as live:
            return query(live, *values)

    return read


@fragment(Permission.SEE_COUNCIL)
def check_a_ballot(actor: Actor) -> None:
    """Read how one announced ballot can be checked when the user chooses it."""
    if count := choose_count(facts):
        with reading(actor) as live:
            found = ballot_proof(live, count.ballot_id)
        proof(facts, count, found, actor, later(ballot_file, count.ballot_id))


@fragment(Permission.EXPORT)
def print_a_paper(actor: Actor) -> None:
    """Read what a paper prints when the user chooses it."""
    if kind := choose_paper(facts):
        with reading(actor) as live:
            record = record_for(live, facts, kind, desk.today)
        take_paper(facts, kind, record, actor)


requests: list[Request | None] = []
step, focus = meeting_head(facts)
requests.append(console_top(facts, step, focus, desk, screen))
live = facts.state in (MeetingState.CONVENED, MeetingState.OPEN)
acts, story = columns(story_first=live)
item = focus
with story:
    part = choose_part(facts, step, desk) if live else None
    if facts.state is MeetingState.DRAFT:
        requests.append(draft_agenda(facts, desk, needs))
    elif part is Part.PREPARATION:
        requests.append(preparation(facts, desk))
    elif part is Part.SHEET:
        requests.append(attendance(facts, focus, desk.user))
    elif part is Part.ITEMS:
        item = choose_item(facts, focus)
        ballot = facts.ballot_on(item) if item and desk.chair else None
        aside = desk.chair and facts.slips and item is not None and facts.may_vote_on(item)
        with reading(desk.user) as session:
            slips = slip_standing(session, facts.id) if aside else SlipStanding()
            voters = voters_at_the_desk(session, ballot) if ballot else {}
        turnout = later(queries.open_ballot, facts.id)
        requests.append(show_item(facts, item, desk, slips, voters, turnout) if item else None)
    elif part is Part.SLIPS:
        with reading(desk.user) as session:
            slips = slip_standing(session, facts.id) if facts.phones_allowed else SlipStanding()
        requests.append(slips_part(facts, slips, desk))
    else:
        results_table(facts)
        if facts.counts:
            check_a_ballot()
with acts:
    requests.append(beside(facts, step, item, desk, None if part is Part.SHEET else screen))
    if facts.state not in (MeetingState.DRAFT, MeetingState.CANCELLED) and desk.may(Permission.EXPORT):
        print_a_paper()
    if part in (None, Part.PREPARATION, Part.RESULTS):
        requests.append(rare(facts, step, desk))
if live:
    follow_others(seen, later(meeting_pulse, facts.id))
run(desk.user, next((request for request in requests if request), None))
