"""Offers in turn, by whatever strategies the parties have."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.engine import negotiate
from sim.foundations import NO_DEAL, InputError
from sim.protocols import AlternatingOffers
from sim.strategies import (
    ACCEPTANCES,
    ASPIRATIONS,
    OFFERINGS,
    AbstractAcceptance,
    AbstractOffering,
    HardLiner,
    Hearing,
    NearestToAspiration,
    Negotiator,
    assemble,
)
from sim.table import BargainingTable, SigningRule
from tests.known_answers.dynamics import faratin_duel, sao_session
from tests.protocols.talking import dice
from tests.strategies.hearings import pie, tables

TERRITORY = ["line_of_contact", "partial_withdrawal", "full_withdrawal", "frozen_status"]
#: Strategies that are worth playing every time, beside the others of their kind.
QUICK = ("time-dependent", "relative-tit-for-tat", "elapsed-time")
SECURITY = ["none", "neutrality", "bilateral_guarantees", "peacekeepers", "alliance"]


def agent(name, weights, territory, security, *, strategy):
    """One agent of a two-issue session as the session files write it."""
    values = {
        "territory": dict(zip(TERRITORY, territory, strict=True)),
        "security": dict(zip(SECURITY, security, strict=True)),
    }
    weights = {"territory": weights[0], "security": weights[1]}
    return {"name": name, "weights": weights, "values": values, "strategy": strategy}


def session(first, second, rounds, reserved=0.0):
    """A session between the same two agents with the given strategies."""
    a = agent("A", (0.6, 0.4), (1, 0.45, 0, 0.8), (0.9, 1, 0.5, 0.25, 0), strategy=first)
    b = agent("B", (0.45, 0.55), (0, 0.6, 1, 0.3), (0, 0.22, 0.7, 0.85, 1), strategy=second)
    a["reserved"] = b["reserved"] = reserved
    issues = {"territory": TERRITORY, "security": SECURITY}
    return {"issues": issues, "offering_order": ["A", "B"], "n_rounds": rounds, "agents": [a, b]}


def curve(exponent):
    """A time-based agent as the session files write it."""
    return {"type": "time_based", "faratin_e": exponent, "start": 1.0, "tolerance": 0.001}


def test_boulware_against_conceder():
    """NegMAS 0.16 ends this session in round 12 with the Boulware's best deal."""
    found = sao_session(session(curve(0.2), curve(5.0), 20))
    assert found["agreement"] == ["line_of_contact", "neutrality"]
    assert found["rounds"] == 12
    assert found["utilities"] == pytest.approx([1.0, 0.121])


def test_linear_against_linear():
    """NegMAS 0.16 ends this session in round 22 with a compromise."""
    found = sao_session(session(curve(1.0), curve(1.0), 50))
    assert (found["agreement"], found["rounds"]) == (["frozen_status", "peacekeepers"], 22)


def test_micro_against_micro():
    """NegMAS 0.16 ends this session in round 10; nobody shows more deals than the other by two."""
    found = sao_session(session({"type": "micro"}, {"type": "micro"}, 100))
    assert (found["agreement"], found["rounds"]) == (["line_of_contact", "alliance"], 10)


def test_no_common_deal():
    """With both reservation values at 0.75 the session ends by its deadline."""
    found = sao_session(session(curve(1.0), curve(1.0), 12, reserved=0.75))
    assert found == {"agreement": None, "rounds": 12, "utilities": None}


def test_hard_liners_never_meet():
    """Two who only take their best deal do not agree; a missing reservation value changes nothing."""
    found = sao_session(session({"type": "tough"}, {"type": "tough"}, 5, reserved=None))
    assert found["agreement"] is None


def test_published_duel():
    """Two linear negotiators with 20 ticks meet in the middle at tick 11, B accepting."""
    inputs = {"kappaA": 0.0, "betaA": 1.0, "kappaB": 0.0, "betaB": 1.0, "t_max": 20}
    assert faratin_duel(inputs) == {"agreement_round": 11, "x_share_A": 0.5, "how": "B accepts"}


def test_tougher_of_two_gets_more():
    """Against the same conceder a Boulware does better than a linear negotiator."""
    base = {"kappaA": 0.0, "kappaB": 0.0, "betaB": 5.0, "t_max": 40}
    tough, plain = (faratin_duel({**base, "betaA": beta})["x_share_A"] for beta in (0.2, 1.0))
    assert tough > plain


