"""One text, changed step by step by a mediator."""

from pathlib import Path

import numpy as np
import pytest

from sim.engine import negotiate, seat
from sim.foundations import NO_DEAL, Dice, InputError
from sim.protocols import SingleText, exact_text
from sim.protocols.single_text import _Agreed
from sim.scenario import change, draw, read_scenario
from sim.table import BargainingTable, DealSpace, build
from sim.table.signing_rule import SigningRule
from tests.protocols.talking import dice

H1 = np.array([[1.0, -0.5, 0.2, 0.0], [-0.5, -1.0, 0.7, 0.3], [0.2, 0.7, 0.4, -0.9], [0.0, 0.3, -0.9, 0.5]])
H2 = np.array([[-0.8, 0.6, 0.0, 0.1], [0.6, 0.5, -0.4, 0.2], [0.0, -0.4, 0.9, 0.3], [0.1, 0.2, 0.3, -0.6]])
BITS = (np.arange(16)[:, None] >> np.arange(4)[::-1]) & 1
PAYOFF = np.einsum("ki,aij,kj->ak", BITS, np.stack([H1, H2]), BITS)
EXACT = {
    (True, True): (0.9926674519422741, 0.9631582496714414),
    (True, False): (0.4794598016390774, 1.4240653700777617),
}


def binary(draws):
    """Four yes-or-no issues with interactions; any text beats no deal."""
    payoff = np.broadcast_to(PAYOFF, (draws, 2, 16)).copy()
    return BargainingTable.of_payoffs(payoff, -99.0, issues=("a", "b", "c", "d"), deals=BITS)


@pytest.mark.parametrize("anneals", EXACT)
def test_exact_chain(anneals):
    """Expected payoffs of annealers and hill-climbers after 40 changes, from the exact chain."""
    chances = exact_text(PAYOFF, BITS, np.where(anneals, 2.0, 0.0), 0, 40)
    assert PAYOFF @ chances == pytest.approx(EXACT[anneals], abs=1e-12)


@pytest.mark.parametrize("anneals", EXACT)
def test_protocol_is_the_monte_carlo_of_the_chain(anneals):
    """The protocol's mean payoffs lie within four standard errors of the exact ones."""
    draws = 4000
    table = binary(draws)
    protocol = SingleText(40, texts=1, annealing=anneals, heat=2.0, scale="payoff", first_text=0)
    talks = negotiate(protocol, table, dice(table))
    assert (talks.round == 39).all()
    payoff = PAYOFF[:, talks.deal]
    error = payoff.std(axis=1) / np.sqrt(draws)
    assert (np.abs(payoff.mean(axis=1) - EXACT[anneals]) < 4 * error).all()


def test_annealing_beats_climbing_together():
    """Two annealers reach more in sum than two hill-climbers, who stop at the first local peak."""
    table = binary(2000)
    joint = []
    for annealing in (True, False):
        protocol = SingleText(40, texts=1, annealing=annealing, heat=2.0, scale="payoff", first_text=0)
        talks = negotiate(protocol, table, dice(table))
        joint.append(PAYOFF[:, talks.deal].sum(axis=0).mean())
    assert joint[0] > joint[1] + 0.3


def test_incomplete_grid():
    """Combinations that do not exist are never written, and talks still move where they can."""
    deals = np.array([[0, 0], [0, 1], [1, 1], [2, 1]])
    payoff = np.tile([[0.1, 0.2, 0.3, 0.9], [0.1, 0.2, 0.3, 0.8]], (50, 1, 1))
    table = BargainingTable.of_payoffs(payoff, issues=("a", "b"), deals=deals)
    talks = negotiate(SingleText(20, annealing=False, first_text=0), table, dice(table))
    assert (talks.deal == 3).all()


def test_red_lines_are_not_crossed_on_the_way():
    """Nobody says yes to a text across his red line, so what lies behind it is not reached."""
    payoff = np.tile([[0.1, 0.2, 0.9], [0.1, 0.2, 0.9]], (20, 1, 1))
    table = BargainingTable.of_payoffs(payoff)
    table.permitted[:, 1, 2] = False
    talks = negotiate(SingleText(20, first_text=0), table, dice(table))
    assert (talks.deal != 2).all()


def test_last_resort():
    """Where the last text cannot be signed, the latest one that could be is signed, or none."""
    payoff = np.array([[[0.6, 0.2], [0.6, 0.9]]])
    table = BargainingTable.of_payoffs(payoff, 0.5)
    hot = {"heat": 1e9, "first_text": 0}
    finals = []
    for seed in range(20):
        luck = dice(table, f"seed {seed}")
        latest = negotiate(SingleText(1, texts=1, **hot), table, luck)
        none = negotiate(SingleText(1, texts=1, last_resort="none", **hot), table, luck)
        finals.append((int(latest.deal[0]), int(none.deal[0])))
    assert set(finals) <= {(0, 0), (0, NO_DEAL)}
    assert (0, NO_DEAL) in finals


def test_first_text_is_drawn_uniformly():
    """Without a given first text each deal that nobody outside stops is as likely as any other."""
    diagonal = np.array([[0, 0], [1, 1], [2, 2]])
    table = BargainingTable.of_payoffs(np.zeros((3000, 2, 3)), deals=diagonal, issues=("a", "b"))
    talks = negotiate(SingleText(1), table, dice(table))
    shares = np.bincount(talks.deal, minlength=3) / 3000
    assert np.abs(shares - 1 / 3).max() < 0.04


def test_heat_per_draw():
    """A heat for each draw is selected with the draws; a heat of zero is refused."""
    assert SingleText(2, heat=np.array([0.1, 0.2])).select(np.array([1])).heat.tolist() == [0.2]
    with pytest.raises(InputError, match="above 0"):
        SingleText(2, heat=0.0)


