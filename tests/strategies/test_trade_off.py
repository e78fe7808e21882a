"""Trade-offs: as good for himself, more like what the others wish, nothing taken back for nothing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.foundations import NO_DEAL, Dice, InputError
from sim.protocols import AlternatingOffers
from sim.strategies import Hearing, TradeOff, assemble
from sim.strategies.trade_off import _Alike
from sim.table import BargainingTable

GRID = np.array([[i, j] for i in range(5) for j in range(5)])
ONE = np.array([0])


def table(weights=((0.8, 0.2), (0.2, 0.8)), draws=1, **more):
    """Two issues in five steps; the first actor wants 4 of both, the second 0, with these weights."""
    place = GRID / 4
    payoff = np.stack([place @ np.array(weights[0]), (1 - place) @ np.array(weights[1])])
    found = BargainingTable.of_payoffs(np.broadcast_to(payoff, (draws, 2, 25)), deals=GRID, issues=("a", "b"))
    return found.replace(**more)


def hearing(at, said):
    """What the first actor knows once these offers are made, pairs of actor and deal."""
    found = Hearing.begin(at, 0, Dice("test", np.arange(at.draws)))
    seen = set()
    for actor, levels in said:
        deal = int(np.flatnonzero((levels == GRID).all(axis=1))[0])
        found.said.note(at, actor, ONE, np.array([deal]), np.array([(actor, deal) not in seen]))
        seen.add((actor, deal))
    return found


def offered(rule, found, target):
    """Levels of what he offers."""
    return GRID[rule.offer(found, np.array([target]))[0]].tolist()


def test_he_gives_what_costs_him_least_and_they_hold_on_to():
    """Asking for 0.8 he gives all of the second issue, which they never move, and keeps the first."""
    said = [(0, (4, 4)), (1, (0, 0)), (1, (1, 0)), (1, (2, 0))]
    assert offered(TradeOff(constancy=0.0), hearing(table(), said), 0.8) == [4, 0]


def test_nothing_is_taken_back_for_nothing():
    """His last offer stands where every other that is as good takes something back without giving as much elsewhere."""
    said = [(0, (4, 4)), (1, (0, 0)), (0, (4, 0))]
    found = hearing(table(), said)
    assert offered(TradeOff(), found, 0.8) == [4, 0]
    alike = hearing(table(((0.5, 0.5), (0.5, 0.5))), [(0, (4, 4)), (1, (0, 0)), (0, (4, 1))])
    assert offered(TradeOff(constancy=0.0, band=1.0), alike, 0.6) == [4, 1]


def test_an_offer_that_is_refused_again_and_again_is_set_aside():
    """They never move the first issue; what he asks for on it he gives for the second, once he has been refused."""
    said = [(0, (4, 4)), (1, (0, 0)), (0, (4, 3)), (1, (0, 1)), (1, (0, 2))]
    rule = {"constancy": 0.0, "band": 1.0, "compensation": 10.0, "refusals": 30.0}
    at = table(((0.5, 0.5), (0.5, 0.5)))
    held, tired = (hearing(at, [*said, *[(0, (4, 2))] * often]) for often in (29, 30))
    assert offered(TradeOff(**rule), held, 0.75) == [4, 2]
    assert offered(TradeOff(**rule), tired, 0.75) == [2, 4]


def test_what_has_been_set_aside_is_not_taken_up_again():
    """Each deal worth what he asks for is put forward so often, one after the other, and then his last for good."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    found, rule, made = hearing(at, [(0, (4, 4)), (1, (0, 0))]), TradeOff(demand=0.0, refusals=3.0), []
    for _ in range(30):
        made.append(int(rule.offer(found, np.array([0.87]))[0]))
        found.said.note(at, 0, ONE, np.array(made[-1:]), np.array([made[-1] not in made[:-1]]))
    good = np.flatnonzero(at.payoff[0, 0] >= 0.87)
    assert set(made) == set(good)
    changes = [one for one, before in zip(made[1:], made, strict=False) if one != before]
    assert len(changes) == len(set(changes))
    assert made[-15:] == made[-1:] * 15


