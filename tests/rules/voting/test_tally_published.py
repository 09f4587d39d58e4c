"""A real election, counted again from its ballots."""

from fractions import Fraction
from pathlib import Path

from db.rules.voting.question import Option, Question
from db.rules.voting.tally import Round, tally
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