def test_nobody_says_yes_across_his_red_line():
    """A text that pays everybody more, but crosses one signer's hard red line, is never written."""
    steps = np.array([[0], [1], [2]])
    table = BargainingTable.of_payoffs([[0.1, 0.5, 0.3], [0.1, 0.5, 0.3]], deals=steps)
    permitted = np.ones((1, 2, 3), bool)
    permitted[0, 1, 1] = False
    protocol = SingleText(20, annealing=False, first_text=0, last_resort="none")
    talks = negotiate(protocol, table.replace(permitted=permitted), dice(table), keep_log=True)
    assert {int(entry.deal[0]) for entry in talks.log} - {NO_DEAL} == {0, 2}
    assert negotiate(protocol, table, dice(table)).deal.tolist() == [1]


def test_a_first_text_across_two_lines_is_mended_one_at_a_time():
    """Each takes back what crosses his own line though the text still crosses the other's; what both sign is found."""
    grid = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
    payoff = np.tile([[0.6, 0.3, 0.9, 0.9], [0.6, 0.9, 0.3, 0.9]], (200, 1, 1))
    table = BargainingTable.of_payoffs(payoff, 0.5, deals=grid, issues=("a", "b"))
    permitted = np.ones((200, 2, 4), bool)
    permitted[:, 0, grid[:, 0] == 1] = False
    permitted[:, 1, grid[:, 1] == 1] = False
    talks = negotiate(SingleText(12, first_text=3), table.replace(permitted=permitted), dice(table), keep_log=True)
    assert (talks.deal == 0).all()


def test_there_are_enough_texts_for_the_deals():
    """Two for each deal over all rounds, ten in a round at least, four thousand in all at most; or as many as asked."""
    small, large = BargainingTable.of_payoffs(np.zeros((2, 30))), BargainingTable.of_payoffs(np.zeros((2, 864)))
    huge = BargainingTable.of_payoffs(np.zeros((2, 50_000)))
    assert [SingleText(24)._texts(table) for table in (small, large, huge)] == [10, 72, 167]
    assert SingleText(24, texts=3)._texts(large) == 3


def test_a_mediator_with_aims_leads_to_what_he_likes():
    """Of deals that the signers like alike, those that are worth more to him come out more often."""
    generator = np.random.default_rng(2)
    deals = np.array([[i, j] for i in range(6) for j in range(6)])
    payoff = generator.random((300, 3, 36))
    payoff[:, :2] = 0.5 + 0.1 * payoff[:, :2]
    table = BargainingTable.of_payoffs(payoff, deals=deals, issues=("a", "b"), actors=("p", "q", "m"))
    table = table.replace(rule=SigningRule.unanimity(3, np.array([True, True, False])))
    worth = []
    for mediator in ("", "m"):
        talks = negotiate(SingleText(10, mediator=mediator), table, Dice("test", np.arange(300)))
        worth.append(payoff[np.arange(300), 2, talks.deal].mean())
    assert worth[1] > worth[0] + 0.1


def test_a_text_may_start_from_named_terms():
    """The case's status quo or one of its packages; sessions end before the talks would; names are checked."""
    case = read_scenario(Path(__file__).parents[2] / "scenarios" / "ceasefire")
    package = next(iter(case.packages))
    draws = draw(case, np.arange(2))
    for name in ("status quo", package):
        changed = change(case, {"talks.protocol": "single-text", "talks.settings": {"first_text": name, "sessions": 6}})
        worlds = build(DealSpace.of(changed), draws)
        protocol = seat(worlds)
        assert protocol.rounds == 6
        first = protocol.start(worlds.table, draws.dice).text
        assert (first == first[0]).all()
        named = {} if name == "status quo" else case.packages[name].levels
        quo = {issue: spec.status_quo_key for issue, spec in case.issues.items()}
        assert worlds.space.describe(int(first[0])) == quo | {i: str(level) for i, level in named.items()}
    for wrong in ({"first_text": "nothing"}, {"mediator": "nobody"}):
        with pytest.raises(InputError, match="none of"):
            seat(_seated(case, wrong, draws))


def _seated(case, settings, draws):
    return build(DealSpace.of(change(case, {"talks.protocol": "single-text", "talks.settings": settings})), draws)


@pytest.mark.parametrize("guide", [-1, 0, 3])
@pytest.mark.parametrize("signers", [(True, True, False, True), (True, True, True, True)])
def test_a_change_is_agreed_to_as_the_rule_says(guide, signers):
    """Where vetoes decide only these are looked at; the verdict is the rule's own, and the mediator's with aims."""
    signs = np.array(signers)
    table = BargainingTable.of_payoffs(np.ones((4, 3))).replace(rule=SigningRule.unanimity(4, signs))
    by_votes = table.replace(rule=SigningRule.k_of_n(4, 2, signs))
    heard = np.flatnonzero(signs | (np.arange(4) == guide))
    yes = np.array(np.meshgrid(*[[False, True]] * len(heard))).reshape(len(heard), -1).T
    whole = np.zeros((len(yes), 4), bool)
    whole[:, heard] = yes
    own = whole[:, guide] if guide >= 0 else np.ones(len(yes), bool)
    for one, short in ((table, True), (by_votes, False)):
        agreed = _Agreed.of(one, heard, guide)
        assert (agreed.needed is not None) == short
        assert np.array_equal(agreed(yes), one.rule.passes(whole) & own)


def test_talks_of_no_rounds_are_none():
    """There is no first text to change then."""
    with pytest.raises(InputError, match="at least one round"):
        SingleText(0)
