"""A real election, counted again from its ballots."""

from fractions import Fraction
from pathlib import Path

from db.rules.voting.question import Option, Question
from db.rules.voting.tally import Round, tally
from db.rules.voting.tally_by_votes import ByVotes
from db.rules.voting.tally_ways import follow
from db.terms import QuestionKind
from tests.rules.voting.oracles import pyrankvote_winners

KISS, MONTROLL, SIMPSON, SMITH, WRIGHT, WRITE_IN = range(1, 7)
NAMES = ("Bob Kiss", "Andy Montroll", "James Simpson", "Dan Smith", "Kurt Wright", "Write-in")
MAYOR = Question(QuestionKind.RANK, tuple(Option(number, name) for number, name in enumerate(NAMES, 1)))


def burlington() -> dict[str, int]:
    """All 8,980 ballots for the mayor of Burlington, Vermont, of 3 March 2009, as a count per ranking.

    Source: the city's ballot records, in the condensed form of the electorama project (burl2009.abif). Our ballots know
    no equal ranks: each of the six that give one is cut off before it, as the city did ("exhausted" there). Four
    begin with it, which leaves nothing: they count here as abstentions, and in the city's report as exhausted ballots.
    """
    text = Path(__file__).with_name("burlington_2009.txt").read_text(encoding="ascii")
    return {pattern: int(count) for count, pattern in (line.split() for line in text.splitlines())}


def votes(one: Round) -> dict[int, Fraction]:
    return {number: Fraction(upper, lower) for number, upper, lower in one.held}


def test_every_round_of_the_burlington_mayor_of_2009_is_as_the_city_published_it() -> None:
    """Published: 8,980 valid; 2,951 2,585 2,063 1,306 36 35 and 4 exhausted; three out at once ("mathematically
    inevitable"); in the end 4,313 to 4,060 and 607 exhausted."""
    count = tally(MAYOR, burlington())

    first, second, last = count.rounds

    assert (count.valid, count.abstained) == (8980, 4)
    assert votes(first) == {WRIGHT: 2951, KISS: 2585, MONTROLL: 2063, SMITH: 1306, WRITE_IN: 36, SIMPSON: 35}
    assert first.excluded == (SIMPSON, SMITH, WRITE_IN)
    assert votes(second) == {WRIGHT: 3294, KISS: 2981, MONTROLL: 2554}
    assert second.excluded == (MONTROLL,)
    assert votes(last) == {KISS: 4313, WRIGHT: 4060}
    assert Fraction(*last.exhausted) + count.abstained == 607
    assert (count.winners, count.tied, last.elected) == ((KISS,), (), (KISS,))


def test_pyrankvote_elects_the_same_mayor_of_burlington() -> None:
    ballots = [
        tuple(map(int, pattern.split(">")))
        for pattern, count in burlington().items()
        for _ in range(count)
        if pattern != "abstain"
    ]

    winners = pyrankvote_winners(ballots, range(1, 7), 1)

    assert winners == {KISS}


TERRASDORP = """
5000 399 1, 3000 381 1, 25000 337 1, 10900 333 1, 2000 331 1, 5000 321 1, 9050 319 1, 20000 314 1, 50000 301 1,
15000 300 1, 4300 299 1, 30000 291 1, 7500 288 1, 20000 285 1, 50000 280 0, 15000 268 1, 19400 244 1, 2800 241 1,
13580 227 0, 6775 226 0, 5200 201 1, 12500 194 0, 12100 162 0, 7150 152 0, 24000 135 0, 13705 127 0, 31420 114 0,
25000 108 0, 4700 102 0
"""
"""Cost in euros, votes and whether it was chosen, of the 29 plans of Terrasdorp, Amsterdam, in 2020; 624 people gave
out 250,000. Source: PROJECTS of Netherlands_Amsterdam_2020_Terrasdorp.pb (Pabulib), whose `selected` is the city's own
result."""


def test_the_neighbourhood_budget_of_terrasdorp_is_given_out_as_the_city_did() -> None:
    """By votes, dear ones that no longer fit are passed over: a plan of 50,000 with 280 votes, and three others."""
    plans = [tuple(map(int, one.split())) for one in TERRASDORP.replace("\n", " ").split(",")]
    costs = {number: cost for number, (cost, _votes, _chosen) in enumerate(plans, 1)}
    votes = {number: count for number, (_cost, count, _chosen) in enumerate(plans, 1)}

    taken = follow(ByVotes(votes, costs, 250_000))

    assert (set(taken.winners), taken.tied) == ({number for number, plan in enumerate(plans, 1) if plan[2]}, ())
    assert sum(costs[number] for number in taken.winners) == 249_150