def linear(count):
    """So many linear negotiators."""
    return tuple(assemble() for _ in range(count))


def test_time_scales():
    """The last round has time 1 on the scale of rounds and less on the scale of NegMAS."""
    protocols = [AlternatingOffers(3, linear(2), time_scale=scale) for scale in ("rounds", "negmas", "turns")]
    seen = []
    for protocol in protocols:
        table = pie(disagreement=0.6)
        talks = protocol.start(table, dice(table))
        moments = []
        for round_ in range(3):
            protocol.step(table, talks, dice(table), round_)
            moments.append(talks.hearings[round_ % 2].time)
        seen.append(moments)
    assert seen == [[0.0, 0.5, 1.0], [0.25, 0.5, 0.75], [0.0, 0.5, 1.0]]


def test_turns_let_one_actor_speak_per_round():
    """On the scale of turns the first actor speaks in even rounds, the second in odd ones."""
    table = pie(disagreement=0.6)
    protocol = AlternatingOffers(5, linear(2), time_scale="turns")
    talks = negotiate(protocol, table, dice(table), keep_log=True)
    assert [(entry.round, entry.actor) for entry in talks.log] == [(0, 0), (1, 1), (2, 0), (3, 1), (4, 0)]


def test_order_is_the_tables():
    """The first to speak is the first in the table's order, whatever his index."""
    table = dataclasses.replace(pie(), order=np.array([1, 0]))
    talks = negotiate(AlternatingOffers(4, linear(2)), table, dice(table), keep_log=True)
    assert talks.log[0].actor == 1


def test_majority_votes():
    """Two of three divide the pie and the third, whose yes is not needed, gets nothing."""
    payoff = [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.5]]
    table = BargainingTable.of_payoffs(payoff, 0.1, rule=SigningRule.k_of_n(3, 2))
    talks = negotiate(AlternatingOffers(3, linear(3)), table, dice(table), keep_log=True)
    assert talks.deal.tolist() == [0]
    assert [(entry.act, entry.actor, entry.deal[0]) for entry in talks.log] == [
        ("offer", 0, 0),
        ("accept", 1, 0),
        ("accept", 2, NO_DEAL),
    ]
    unanimous = dataclasses.replace(table, rule=SigningRule.unanimity(3))
    assert negotiate(AlternatingOffers(3, linear(3)), unanimous, dice(table)).deal.tolist() == [NO_DEAL]


def test_signer_who_makes_no_offers_still_answers():
    """A third signer outside the order is asked about each offer as soon as it is made."""
    payoff = [[1.0, 0.6, 0.5], [0.0, 0.6, 0.5], [1.0, 0.0, 0.6]]
    table = BargainingTable.of_payoffs(payoff, 0.3, order=np.array([0, 1]))
    talks = negotiate(AlternatingOffers(4, linear(3)), table, dice(table))
    assert talks.deal.tolist() == [2]


def test_veto_is_heard_in_a_vote():
    """A holder of a veto cannot be outvoted."""
    payoff = [[0.5, 0.5, 0.0], [0.5, 0.0, 0.5], [0.0, 0.5, 0.5]]
    rule = SigningRule(np.ones(3), 2.0, np.array([False, False, True]))
    table = BargainingTable.of_payoffs(payoff, 0.1, rule=rule)
    assert negotiate(AlternatingOffers(6, linear(3)), table, dice(table)).deal[0] in {1, 2}


@given(table=tables(actors=(2, 2), deals=(2, 12)))
def test_votes_and_stacked_offers_respect_the_same_deals(table):
    """With two parties and unanimity an agreement by votes is one that stacked offers could sign."""
    for responses in ("stacked", "vote"):
        protocol = AlternatingOffers(6, linear(2), responses=responses)
        talks = negotiate(protocol, table, dice(table))
        signed = talks.deal != NO_DEAL
        assert table.signable[np.arange(table.draws), talks.deal][signed].all()