def test_what_they_offer_is_taken_up_even_where_it_was_set_aside():
    """His own last offer comes back from them: he says it once more instead of looking for another."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    found = hearing(at, [(0, (4, 4)), (1, (0, 0)), *[(0, (4, 2))] * 30, (1, (4, 2))])
    assert offered(TradeOff(), found, 0.75) == [4, 2]


@given(st.integers(0, 10**6), st.integers(1, 3))
def test_no_offer_is_made_more_often_in_a_row_than_he_bears(seed, often):
    """Unless nothing else that is worth what he asks for is left: then he repeats his last one."""
    generator = np.random.default_rng(seed)
    at = BargainingTable.of_payoffs(generator.random((1, 2, 25)), 0.3, deals=GRID, issues=("a", "b"))
    found, rule, seen = Hearing.begin(at, 0, Dice("test", ONE)), TradeOff(refusals=float(often)), set()
    target = found.floor + generator.random() * (found.best - found.floor)
    for _ in range(40):
        for actor in (1, 0):
            deal = int(rule.offer(found, target)[0]) if actor == 0 else int(generator.integers(25))
            if deal != NO_DEAL:
                found.said.note(at, actor, ONE, np.array([deal]), np.array([(actor, deal) not in seen]))
                seen.add((actor, deal))
        if (row := int(found.said.repeated[0, 0])) > often:
            theirs = int(found.said.latest[0, 1])
            signable = at.acceptable[0, 0, theirs] and at.payoff[0, 0, theirs] >= target[0] - 1e-9
            asked = at.payoff[0, 0, theirs] if signable else target[0]
            left = at.acceptable[0, 0] & (at.payoff[0, 0] >= asked - 1e-9) & ~found.memory["set aside"][0]
            assert not left.any() or theirs == found.said.latest[0, 0], row


def test_what_they_demanded_in_public_is_part_of_what_they_wish():
    """They demand one issue in public and then ask for the other: he gives the one that counts for more with him."""
    places = np.full((1, 2, 2), np.nan)
    places[0, 1] = [0.0, 1.0]
    at = table(((0.5, 0.5), (0.5, 0.5)), stated=places, salience=np.full((1, 2, 2), 0.5))
    found = hearing(at, [(0, (4, 4)), (1, (0, 4)), (1, (4, 0))])
    assert offered(TradeOff(constancy=0.0, public=0.1), found, 0.5) == [4, 0]
    assert offered(TradeOff(constancy=0.0, public=0.9), found, 0.5) == [0, 4]


def test_constancy_is_how_much_his_own_last_offer_counts_beside_their_wish():
    """With all of it he repeats himself, with none he goes where they hold on to what they want."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    said = [(0, (4, 0)), (1, (0, 0)), (1, (0, 1)), (1, (0, 2))]
    rule = {"compensation": 0.0, "band": 0.0}
    assert offered(TradeOff(**rule, constancy=1.0), hearing(at, said), 0.5) == [4, 0]
    assert offered(TradeOff(**rule, constancy=0.0), hearing(at, said), 0.5) == [0, 4]
    assert offered(TradeOff(**rule, constancy=0.5), hearing(at, said), 0.5) == [4, 0]
    assert offered(TradeOff(**rule, constancy=0.2), hearing(at, said), 0.5) == [0, 4]


def test_deals_are_as_like_as_the_table_says():
    """Issue by issue, whatever the scales of the issues; options without an order are the same or not."""
    rng = np.random.default_rng(4)
    deals = np.array([[i, j, k] for i in range(4) for j in range(3) for k in range(5)])
    at = BargainingTable.of_payoffs(rng.random((2, 60)), deals=deals, issues=("a", "b", "c"))
    at = at.replace(places=((0.0, 0.1, 0.5, 1.0), (np.nan,) * 3, (0.0, 0.3, 0.4, 0.8, 1.0)))
    issues, rows = np.array([0, 1, 2]), rng.integers(60, size=(6, 7))
    levels, other = deals[rows].transpose(2, 0, 1), deals[rng.integers(60, size=6)]
    found = _Alike.of(at, levels, issues).to(other)
    expected = at.likeness(deals[rows], other[:, None, :], issues)
    np.testing.assert_allclose(found, expected.transpose(2, 0, 1))


