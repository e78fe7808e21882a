"""What somebody else registers changes nothing in a case that does not name it, and works in one that does."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

import sim
from sim.engine import talk_rules
from sim.ensemble.alternatives import alternatives
from sim.foundations import NO_DEAL
from sim.plots import PLOTS, Plot
from sim.protocols import PROTOCOLS, AbstractProtocol, TalksState
from sim.robustness import split_spread
from sim.scenario.changes import change
from sim.solutions import SOLUTIONS, AbstractSolution
from sim.store import digest
from sim.strategies import ASPIRATIONS, AbstractAspiration

CEASEFIRE = Path(__file__).parents[1] / "scenarios" / "ceasefire"
DRAWS = 60


@dataclass(frozen=True)
class FinalOfferArbitration(AbstractProtocol):
    """An arbiter signs the deal that is best for the worst-off signer, whatever anybody offers.

    rounds: round budget
    late:   whether the arbiter speaks in the last round, rather than the first
    """

    rounds: int
    late: bool = False

    def start(self, table, dice, *, keep_log=False):
        """Nobody has spoken."""
        return TalksState.begin(table.draws, keep_log=keep_log)

    def step(self, table, talks, dice, round_):
        """The arbiter speaks once."""
        if round_ != (self.rounds - 1 if self.late else 0):
            return
        good = table.signable & table.offerable
        least = np.where(good, table.premium[:, table.rule.signers].min(axis=1), -np.inf)
        talks.close(good.any(axis=1), least.argmax(axis=1), round_, -1)


class LastDeal(AbstractSolution):
    """Selects the feasible deal listed last."""

    def ties(self, problem):
        """(B, K), one deal in each draw that has any."""
        last = np.zeros_like(problem.feasible)
        place = problem.feasible.shape[1] - 1 - problem.feasible[:, ::-1].argmax(axis=1)
        last[np.arange(len(last)), place] = True
        return last & problem.feasible


@dataclass(frozen=True)
class Stubborn(AbstractAspiration):
    """Asks for the same share all the time.

    share: of the way from floor to best
    """

    share: float = 0.9

    def demand(self, hearing):
        """(B,) the share."""
        return np.full_like(hearing.best, self.share)


class Nothing(Plot):
    """A figure that fits no results."""

    name = "nothing"

    def fits(self, results):
        """It never fits."""
        return False

    def title(self, results):
        """Never asked for."""
        return ""

    def caption(self, results):
        """Never asked for."""
        return ""

    def height(self, results):
        """Never asked for."""
        return 1.0

    def paint(self, body, results, look):
        """Never asked for."""


@pytest.fixture
def plugged(monkeypatch):
    """Return a function that registers one member of each kind, until the test ends."""
    for members in (PROTOCOLS, SOLUTIONS, ASPIRATIONS, PLOTS):
        assert members.names  # loads what is installed
        monkeypatch.setattr(members, "_entries", dict(members._entries))

    def register():
        PROTOCOLS.register("final-offer-arbitration", source="Stevens 1966")(FinalOfferArbitration)
        SOLUTIONS.register("last-deal", source="nobody")(LastDeal)
        ASPIRATIONS.register("stubborn", source="nobody")(Stubborn)
        PLOTS.register("nothing", source="nobody")(Nothing())

    return register


def asked(scenario):
    """What a run, its conventions and its spread are made of."""
    results = sim.run(scenario, DRAWS)
    spread = split_spread(scenario, 3, 2, readings=4)
    return (
        digest(results),
        results["solution"].values.tolist(),
        [(name, setting) for name, setting, _ in alternatives(scenario)],
        {str(name): spread[name].values.tobytes() for name in spread.data_vars},
    )


@pytest.mark.slow
def test_an_untouched_case_gives_the_same_bits(plugged):
    """Digest, solutions, conventions and spread are what they were before anything was registered."""
    scenario = sim.read_scenario(CEASEFIRE)
    before = asked(scenario)
    plugged()
    assert "final-offer-arbitration" in PROTOCOLS
    assert asked(scenario) == before


def test_a_case_that_names_it_uses_it(plugged):
    """Protocol with its setting, strategy, solution and the list of protocols to try."""
    plugged()
    scenario = change(
        sim.read_scenario(CEASEFIRE),
        {
            "talks.protocol": "final-offer-arbitration",
            "talks.settings": {"late": True},
            "conventions.protocols": ["alternating-offers", "final-offer-arbitration"],
            "conventions.solutions": ["last-deal", "nash"],
        },
    )
    assert talk_rules(scenario) == []
    results = sim.run(scenario, DRAWS)
    assert results["solution"].values.tolist() == ["last-deal", "nash"]
    signed = results["round"].values[results["deal"].values != NO_DEAL]
    assert signed.min() == scenario.talks.talk_rounds - 1  # talks that are held anew are later
    tried = [setting for name, setting, _ in alternatives(scenario) if name == "protocol"]
    assert tried == ["alternating-offers"]


@pytest.mark.slow
def test_a_strategy_from_outside_bargains_by_its_setting(plugged):
    """A share that nobody will meet leaves talks without a deal more often than a low one."""
    plugged()
    found = []
    for share in (0.05, 1.0):
        setting = {"share": {"value": share, "assumed": "toy"}}
        raw = {"aspiration": "stubborn", "settings": setting}
        scenario = sim.read_scenario(CEASEFIRE)
        changes = {"talks.strategies": dict.fromkeys(scenario.parties, raw)}
        found.append((sim.run(change(scenario, changes), DRAWS)["deal"].values != NO_DEAL).mean())
    assert found[0] > found[1]


def test_names_in_the_lists_must_exist():
    """Conventions that name what is not there are refused with the nearest name."""
    changes = {"conventions.solutions": ["nesh"], "conventions.protocols": ["zeuten"]}
    problems = talk_rules(change(sim.read_scenario(CEASEFIRE), changes))
    assert [(problem.path[1], problem.nearest) for problem in problems] == [
        ("protocols", "zeuthen"),
        ("solutions", "nash"),
    ]