@given(table=tables(actors=(2, 3), deals=(2, 12)))
def test_time_dependent_offers_never_rise_again(table):
    """What a time-dependent negotiator offers is worth less and less to himself."""
    protocol = AlternatingOffers(8, linear(len(table.actors)))
    talks = negotiate(protocol, table, dice(table), keep_log=True)
    last = np.full(table.disagreement.shape, np.inf)
    for entry in talks.log:
        if entry.act == "offer":
            made = np.flatnonzero(entry.deal != NO_DEAL)
            value = table.payoff[made, entry.actor, entry.deal[made]]
            assert (value <= last[made, entry.actor] + 1e-9).all()
            last[made, entry.actor] = value


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.slow) for name in ASPIRATIONS.names]
)
@settings(max_examples=8, deadline=None)
@given(table=tables(draws=(2, 3), deals=(2, 12)), data=st.data())
def test_every_strategy_plays_each_draw_by_itself(name, table, data):
    """With any strategy, offering and acceptance rule a draw alone is the draw in a block."""
    offering, acceptance = (
        data.draw(st.sampled_from(OFFERINGS.names)),
        data.draw(st.sampled_from(ACCEPTANCES.names)),
    )
    count = len(table.actors)
    mixed = assemble(mixture=[(name, 1.0, {}), ("time-dependent", np.linspace(0.5, 1, table.draws), {})])
    protocol = AlternatingOffers(6, (assemble(name, offering, acceptance), *[mixed] * (count - 1)))
    whole = negotiate(protocol, table, dice(table))
    signed = whole.deal != NO_DEAL
    assert table.signable[np.arange(table.draws), whole.deal][signed].all()
    for b in range(table.draws):
        one = np.array([b])
        alone = negotiate(protocol.select(one), table.select(one), dice(table).select(one))
        assert (alone.deal[0], alone.round[0]) == (whole.deal[b], whole.round[b])


def test_mismatched_settings_are_refused():
    """Too few negotiators and no rounds are refused with the counts."""
    with pytest.raises(InputError, match="2 actors"):
        negotiate(AlternatingOffers(3, linear(1)), pie(), dice(pie()))
    with pytest.raises(InputError, match="at least one round"):
        AlternatingOffers(0, linear(2))
    with pytest.raises(InputError) as refused:
        AlternatingOffers(3, linear(2), responses="votes")
    assert refused.value.problems[0].nearest == "vote"


@given(table=tables(actors=(3, 3)), order=st.permutations(range(3)))
def test_order_of_actors_in_the_table_does_not_matter(table, order):
    """Listing the actors in another order, with the same order of speaking, gives the same deals."""
    negotiators = tuple(assemble(settings={"exponent": exponent}) for exponent in (0.3, 1.0, 3.0))
    moved = dataclasses.replace(
        table,
        actors=tuple(table.actors[i] for i in order),
        payoff=table.payoff[:, order],
        disagreement=table.disagreement[:, order],
        discount=table.discount[:, order],
        permitted=table.permitted[:, order],
        order=np.argsort(order)[table.order],
    )
    again = AlternatingOffers(6, tuple(negotiators[i] for i in order))
    first = negotiate(AlternatingOffers(6, negotiators), table, dice(table))
    second = negotiate(again, moved, dice(moved))
    assert first.deal.tolist() == second.deal.tolist()
    assert first.round.tolist() == second.round.tolist()


@dataclasses.dataclass(frozen=True)
class Listening(AbstractAcceptance):
    """Takes nothing, and keeps what its actor knew each time he was asked.

    known: hearings in the order of the questions
    """

    known: list

    def accepts(self, hearing, target):
        """No."""
        self.known.append(hearing)
        return np.zeros(len(target), bool)


@pytest.mark.parametrize("responses", ["stacked", "vote"])
def test_what_an_actor_hears(responses):
    """The latest offers of the others and never his own, once for each of his turns, whoever asks him in between."""
    payoff = np.array([[[1.0, 0.7, 0.1], [0.2, 0.6, 1.0], [0.5, 0.9, 0.4]]])
    table = BargainingTable.of_payoffs(payoff)
    known = [[], [], []]
    parts = [
        Negotiator(HardLiner(), NearestToAspiration(), Listening(known[actor])) for actor in range(len(table.actors))
    ]
    negotiate(AlternatingOffers(3, tuple(parts), responses=responses), table, dice(table))
    best = payoff[0].argmax(axis=1)  # what each goes on proposing
    for actor, hearings in enumerate(known):
        for hearing in hearings:
            heard = np.array(hearing.heard)[:, 0]
            assert np.isnan(heard[:, actor]).all()
            assert len(heard) == len(hearing.moments) == len(hearing.asked) + 1
            for other in set(range(3)) - {actor}:
                told = heard[:, other][~np.isnan(heard[:, other])]
                assert told.tolist() == [payoff[0, actor, best[other]]] * len(told)
        last = hearings[-1]
        assert not np.isnan(np.delete(np.array(last.heard)[-1, 0], actor)).any()
        assert len(last.asked) == (2 if responses == "stacked" else 2 + (actor < 2))


