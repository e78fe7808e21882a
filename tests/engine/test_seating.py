"""From a scenario's names and numbers to a protocol: who gets what, and what is refused."""

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
import pytest

from sim.engine import seating, talk_rules
from sim.foundations import InputError, settings_of
from sim.protocols import PROTOCOLS, AbstractProtocol, Seats, TalksState
from sim.scenario import draw
from sim.table import DealSpace, Worlds, build
from tests.engine.staged import with_numbers
from tests.table.dispute import dispute


def scenario_of(**talks):
    """A pie, with other talks."""
    plain = dispute({"W": 0.0, "delta": 0.9}, {"W": 0.0, "delta": 0.9}, shares=(0.25, 0.5, 0.75))
    return with_numbers(plain, {}, **talks)


def seated(scenario):
    """The protocol of a scenario in three draws."""
    return seating.seat(build(DealSpace.of(scenario), draw(scenario, np.arange(3))))


@dataclass(frozen=True)
class Looking(AbstractProtocol):
    """Asks for the whole core model.

    rounds: round budget
    worlds: the core model
    width:  a setting
    """

    filled: ClassVar[tuple[str, ...]] = ("rounds", "worlds")

    rounds: int
    worlds: Worlds
    width: float = 1.0

    def start(self, table, dice, *, keep_log=False):
        """Nobody has spoken."""
        return TalksState.begin(table.draws, keep_log=keep_log)

    def step(self, table, talks, dice, round_):
        """Nobody speaks."""


@pytest.mark.parametrize("name", PROTOCOLS.names)
def test_what_a_protocol_takes_is_there(name):
    """Everything in ``filled`` is an attribute of the seats, and is no setting."""
    filled = PROTOCOLS[name].filled
    assert all(hasattr(Seats, one) or one in Seats.__annotations__ for one in filled)
    assert not set(filled) & set(settings_of(PROTOCOLS[name]))
    assert seated(scenario_of(protocol=name)).rounds == scenario_of().talks.talk_rounds


def test_a_protocol_may_look_at_everything(monkeypatch):
    """One from outside names what it takes; nothing else knows of it."""
    monkeypatch.setattr(PROTOCOLS, "_entries", dict(PROTOCOLS._entries))
    PROTOCOLS.register("looking", source="nobody")(Looking)
    found = seated(scenario_of(protocol="looking", settings={"width": 2.5}))
    assert (found.width, len(found.worlds.draws)) == (2.5, 3)
    (problem,) = talk_rules(scenario_of(protocol="looking", settings={"worlds": "mine"}))
    assert problem.message == 'the protocol "looking" has no setting "worlds"; it has: width'


def test_the_time_scale_is_the_conventions_unless_set():
    """A setting of the protocol wins over the convention of the scenario."""
    scenario = scenario_of()
    other = scenario.model_copy(
        update={"conventions": scenario.conventions.model_copy(update={"time_scale": "negmas"})}
    )
    assert (seated(scenario).time_scale, seated(other).time_scale) == ("rounds", "negmas")
    set_ = other.model_copy(update={"talks": other.talks.model_copy(update={"settings": {"time_scale": "turns"}})})
    assert seated(set_).time_scale == "turns"


def test_rules_need_no_core_model(monkeypatch):
    """Names, settings and values are checked without building it, unless the protocol plans ahead."""

    def refused(*_):
        raise AssertionError("the core model was built")

    monkeypatch.setattr(seating, "build", refused)
    assert talk_rules(scenario_of()) == []
    (problem,) = talk_rules(scenario_of(settings={"responses": "shout"}))
    assert problem.path == ("talks", "settings", "responses")
    with pytest.raises(AssertionError, match="core model"):
        talk_rules(scenario_of(protocol="strategic-alternating-offers"))


def test_strategies_are_refused_where_they_stand():
    """A setting no part has, by the wording of protocols; a value out of range is named."""
    number = {"value": 0.5, "assumed": "toy"}
    strange = scenario_of(strategies={"A": {"settings": {"exponnt": number}}})
    (problem,) = talk_rules(strange)
    assert problem.path == ("talks", "strategies", "A", "settings", "exponnt")
    assert problem.message.startswith('the strategy "time-dependent" has no setting "exponnt"; it has: ')
    assert problem.nearest == "exponent"
    with pytest.raises(InputError, match='has no setting "exponnt"'):
        seated(strange)
    mixed = {"mixture": [{"aspiration": "hard-liner", "weight": number, "settings": {"kappa": number}}]}
    (problem,) = talk_rules(scenario_of(strategies={"A": mixed}))
    assert problem.path == ("talks", "strategies", "A", "mixture", 0, "settings", "kappa")
    (problem,) = talk_rules(scenario_of(strategies={"A": {"settings": {"exponent": {"value": -1, "assumed": "toy"}}}}))
    assert "exponent" in problem.message
