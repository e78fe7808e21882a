"""Play of talks that settle one issue after the other."""

from dataclasses import replace

import numpy as np
import pytest

from sim.engine import negotiate
from sim.engine.seating import seat
from sim.foundations import NO_DEAL, InputError
from sim.scenario import change, draw
from sim.table import DealSpace, build
from tests.shipped import shipped


def seated(first="", case="labour", draws=30, rounds=None):
    """The worlds of a case and its protocol."""
    changes = {"talks.protocol": "strategic-agenda", "talks.settings": {"first": first}}
    scenario = change(shipped(case), changes | ({"talks.rounds": rounds} if rounds else {}))
    worlds = build(DealSpace.of(scenario), draw(scenario, np.arange(draws)))
    return worlds, seat(worlds)


def test_play_is_worth_what_the_plan_says():
    """What is signed, once the wait for the last issue is paid for, gains everybody what the theory says."""
    worlds, protocol = seated()
    talks = negotiate(protocol, worlds.table, worlds.draws.dice.child("talks", 0))
    rows, agreed = np.arange(30), talks.deal != NO_DEAL
    premium = np.where(agreed[:, None], worlds.table.premium[rows, :, np.maximum(talks.deal, 0)], 0.0)
    kept = worlds.table.discount ** np.where(agreed, talks.round, 0)[:, None]
    signers = worlds.rule.signers
    assert (premium * kept)[:, signers] == pytest.approx(protocol.agenda_plan.value[:, signers], abs=1e-9)
    assert agreed.any()
    assert (talks.round[agreed] >= len(worlds.table.issues) - 1).all()
    assert talks.deal.tolist() == protocol.agenda_plan.outcome()[0].tolist()


def test_the_order_of_the_issues_counts():
    """Another issue first leads elsewhere in some worlds; naming the order of the case changes nothing."""
    worlds, own = seated()
    issues = worlds.table.issues
    _, same = seated(", ".join(issues))
    _, other = seated(issues[-1])
    assert (own.agenda_plan.outcome()[0] == same.agenda_plan.outcome()[0]).all()
    assert (own.agenda_plan.outcome()[0] != other.agenda_plan.outcome()[0]).any()


def test_without_a_number_of_rounds_the_plan_is_played_to_its_end():
    """Fewer rounds may be held than are planned, not more."""
    _, protocol = seated(draws=2)
    planned = protocol.agenda_plan.rounds
    assert replace(protocol, rounds=0).rounds == planned
    assert replace(protocol, rounds=1).rounds == 1
    with pytest.raises(InputError, match=f"covers {planned} rounds, the talks have {planned + 1}"):
        replace(protocol, rounds=planned + 1)


def test_an_unknown_issue_is_refused():
    """The nearest right name is told."""
    with pytest.raises(InputError, match="none of"):
        seated("wags")


def test_too_few_rounds_for_the_issues():
    """Where there are fewer rounds than issues nothing can be signed."""
    worlds, protocol = seated(rounds=2, draws=5)
    talks = negotiate(protocol, worlds.table, worlds.draws.dice)
    assert (talks.deal == NO_DEAL).all()


def test_who_signs_is_who_would():
    """Two of three are enough: whoever may not sign the deal, for a line of his own, has not said yes."""
    worlds, protocol = seated(case="budget")
    permitted = worlds.table.permitted.copy()
    permitted[:, -1] = False
    table = worlds.table.replace(permitted=permitted)
    talks = negotiate(protocol, table, worlds.draws.dice.child("talks", 0))
    rows = np.flatnonzero(talks.deal != NO_DEAL)
    would = table.acceptable[rows, :, talks.deal[rows]] & table.rule.signers
    assert would.tolist() == [[True, True, False]] * len(rows) != []
    assert talks.accepted[rows].tolist() == would.tolist()