def test_a_turn_is_remembered_and_a_glance_is_not():
    """Looking at a moment changes nothing of what is remembered; a turn adds its moment and its target."""
    table = pie()
    before = Hearing.begin(table, 0, dice(table))
    now = before.at(0.5, 3, 1, standing=np.array([4]), heard=np.array([[np.nan, 0.4]]))
    assert (now.time, now.round, now.turn, now.standing.tolist(), now.moments) == (0.5, 3, 1, [0.4], (0.5,))
    assert (before.moments, before.heard, before.asked) == ((), (), ())
    assert now.about_to_offer(np.array([9])).next_offer.tolist() == [0.9]
    kept = now.remembering(np.array([0.8]))
    assert (kept.moments, [target.tolist() for target in kept.asked]) == ((0.5,), [[0.8]])
    assert now.asked == ()


@dataclasses.dataclass(frozen=True)
class Scripted(AbstractOffering):
    """Proposes one deal after the other as told.

    deals: one for each round
    """

    deals: tuple

    def offer(self, hearing, target):
        """(B,) the deal of the round."""
        return np.full(len(target), self.deals[hearing.round])


def test_different_deals_are_counted_once():
    """Deals sent and received count when they are new: a repeat does not, another's offer of one's own deal does."""
    table, known = pie(), [[], []]
    scripts = ((8, 9, 8), (3, 8, 8))
    parts = [Negotiator(HardLiner(), Scripted(deals), Listening(known[n])) for n, deals in enumerate(scripts)]
    negotiate(AlternatingOffers(3, tuple(parts)), table, dice(table))
    counts = [(int(hearings[-1].sent[0]), int(hearings[-1].received[0])) for hearings in known]
    assert counts == [(2, 2), (2, 2)]


def test_nobody_answers_his_own_offer():
    """Where one alone makes offers he concedes from round to round; his last one still lies there when he speaks."""
    table = pie().replace(order=np.array([0]))
    pair = tuple(assemble(settings={"exponent": 1.0}) for _ in table.actors)
    talks = negotiate(AlternatingOffers(11, pair), table, dice(table), keep_log=True)
    offers = [int(entry.deal[0]) for entry in talks.log if entry.act == "offer"]
    assert offers == [10, 9, 8, 7, 6, 5]
    assert talks.deal.tolist() == [5]


def test_a_speaker_need_not_sign():
    """Somebody who only makes offers is heard, asked for none of the yeses, and may be the one whose deal is taken."""
    payoff = [[1.0, 0.6, 0.0], [0.0, 0.6, 1.0], [0.0, 1.0, 0.0]]
    rule = SigningRule.unanimity(3, np.array([True, True, False]))
    table = BargainingTable.of_payoffs(payoff, [0.5, 0.5, 0.0], rule=rule, order=np.array([2, 0, 1]))
    parts = tuple(assemble(settings={"exponent": 1.0}) for _ in table.actors)
    for responses in ("stacked", "vote"):
        talks = negotiate(AlternatingOffers(9, parts, responses=responses), table, dice(table))
        assert (talks.deal.tolist(), talks.by.tolist()) == ([1], [2])


@settings(max_examples=8, deadline=None)
@given(tables(), st.integers(0, 3), st.booleans())
def test_all_who_go_by_the_clock_answer_at_once_as_one_by_one(table, other, leaves):
    """With a log everybody answers by himself, without one all at once: the same deals, rounds, speakers and yeses."""
    count = len(table.actors)
    people = [
        assemble("time-dependent", offering="nearest-to-aspiration", acceptance=("own-curve", "ac-next")[n % 2])
        for n in range(count)
    ]
    if other < count:  # one of them listens, so that all are asked one by one
        people[other] = assemble("hard-liner")
    deadlines = tuple(8 - 3 * (n == 0) for n in range(count)) if leaves else ()
    protocol = AlternatingOffers(8, tuple(people), responses="vote", deadlines=deadlines)
    alone, together = (negotiate(protocol, table, dice(table), keep_log=log) for log in (True, False))
    for name in ("open", "deal", "round", "by", "accepted"):
        assert np.array_equal(getattr(alone, name), getattr(together, name)), name