def test_who_is_known_for_posture_opens_with_his_demand():
    """Even where he would not sign it; it binds nobody, so nothing is signed by it."""
    places = np.full((1, 2, 2), np.nan)
    places[0, 0] = [1.0, 0.25]
    at = table(stated=places, salience=np.full((1, 2, 2), 0.5), disagreement=np.array([[0.9, 0.0]]))
    found = hearing(at, [])
    assert offered(TradeOff(), found, 1.0) == [4, 1]
    assert offered(TradeOff(demand=0.0), found, 1.0) == [4, 4]
    easy = (assemble("hard-liner", "trade-off", "own-curve"), assemble("time-dependent", "trade-off", "ac-const",
            {"mark": 0.0}))  # fmt: skip
    talks = negotiate(AlternatingOffers(1, easy), at, Dice("test", np.arange(1)))
    assert talks.deal.tolist() == [NO_DEAL]


def test_draws_that_agreed_need_no_offer():
    """Nothing is worked out where the talks are over."""
    at = table(draws=3)
    found = replace(Hearing.begin(at, 0, Dice("test", np.arange(3))), open=np.array([True, False, True]))
    assert (TradeOff().offer(found, np.full(3, 0.9)) == NO_DEAL).tolist() == [False, True, False]


@given(st.integers(0, 10**6), st.floats(0.0, 1.0))
def test_an_offer_is_worth_what_he_asks_for(seed, share):
    """Or it is his last offer, which stands, and he would sign it; silence only where he may offer nothing."""
    generator = np.random.default_rng(seed)
    at = BargainingTable.of_payoffs(generator.random((4, 2, 25)), 0.3, deals=GRID, issues=("a", "b"))
    found = Hearing.begin(at, 0, Dice("test", np.arange(4)))
    for actor in (0, 1):
        deals = generator.integers(25, size=4)
        found.said.note(at, actor, np.arange(4), deals, np.ones(4, bool))
    target = found.floor + share * (found.best - found.floor)
    deal = TradeOff().offer(found, target)
    rows = np.arange(4)
    assert ((deal == NO_DEAL) == (found.ranking.count == 0)).all()
    made = deal != NO_DEAL
    stands = deal == found.said.latest[:, 0]
    assert ((at.payoff[rows, 0, np.maximum(deal, 0)] >= target - 1e-8) | stands)[made].all()
    assert at.acceptable[rows, 0, np.maximum(deal, 0)][made].all()


def test_two_who_trade_off_leave_little_on_the_table():
    """With opposed weights they meet at each giving what the other cares about, where the cheapest offers waste it."""
    generator = np.random.default_rng(3)
    place = GRID / 4
    first, second = generator.random((2, 200, 1))
    payoff = np.stack([first * place[:, 0] + (1 - first) * place[:, 1],
                       second * (1 - place[:, 0]) + (1 - second) * (1 - place[:, 1])], axis=1)  # fmt: skip
    at = BargainingTable.of_payoffs(payoff, 0.2, deals=GRID, issues=("a", "b"))
    left = []
    for offering in ("nearest-to-aspiration", "trade-off"):
        both = (assemble(offering=offering, acceptance="own-curve"),) * 2
        talks = negotiate(AlternatingOffers(20, both), at, Dice("test", np.arange(200)))
        more = at.payoff - at.payoff[np.arange(200), :, talks.deal][:, :, None]
        left.append(float(np.maximum(more.min(axis=1).max(axis=1), 0).mean()))
    assert left[1] < left[0] / 2


def test_what_he_has_offered_stands_though_he_asks_for_more():
    """Asking for more again he repeats his last offer where everything better takes back what he has given."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    found = hearing(at, [(0, (4, 4)), (1, (0, 0)), (0, (2, 2))])
    assert offered(TradeOff(), found, 0.8) == [2, 2]


def test_the_less_he_has_heard_the_more_he_gives_for_what_he_takes_back():
    """After two offers of theirs he keeps his package; after many that hold on to one issue he swaps."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    said = [(0, (4, 4)), (1, (0, 0)), (0, (4, 2))]
    few, many = ([*said, *[(1, (0, one)) for one in range(1, most)]] for most in (2, 5))
    rule = {"band": 1.0, "compensation": 1.0}
    assert offered(TradeOff(**rule, sounding=50.0), hearing(at, few), 0.75) == [4, 2]
    assert offered(TradeOff(**rule, sounding=1.0), hearing(at, many), 0.75) == [2, 4]


def test_what_they_offer_is_the_least_he_asks_for():
    """Their offer is worth 0.6 to him, who asks for 0.3: he looks for a swap that is worth as much to himself."""
    at = table()
    found = hearing(at, [(0, (4, 4)), (1, (0, 0)), (1, (2, 4))])
    levels = offered(TradeOff(), found, 0.3)
    assert at.payoff[0, 0, int(np.flatnonzero((levels == GRID).all(axis=1))[0])] >= 0.6 - 1e-9


@pytest.mark.parametrize(
    "wrong",
    [
        {"band": 1.1},
        {"window": 0.0},
        {"constancy": 1.1},
        {"demand": 1.1},
        {"compensation": -1},
        {"refusals": 0.0},
        {"public": 1.1},
        {"sounding": -1},
    ],
)
def test_settings_out_of_range(wrong):
    """Are refused."""
    with pytest.raises(InputError, match=next(iter(wrong))):
        TradeOff(**wrong)


def test_settings_at_the_ends_of_their_ranges():
    """Are taken: no compensation at all, no soundings, nothing public."""
    edges = {"band": 0.0, "window": 1.0, "compensation": 0.0, "public": 1.0, "sounding": 0.0}
    assert {name: getattr(TradeOff(**edges), name) for name in edges} == edges


def test_who_asks_for_little_sees_what_pays_both_more():
    """What they wish for happens to be worth much to him: he offers it, where a narrow band hides it from him."""
    at = table(((0.5, 0.5), (0.5, 0.5)))
    payoff = at.payoff.copy()
    payoff[0, 0, (GRID == 0).all(axis=1)] = 0.6
    at = at.replace(payoff=payoff)
    found = hearing(at, [(0, (4, 4)), (1, (0, 0)), (1, (0, 1))])
    assert offered(TradeOff(), found, 0.2) == [0, 0]
    assert offered(TradeOff(band=0.1), found, 0.2) != [0, 0]


@given(st.integers(0, 10**6), st.floats(0.05, 1.0), st.integers(2, 4), st.integers(1, 3))
def test_who_remembers_his_offers_makes_those_that_he_would_work_out(seed, band, refusals, others):
    """Whatever is said and asked for, also where an offer is repeated, set aside, or the talks go on in some draws."""
    rng = np.random.default_rng(seed)
    draws, issues = 40, 3
    deals = np.array(list(np.ndindex(*[3] * issues)))
    payoffs = rng.random((draws, 1 + others, len(deals)))
    found = BargainingTable.of_payoffs(payoffs, issues=tuple("abc"), deals=deals)
    settled = Hearing.begin(found, 0, Dice("memory", np.arange(draws)))
    rule = TradeOff(band=np.where(rng.random(draws) < 0.5, 1.0, band), refusals=refusals, window=rng.integers(2, 30))
    target, forgetful = settled.best.copy(), {}
    for turn in range(16):
        now = replace(settled, open=rng.random(draws) < 0.9)
        fresh = replace(now, memory={"set aside": forgetful["set aside"]} if "set aside" in forgetful else {})
        mine, again = rule.offer(now, target), rule.offer(fresh, target)
        assert mine.tolist() == again.tolist(), turn
        forgetful = fresh.memory
        for actor in (0, *rng.integers(1, 1 + others, 4 * (turn % 3 == 0))):
            offer = np.where(mine == NO_DEAL, 0, mine) if actor == 0 else rng.choice([3, 5, *range(9)], draws)
            rows = np.flatnonzero(rng.random(draws) < 0.8)
            new = ~settled.memory.setdefault(f"made {actor}", np.zeros((draws, len(deals)), bool))[rows, offer[rows]]
            settled.memory[f"made {actor}"][rows, offer[rows]] = True
            settled.said.note(found, actor, rows, offer[rows], new)
        target = np.clip(target - rng.choice([0, 0.02, 0.3, -0.05], draws), settled.floor - 0.5, settled.best)
